using System.Runtime.InteropServices;
using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training;

/// <summary>RELIABILITY G82: memory runs out at any point of a step. Nothing is applied twice, nothing is left out.</summary>
public sealed class OutOfMemoryTests : IDisposable
{
    private const int BatchSize = 8;

    private static readonly Dataset Data = Datasets.GeneratedDigits(3 * BatchSize, 1).Train;

    private static readonly ModelSpec Network = Sequential.Input(28, 28, 1)
        .Apply(new Conv2D(3, 5, Activation.Relu) { Strides = 4, KernelConstraint = new MaxNorm(2) }).Flatten().Dense(10, Activation.Softmax)
        .Build("net");

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-memory-").FullName;

    public static TheoryData<Optimizer> Optimizers
        => [Optimizer.Adam(), new AdamW { ClipNorm = 1 }, new RMSprop { Momentum = 0.5, UseEma = true },
            new Sgd { Momentum = 0.9, GradientAccumulationSteps = 3 },
            new LossScaleOptimizer(new Sgd { WeightDecay = 0.01 }) { DynamicGrowthSteps = 2 }];

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void At_any_point_of_training_the_step_counts_once(Optimizer optimizer)
    {
        var whole = Run(optimizer, new Shortage(at: int.MaxValue));
        Directory.Delete(_folder, recursive: true);
        var (retried, refused) = (0, 0);
        for (var point = 1; ; point++)
        {
            var shortage = new Shortage(point);
            if (Attempt(optimizer, shortage) is { } outcome)
            {
                if (!shortage.HasStruck) break;
                retried++;
                outcome.Values.Zip(whole.Values).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 2e-5,
                    $"memory ran out at point {point}, {shortage.Phase}");
                outcome.History.Notes.Should().ContainSingle(note => note.Contains("continues in parts of 4", StringComparison.Ordinal));
            }
            else
            {
                refused++;
                Run(optimizer, new Shortage(int.MaxValue)).Values.Should().Equal(whole.Values,
                    $"memory ran out at point {point}, {shortage.Phase}, and the checkpoint before the step is whole");
            }

            Directory.Delete(_folder, recursive: true);
        }

        retried.Should().BeGreaterThan(10);
        refused.Should().BeGreaterThan(0);
    }

    [Fact]
    public void One_sample_that_does_not_fit_ends_training()
    {
        using var model = Compiled(Optimizer.Adam());
        var sizes = new List<int>();
        var greedy = new Watching((phase, size) =>
        {
            sizes.Add(size);
            throw new FakeOutOfMemory();
        });
        model.Invoking(m => m.Fit(Data, new FitOptions { BatchSize = BatchSize, Watch = greedy }))
            .Should().Throw<OutOfGpuMemoryException>().Which.Fault.Code.Should().Be("out_of_memory");
        sizes.Should().Equal(8, 4, 2, 1);
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy());
        model.Fit(Data).Epochs.Should().Be(1);
    }

    [Fact]
    public void Another_error_that_speaks_of_memory_is_not_tried_again()
    {
        using var model = Compiled(Optimizer.Adam());
        var calls = 0;
        var failing = new Watching((_, _) =>
        {
            calls++;
            throw new IllegalAccess();
        });
        model.Invoking(m => m.Fit(Data, new FitOptions { Watch = failing })).Should().Throw<TorchException>()
            .WithInnerException<IllegalAccess>();
        calls.Should().Be(1);
    }

    [Fact]
    public void The_error_of_torch_itself_is_known()
    {
        var error = FluentActions.Invoking(() => torch.empty([1L << 50])).Should().Throw<Exception>().Which;
        OutOfMemory.Is(error).Should().BeTrue(error.Message);
    }

    [Fact]
    public void Moving_statistics_begin_again_with_the_step()
    {
        var spec = Sequential.Input(2).BatchNormalization(momentum: 0.5).Dense(1).Build("net");
        var data = Dataset.FromArrays(NDArray.From<float>([1, 2, 3, 4, 5, 6, 7, 8], 4, 2), NDArray.From<float>([1, 2, 3, 4], 4, 1));
        var (struck, unstruck) = (Buffers(spec, data, failsAt: 4), Buffers(spec, data, failsAt: 2));
        struck.Should().Equal(unstruck);
    }

    [Fact]
    public void Layers_that_keep_states_need_whole_batches()
    {
        using var model = Sequential.Input(5, 2).LSTM(3, stateful: true).Dense(1).Build("net").Compiled(Loss.MeanSquaredError());
        var data = Dataset.FromArrays(NDArray.Zeros(DataType.Float32, 4, 5, 2), NDArray.Zeros(DataType.Float32, 4, 1));
        var greedy = new Watching((phase, size) => { if (phase == "backward" && size > 2) throw new FakeOutOfMemory(); });
        model.Invoking(m => m.Fit(data, new FitOptions { Watch = greedy }))
            .Should().Throw<OutOfGpuMemoryException>().Which.Fault.Code.Should().Be("out_of_memory_stateful");
    }

    /// <summary>A penalty on outputs is a sum over samples: the parts of a batch add up to the whole.</summary>
    [Fact]
    public void Penalties_on_outputs_add_up_over_parts()
    {
        var spec = Sequential.Input(3).Apply(new Dense(4) { ActivityRegularizer = new L2(0.5) })
            .Apply(new ActivityRegularization { L1 = 0.1 }).Dense(1).Build("net");
        var data = Dataset.FromArrays(NDArray.From<float>([.. Enumerable.Range(0, 15).Select(i => i / 7f)], 5, 3),
            NDArray.From<float>([1, 2, 3, 4, 5], 5, 1));
        var (whole, loss) = Trained(spec, data, int.MaxValue);
        var (parts, lossOfParts) = Trained(spec, data, partSize: 2);
        parts.Zip(whole).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-5);
        lossOfParts.Should().BeApproximately(loss, 1e-4);
    }

    private static (float[] Weights, double Loss) Trained(ModelSpec spec, Dataset data, int partSize)
    {
        using var model = spec.ToModel(Device.Cpu, seed: 1);
        model.Compile(new Sgd { LearningRate = 0.01 }, Loss.MeanSquaredError());
        var halving = new LambdaCallback { TrainBegin = context => context.Session.Steps.PartSize = partSize };
        var history = model.Fit(data, new FitOptions { Shuffle = false, Callbacks = [halving] });
        return ([.. model.Weights.SelectMany(weight => weight.ToArray().ToArray<float>())], history["loss"][0]);
    }

    /// <summary>Two halves of a batch: tried first as a whole, or not.</summary>
    private static float[] Buffers(ModelSpec spec, Dataset data, int failsAt)
    {
        using var model = spec.Compiled(Loss.MeanSquaredError());
        var halving = new LambdaCallback { TrainBegin = context => context.Session.Steps.PartSize = failsAt == 2 ? 2 : int.MaxValue };
        var failing = new Watching((phase, size) =>
        {
            if (phase == "backward" && size == failsAt && size > 2) throw new FakeOutOfMemory();
        });
        model.Fit(data, new FitOptions { Shuffle = false, Callbacks = [halving], Watch = failing });
        return [.. model.Weights.SelectMany(weight => weight.ToArray().ToArray<float>())];
    }

    private (float[] Values, History History)? Attempt(Optimizer optimizer, Shortage shortage)
    {
        try
        {
            return Run(optimizer, shortage);
        }
        catch (OutOfGpuMemoryException e)
        {
            e.Fault.Code.Should().Be("out_of_memory_in_update");
            return null;
        }
    }

    /// <summary>Weights, optimizer and what was measured after an epoch; continues from a checkpoint where there is one.</summary>
    private (float[] Values, History History) Run(Optimizer optimizer, Shortage shortage)
    {
        using var model = Compiled(optimizer);
        OptimizerState? state = null;
        var watch = new Watching((phase, _) => shortage.Reach(phase));
        Callback[] callbacks = [
            new LambdaCallback { EpochEnd = (context, _) => state = context.Session.Compiled.Stepper.Save() },
            new BackupAndRestore(_folder, saveFrequency: 1, deleteCheckpoint: false)];
        var history = model.Fit(Data, new FitOptions { BatchSize = BatchSize, Callbacks = callbacks, Watch = watch });
        var kept = state!.Arrays.OrderBy(array => array.Key, StringComparer.Ordinal).SelectMany(array => array.Value.ToArray<float>());
        return ([.. model.Weights.SelectMany(weight => weight.ToArray().ToArray<float>()), .. kept, (float)state.LossScale,
            state.FiniteSteps, state.Steps, (float)history["loss"][0], (float)history["accuracy"][0]], history);
    }

    private static Model Compiled(Optimizer optimizer)
    {
        var model = Network.ToModel(Device.Cpu, seed: 2);
        model.Compile(optimizer, Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        return model;
    }

    private sealed class IllegalAccess() : ExternalException("CUDA error: an illegal memory access was encountered");

    private sealed class FakeOutOfMemory() : ExternalException("CUDA out of memory");

    /// <summary>Throws when a point is reached for the n-th time, once.</summary>
    private sealed class Shortage(int at)
    {
        private int _reached;

        public bool HasStruck { get; private set; }

        public string Phase { get; private set; } = "";

        public void Reach(string phase)
        {
            if (++_reached != at) return;
            (HasStruck, Phase) = (true, phase);
            throw new FakeOutOfMemory();
        }
    }
}
