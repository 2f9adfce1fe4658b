using System.Text.Json;

namespace DeepGpu.Distributed.Tests;

/// <summary>What a process wrote of a training.</summary>
internal sealed record Trained(float[] Weights, Dictionary<string, double[]> History)
{
    public static Trained Read(string folder, string name, int rank)
        => JsonSerializer.Deserialize<Trained>(File.ReadAllText(Path.Combine(folder, $"{name}.{rank}")))!;

    public void ShouldBe(Trained other, float tolerance)
    {
        Weights.Should().HaveSameCount(other.Weights);
        Weights.Zip(other.Weights).Max(pair => Math.Abs(pair.First - pair.Second)).Should().BeLessThanOrEqualTo(tolerance);
        History.Keys.Should().BeEquivalentTo(other.History.Keys);
        foreach (var (key, values) in History)
        {
            values.Should().HaveSameCount(other.History[key]);
            values.Zip(other.History[key]).Max(pair => Math.Abs(pair.First - pair.Second) / Math.Max(1, Math.Abs(pair.Second)))
                .Should().BeLessThanOrEqualTo(1e-5, key);
        }
    }
}
