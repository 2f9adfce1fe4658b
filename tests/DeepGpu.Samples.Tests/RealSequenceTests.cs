using DeepGpu.Models;
using DeepGpu.Testing;
using RealSequences;

namespace DeepGpu.Samples.Tests;

/// <summary>The recurrent cores on real sequences.</summary>
public class RealSequenceTests
{
    public static TheoryData<string, int, string, int> Cases()
    {
        var data = new TheoryData<string, int, string, int>();
        foreach (var (name, head) in new[] { ("names", 18), ("reviews", 2), ("vowels", 9), ("sunspots", 1) })
            foreach (var (core, layer) in SequenceTask.Cores.Index()) data.Add(name, core, layer.GetType().Name, head);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_core_takes_the_data_for_an_epoch_of_a_few_samples(string name, int core, string layer, int head)
    {
        var task = Load(name) is var all ? all with { Train = all.Train.Take(200), Test = all.Test.Take(100), Epochs = 1 } : null!;
        var (spec, score) = task.Fit(SequenceTask.Cores[core], Device.Cpu, seed: 1);
        spec.Layers.Should().Contain(node => node.Layer.GetType().Name == layer);
        spec.OutputShape.Should().Be(new Shape(null, head));
        score.Should().BeInRange(0, name == "sunspots" ? 300 : 1);
    }

    [Theory]
    [InlineData("names", 0.3, 0.7)]
    [InlineData("reviews", 0.4, 0.5)]
    [InlineData("vowels", 0, 0.25)]
    [InlineData("sunspots", 10, 40)]
    public void The_baseline_is_that_of_the_data(string name, double low, double high) => Load(name).Baseline.Should().BeInRange(low, high);

    [Fact]
    public void A_GRU_knows_the_speaker_of_a_vowel_far_better_than_the_baseline()
    {
        var task = Load("vowels");
        task.Fit(new GRU(64), Device.Cpu, seed: 1).Score.Should().BeGreaterThan(task.Baseline + 0.5);
    }

    private static SequenceTask Load(string name) => name switch
    {
        "names" => NamesByLanguage.Load(ReferenceData.Path("data", "names-by-language")),
        "reviews" => MovieReviews.Load(ReferenceData.Path("data", "rt-polarity")),
        "vowels" => JapaneseVowels.Load(ReferenceData.Path("data", "timeseries", "JapaneseVowels")),
        _ => MonthlySunspots.Load(ReferenceData.Path("data", "timeseries", "monthly-sunspots.csv")),
    };
}
