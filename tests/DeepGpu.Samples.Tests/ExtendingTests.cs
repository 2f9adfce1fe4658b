using CustomLayer;
using DeepGpu.Models;

namespace DeepGpu.Samples.Tests;

/// <summary>The sample of classes of one's own, and the page that shows it.</summary>
public sealed class ExtendingTests : IDisposable
{
    private static readonly string[] Listings = [.. Blocks()];

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-custom-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_listing_of_the_page_stands_in_the_sample()
    {
        var code = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "texts", "custom"), "*.cs").Select(Plain).ToList();
        Listings.Should().HaveCountGreaterThan(5)
            .And.OnlyContain(listing => code.Any(file => file.Contains(listing, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_description_comes_back_from_text()
    {
        var read = Journey.ThroughText();
        read.ToJson(Own.Extensions).Should().Be(Journey.Spec.ToJson(Own.Extensions));
        read.Layers[1].Layer.Should().Be(new Maxout(8, 3) { Name = "maxout" });
        read.ParameterCount.Should().Be(10 * 24 + 24 + 8 + 1);
    }

    [Fact]
    public void The_forecast_counts_its_weights_and_its_work()
    {
        Journey.Spec.Training(64).FlopsPerStep.Should().Be(2 * 64.0 * 240 * 2 + 64 * 8 * 2 * 3);
        Journey.Forecast().StepTime.Should().NotBeNull();
    }

    [Fact]
    public void The_layer_is_the_largest_of_its_products()
    {
        using var model = Sequential.Input(2).Apply(new Maxout(1, 3)).Build().ToModel(Device.Cpu, extensions: Own.Extensions);
        model.Weights[0].Load(NDArray.From<float>([1, -2, 3, 4, 5, -6], 2, 3));
        model.Weights[1].Load(NDArray.From<float>([0.5f, 0, -1], 3));
        model.Predict(NDArray.From<float>([1, 1, -1, 0, 0, -1], 3, 2)).ToArray<float>().Should().Equal(5.5f, 2, 5);
    }

    [Theory]
    [InlineData("model.deepgpu")]
    [InlineData("model.keras")]
    public void It_is_trained_saved_loaded_and_copied(string name)
    {
        using var model = Journey.Compiled();
        var history = Journey.Train(model, _folder, epochs: 10);
        history["loss"][^1].Should().BeLessThan(history["loss"][0]);
        var (loaded, copied) = Journey.ThroughFile(model, Path.Combine(_folder, name));
        using var first = loaded;
        using var second = copied;
        Bytes(loaded).Should().Be(Bytes(model));
        Bytes(copied).Should().Be(Bytes(model));
        loaded.Fit(Journey.Samples());
        model.Fit(Journey.Samples());
        Bytes(loaded).Should().Be(Bytes(model));
    }

    [Fact]
    public void Training_that_was_cancelled_in_the_middle_ends_bit_for_bit_as_training_that_was_not()
    {
        using var straight = Journey.Compiled();
        Journey.Train(straight, Path.Combine(_folder, "straight"), epochs: 3, new LambdaCallback());
        var failing = new LambdaCallback { BatchEnd = context => { if (context.Step == 14) throw new OperationCanceledException(); } };
        using (var stopped = Journey.Compiled())
            stopped.Invoking(model => Journey.Train(model, _folder, epochs: 3, failing)).Should().Throw<Exception>();
        using var resumed = Journey.Compiled();
        Journey.Train(resumed, _folder, epochs: 3, new LambdaCallback());
        Bytes(resumed).Should().Be(Bytes(straight));
    }

    private static string Bytes(Model model)
        => string.Join(' ', model.Weights.Select(weight => Convert.ToHexString(weight.ToArray().Bytes.Span)));

    private static IEnumerable<string> Blocks()
        => Plain(Path.Combine(AppContext.BaseDirectory, "texts", "extending.md")).Split("```csharp\n").Skip(1)
            .Select(rest => rest.Split("\n```")[0]);

    private static string Plain(string file) => string.Join('\n', File.ReadLines(file).Select(line => line.Trim()));
}
