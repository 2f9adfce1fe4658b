using DeepGpu.Models;

namespace DeepGpu.Tests.Training;

/// <summary>RELIABILITY G81: a batch whose loss or gradients are not finite.</summary>
public sealed class NonFiniteTests : IDisposable
{
    private static readonly ModelSpec Network = Sequential.Input(3).Dense(4, Activation.Tanh, name: "first")
        .BatchNormalization(name: "norm").Dense(1, name: "last").Build("net");

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-nan-").FullName;

    public static TheoryData<float> Bad => [float.NaN, float.PositiveInfinity];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Bad))]
    public void Throw_names_batch_and_layer_and_applies_nothing(float value)
    {
        using var model = Compiled();
        float[] before = [];
        var callbacks = new Callback[] { new LambdaCallback { BatchEnd = _ => before = Values(model) } };
        model.Invoking(m => m.Fit(Data(value), Options(NonFinitePolicy.Throw, callbacks))).Should().Throw<NonFiniteException>()
            .WithMessage(float.IsNaN(value) ? "*in epoch 1, batch 2 they are not: the output of 'first'.*" : "*in epoch 1, batch 2*");
        Values(model).Should().Equal(before);
    }

    [Fact]
    public void Stop_ends_training_with_a_note()
    {
        using var model = Compiled();
        var steps = 0;
        var history = model.Fit(Data(float.NaN), Options(NonFinitePolicy.Stop, new LambdaCallback { BatchEnd = _ => steps++ }));
        history.Notes.Should().ContainSingle().Which.Should()
            .Be("Epoch 1, batch 2: not finite, the output of 'first'; the step was not applied.");
        steps.Should().Be(2);
        Values(model).Should().OnlyContain(weight => float.IsFinite(weight));
    }

    [Fact]
    public void SkipBatch_continues_without_the_batch_moving_statistics_included()
    {
        using var skipping = Compiled();
        using var without = Compiled();
        var history = skipping.Fit(Data(float.NaN), Options(NonFinitePolicy.SkipBatch));
        without.Fit(Data(null), Options(NonFinitePolicy.Ignore));
        history.Notes.Should().HaveCount(2, "each epoch has the batch once");
        Values(skipping).Should().Equal(Values(without));
        history["loss"].Should().OnlyContain(loss => double.IsFinite(loss));
    }

    [Fact]
    public void Ignore_shows_it_in_the_logs_as_Keras_does()
    {
        using var model = Compiled();
        model.Fit(Data(float.NaN), Options(NonFinitePolicy.Ignore))["loss"].Should().OnlyContain(loss => double.IsNaN(loss));
    }

    [Fact]
    public void A_gradient_that_is_not_finite_is_named_by_its_weight()
    {
        using var model = Sequential.Input(1).Dense(1, name: "only").Build("net").ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Sgd(), Loss.Of("root", (target, output) => (output - output.detach()).sqrt().mean([-1])));
        var data = Dataset.FromArrays(NDArray.From<float>([1, 2], 2, 1), NDArray.From<float>([1, 2], 2, 1));
        model.Invoking(m => m.Fit(data, Options(NonFinitePolicy.Throw)))
            .Should().Throw<NonFiniteException>().WithMessage("*the gradient of 'only/*");
    }

    [Fact]
    public void The_last_good_checkpoint_stays()
    {
        using var model = Compiled();
        model.Invoking(m => m.Fit(Data(float.NaN), Options(NonFinitePolicy.Throw, new BackupAndRestore(_folder, saveFrequency: 1))))
            .Should().Throw<NonFiniteException>();
        var newest = Directory.GetFiles(_folder, "checkpoint-*").Should().ContainSingle().Subject;
        using var loaded = Model.Load(newest, Device.Cpu);
        Values(loaded).Should().OnlyContain(weight => float.IsFinite(weight));
    }

    [Fact]
    public void TerminateOnNaN_stops_as_Kerass()
    {
        using var model = Compiled();
        model.Fit(Data(float.NaN), Options(NonFinitePolicy.Ignore, new TerminateOnNaN())).Epochs.Should().Be(1);
    }

    private static FitOptions Options(NonFinitePolicy policy, params Callback[] callbacks)
        => new() { Epochs = 2, BatchSize = 4, Shuffle = false, NonFinite = policy, Callbacks = callbacks };

    private static Model Compiled() => Network.Compiled(Loss.MeanSquaredError());

    /// <summary>Three batches of four, a value in the second; without the second batch if null.</summary>
    private static Dataset Data(float? value)
    {
        var numbers = Enumerable.Range(0, 12 * 3).Select(i => MathF.Sin(i)).ToArray();
        numbers[16] = value ?? 0;
        var data = Dataset.FromArrays(NDArray.From<float>(numbers, 12, 3),
            NDArray.From<float>([.. Enumerable.Range(0, 12).Select(i => MathF.Cos(i))], 12, 1));
        return value is null ? data.Select([0, 1, 2, 3, 8, 9, 10, 11]) : data;
    }

    private static float[] Values(Model model) => [.. model.Weights.SelectMany(weight => weight.ToArray().ToArray<float>())];
}
