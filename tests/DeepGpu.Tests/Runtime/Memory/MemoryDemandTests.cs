using DeepGpu.Models;
using DeepGpu.Runtime;
using DeepGpu.Tests.Training;
using TorchSharp;

namespace DeepGpu.Tests.Runtime.Memory;

/// <summary>Memory is asked for before it is taken: what certainly does not fit is refused with both figures, and nothing is
/// allocated.</summary>
public sealed class MemoryDemandTests : IDisposable
{
    private const long Mebi = 1 << 20;

    private static readonly ModelSpec Wide = Sequential.Input(1024).Dense(1024).Dense(3).Build("wide");

    public static TheoryData<string> Giants => ["dense", "embedding", "convolution", "inside another model", "in a wrapper"];

    public void Dispose() => FreeMemory.Instead = null;

    [Theory]
    [MemberData(nameof(Giants))]
    public void Weights_beyond_every_machine_are_refused(string kind)
    {
        var spec = Giant(kind);
        var bytes = ByteSize.FromBytes((long)(spec.ParameterCount * 4.0)).ToString();
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        if (!OperatingSystem.IsLinux()) Limit(64L << 30);
        var refused = spec.Invoking(s => s.ToModel(Device.Cpu)).Should().Throw<OutOfGpuMemoryException>().Which.Fault;
        refused.Code.Should().Be("not_enough_memory");
        refused.Rule.Should().Contain(bytes).And.Contain(spec.Name);
        refused.Received.Should().MatchRegex(@"the CPU has [\d.]+ [KMGT]iB");
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(live);
    }

    [Fact]
    public void Weights_count_in_the_format_they_are_kept_in()
    {
        var bytes = (1024L * 1024 + 1024 + 1024 * 3 + 3) * 4;
        Limit(bytes);
        Wide.ToModel(Device.Cpu).Dispose();
        Limit(bytes - 1);
        Wide.Invoking(s => s.ToModel(Device.Cpu)).Should().Throw<OutOfGpuMemoryException>()
            .WithMessage("The weights of 'wide' of * must fit into memory, but the test has * (set).*");
        Wide.ToModel(Device.Cpu, precision: PrecisionPolicy.BFloat16).Dispose();
        Limit(2 * bytes - 1);
        Wide.ToModel(Device.Cpu, precision: PrecisionPolicy.MixedFloat16).Dispose();
        Wide.Invoking(s => s.ToModel(Device.Cpu, precision: PrecisionPolicy.Float64)).Should().Throw<OutOfGpuMemoryException>();
    }

    /// <summary>A million whole numbers of 8 bits and a scale for each output.</summary>
    [Fact]
    public void Quantised_weights_count_in_whole_numbers()
    {
        var spec = Sequential.Input(1024).Dense(1024, useBias: false).Build("small").Quantize(Quantization.Int8);
        Limit(Mebi + 4 * 1024);
        spec.ToModel(Device.Cpu).Dispose();
        Limit(Mebi + 4 * 1024 - 1);
        spec.Invoking(s => s.ToModel(Device.Cpu)).Should().Throw<OutOfGpuMemoryException>();
    }

    [Fact]
    public void An_unknown_figure_refuses_nothing()
    {
        FreeMemory.Instead = _ => null;
        Wide.ToModel(Device.Cpu).Dispose();
    }

    [Fact]
    public void Compile_demands_gradients_and_what_the_optimizer_keeps()
    {
        using var model = Sequential.Input(4096).Dense(2048, useBias: false).Build("net").ToModel(Device.Cpu);
        const long Weights = 4096L * 2048 * 4;
        Limit(3 * Weights);
        model.Compile(Optimizer.Adam(), Loss.MeanSquaredError());
        Limit(3 * Weights - 1);
        model.Invoking(m => m.Compile(Optimizer.Adam(), Loss.MeanSquaredError())).Should().Throw<OutOfGpuMemoryException>()
            .WithMessage("The gradients and the state of Adam of 96 MiB *");
        model.Freeze();
        model.Compile(Optimizer.Adam(), Loss.MeanSquaredError());
    }

    [Fact]
    public void Data_is_asked_for_before_it_is_copied()
    {
        using var model = Sequential.Input(1024, 1024, 16).GlobalAveragePooling2D().Dense(1).Build("net").Compiled(Loss.MeanSquaredError());
        var data = Dataset.FromArrays(NDArray.Zeros(DataType.Float32, 2, 1024, 1024, 16), NDArray.Zeros(DataType.Float32, 2, 1));
        Limit(127 * Mebi);
        model.Invoking(m => m.Evaluate(data)).Should().Throw<OutOfGpuMemoryException>().WithMessage("The data of 128 MiB *");
        model.Invoking(m => m.Fit(data.ToStream(), batchSize: 2)).Should().Throw<OutOfGpuMemoryException>()
            .WithMessage("A batch of the stream of 128 MiB *");
    }

    [Theory]
    [InlineData(8, 4)]
    [InlineData(7, 4)]
    [InlineData(3, 2)]
    [InlineData(1, 1)]
    public void A_step_that_certainly_does_not_fit_is_not_tried(int fitting, int parts)
    {
        using var model = Sequential.Input(16, 16, 1).Conv2D(5, 3).Conv2D(2, 3).Flatten().Dense(1).Build("net")
            .Compiled(Loss.MeanSquaredError());
        var data = Dataset.FromArrays(NDArray.Zeros(DataType.Float32, 8, 16, 16, 1), NDArray.Zeros(DataType.Float32, 8, 1));
        const long Sample = (14 * 14 * 5 + 12 * 12 * 2) * 4;
        Limit(fitting * Sample);
        var sizes = new List<int>();
        var watch = new Watching((phase, size) => { if (phase == "backward") sizes.Add(size); });
        model.Fit(data, new FitOptions { BatchSize = 8, Watch = watch }).Epochs.Should().Be(1);
        sizes.Should().Equal(fitting == 8 ? [8] : Enumerable.Repeat(parts, 8 / parts));
        using var other = model.Spec.ToModel(Device.Cpu);
        Limit(Sample - 1);
        other.Compile(Optimizer.Sgd(), Loss.MeanSquaredError());
        other.Invoking(m => m.Fit(data)).Should().Throw<OutOfGpuMemoryException>()
            .WithMessage("*one sample did not fit: a pass over (1, 16, 16, 1) holds at least 4.95 KiB, and the test has 4.95 KiB (set)*");
    }

    [Fact]
    public void A_prediction_counts_its_largest_value_alone()
    {
        using var model = Sequential.Input(16, 16, 1).Conv2D(5, 3).Conv2D(2, 3).Flatten().Dense(1).Build("net")
            .ToModel(Device.Cpu, seed: 1);
        var whole = model.Predict(NDArray.Zeros(DataType.Float32, 8, 16, 16, 1), batchSize: 8).ToArray<float>();
        using var same = model.Spec.ToModel(Device.Cpu, seed: 1);
        Limit(3 * 14 * 14 * 5 * 4);
        same.Predict(NDArray.Zeros(DataType.Float32, 8, 16, 16, 1), batchSize: 8).ToArray<float>().Should().Equal(whole);
        Limit(14 * 14 * 5 * 4 - 1);
        using var third = model.Spec.ToModel(Device.Cpu, seed: 1);
        third.Invoking(m => m.Predict(NDArray.Zeros(DataType.Float32, 8, 16, 16, 1))).Should().Throw<OutOfGpuMemoryException>();
    }

    private static void Limit(long bytes) => FreeMemory.Instead = _ => new(bytes, "the test", "set");

    private static ModelSpec Giant(string kind) => kind switch
    {
        "dense" => Sequential.Input(1 << 14).Dense(int.MaxValue).Build("giant"),
        "embedding" => Sequential.Input(3).Embedding(int.MaxValue, 1024).Build("giant"),
        "convolution" => Sequential.Input(3, 3, 1 << 20).Conv2D(1 << 20, 3).Build("giant"),
        "inside another model"
            => Sequential.Input(3).Apply(Sequential.Input(3).Embedding(int.MaxValue, 1024).Build("inner")).Build("giant"),
        _ => Sequential.Input(2, 1 << 14).Apply(new TimeDistributed(new Dense(int.MaxValue))).Build("giant"),
    };
}
