using System.Globalization;
using DeepGpu.Models;
using DeepGpu.Tests.Training;
using TorchSharp;

namespace DeepGpu.Tests.Runtime.Memory;

/// <summary>RELIABILITY2 row 6: allocations that really fail, under a limit of addresses. A step, a prediction and an evaluation end in the
/// largest parts that fit.</summary>
public class RealShortageTests
{
    private const int Samples = 256;
    private const int Side = 64;
    private const long Room = 600L << 20;

    private static readonly ModelSpec Network = Sequential.Input(Side, Side, 1)
        .Conv2D(64, 3, Activation.Relu).Conv2D(64, 3).GlobalAveragePooling2D().Dense(3)
        .Build("net");

    [Fact]
    public void A_step_ends_in_the_largest_parts_that_fit_with_nothing_left_of_failed_attempts()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ulimit -v is Linux's");
        var lines = LimitedProcess.Run(typeof(RealShortageTests), nameof(Training_with_little_memory));
        var parts = int.Parse(lines[0], CultureInfo.InvariantCulture);
        parts.Should().BeInRange(2, Samples / 2);
        lines[1].Should().Contain($"continues in parts of {parts}");
        var live = lines[2].Split(' ').Select(long.Parse).ToList();
        live.Skip(1).Should().OnlyContain(count => count == live[0] + 2,
            "an attempt begins with the tensors before the first one, and its part's views of inputs and targets");
        double.Parse(lines[3], CultureInfo.InvariantCulture).Should().BeLessThan(1e-5,
            "the step is that of training in parts of this size, gradients gathered");
        lines[4].Should().Be("twice as many do not fit");
    }

    [Fact]
    public void A_prediction_and_an_evaluation_end_in_parts_that_fit()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ulimit -v is Linux's");
        var lines = LimitedProcess.Run(typeof(RealShortageTests), nameof(Predicting_with_little_memory));
        lines.Should().HaveCount(4);
        foreach (var line in lines) double.Parse(line, CultureInfo.InvariantCulture).Should().BeLessThan(1e-4);
    }

    [Fact(Explicit = true)]
    public void Training_with_little_memory()
    {
        WarmUp();
        using var model = Model(new Sgd { LearningRate = 0.1 });
        var (live, sizes) = (new List<long>(), new List<int>());
        var watching = new Watching((phase, size) =>
        {
            if (phase != "forward") return;
            sizes.Add(size);
            if (sizes.Count == 1 || size < sizes[^2]) live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        });
        var history = LimitedProcess.WithRoomFor(Room, () => model.Fit(Data(), Options(Samples, watching)));
        var parts = sizes[^1];
        LimitedProcess.Report(parts.ToString(CultureInfo.InvariantCulture));
        LimitedProcess.Report(history.Notes[^1]);
        LimitedProcess.Report(string.Join(' ', live));
        using var gathering = Model(new Sgd { LearningRate = 0.1, GradientAccumulationSteps = Samples / parts });
        gathering.Fit(Data(), Options(parts));
        LimitedProcess.Report(Largest(Values(model).Zip(Values(gathering), (a, b) => Math.Abs(a - b) / Math.Max(1e-3f, Math.Abs(b)))));
        using var whole = Model(new Sgd { LearningRate = 0.1 });
        var refused = whole.Invoking(m => LimitedProcess.WithRoomFor(Room,
            () => m.Fit(Data(), Options(2 * parts) with { SplitsOnOutOfMemory = false }))).Should().Throw<OutOfGpuMemoryException>().Which;
        LimitedProcess.Report(refused.Fault.Code == "out_of_memory" && refused.InnerException is not null ? "twice as many do not fit"
            : refused.Message);
    }

    [Fact(Explicit = true)]
    public void Predicting_with_little_memory()
    {
        using var model = Model(new Sgd());
        var data = Data();
        var (predicted, measured, tested) = (model.Predict(data.Input, Samples), model.Evaluate(data, Samples), model.TestOnBatch(data));
        using var other = Model(new Sgd());
        LimitedProcess.Report(Largest(LimitedProcess.WithRoomFor(Room, () => other.Predict(data.Input, Samples)).ToArray<float>()
            .Zip(predicted.ToArray<float>(), (a, b) => Math.Abs(a - b))));
        LimitedProcess.Report(Largest(LimitedProcess.WithRoomFor(Room, () => other.Evaluate(data, Samples))
            .Select(pair => Math.Abs((float)(pair.Value - measured[pair.Key])))));
        LimitedProcess.Report(Largest(LimitedProcess.WithRoomFor(Room, () => other.TestOnBatch(data))
            .Select(pair => Math.Abs((float)(pair.Value - tested[pair.Key])))));
        LimitedProcess.Report(Largest(Counts(LimitedProcess.WithRoomFor(Room, () => other.ConfusionMatrix(Classes(), batchSize: Samples)))
            .Zip(Counts(model.ConfusionMatrix(Classes(), batchSize: Samples)), (a, b) => Math.Abs(a - b))));
    }

    private static IEnumerable<float> Counts(ConfusionMatrix matrix)
        => Enumerable.Range(0, 9).Select(i => (float)matrix[i / 3, i % 3]);

    private static Dataset Classes()
        => Dataset.FromArrays(Data().Input, NDArray.From<long>([.. Enumerable.Range(0, Samples).Select(i => (long)(i % 3))], Samples));

    /// <summary>Starts torch's threads, whose stacks are addresses too.</summary>
    private static void WarmUp()
    {
        using var model = Model(new Sgd());
        model.Fit(Data().Take(4), batchSize: 4);
    }

    private static Dataset Data()
    {
        var random = new Random(3);
        var inputs = Enumerable.Range(0, Samples * Side * Side).Select(_ => random.NextSingle() - 0.5f).ToArray();
        return Dataset.FromArrays(NDArray.From<float>(inputs, Samples, Side, Side, 1),
            NDArray.From<float>([.. Enumerable.Range(0, Samples * 3).Select(i => i % 7 / 7f)], Samples, 3));
    }

    private static FitOptions Options(int batchSize, StepWatch? watch = null)
        => new() { BatchSize = batchSize, Shuffle = false, Watch = watch ?? StepWatch.None };

    private static Model Model(Optimizer optimizer)
    {
        var model = Network.ToModel(Device.Cpu, seed: 4);
        model.Compile(optimizer, Loss.MeanSquaredError(), Metric.MeanAbsoluteError());
        return model;
    }

    private static float[] Values(Model model) => [.. model.Weights.SelectMany(weight => weight.ToArray().ToArray<float>())];

    private static string Largest(IEnumerable<float> differences) => differences.Max().ToString(CultureInfo.InvariantCulture);
}
