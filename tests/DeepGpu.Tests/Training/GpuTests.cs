using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training;

/// <summary>The same work on a GPU and on the CPU. They need no data but what they make.</summary>
[Trait("needs", "gpu")]
public class GpuTests
{
    public static TheoryData<string> Networks => ["cnn", "rnn", "lstm", "gru", "masked"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Predictions_agree_with_the_cpu(string name)
    {
        SkipWithoutGpu();
        using var gpu = Spec(name).ToModel(Device.Cuda(), seed: 4);
        using var cpu = Spec(name).ToModel(Device.Cpu, seed: 4);
        var inputs = Inputs(cpu.Spec, 70);
        var pairs = gpu.Predict(inputs).ToArray<float>().Zip(cpu.Predict(inputs).ToArray<float>());
        pairs.Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 2e-3); // TensorFloat-32 may be on
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Training_lowers_the_loss_and_keeps_no_tensor(string name)
    {
        SkipWithoutGpu();
        using var model = Spec(name).ToModel(Device.Cuda(), seed: 4);
        model.Compile(Optimizer.Adam(learningRate: 0.01), Loss.MeanSquaredError());
        var inputs = Inputs(model.Spec, 96);
        var data = Dataset.FromArrays(inputs, NDArray.Zeros(DataType.Float32, 96, model.Spec.Outputs[0].Shape[^1]!.Value));
        model.Fit(data);
        var before = torch.Tensor.TotalCount;
        var losses = model.Fit(data, epochs: 5)["loss"];
        losses[^1].Should().BeLessThan(losses[0]);
        torch.Tensor.TotalCount.Should().Be(before);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_dropout_follows_it()
    {
        SkipWithoutGpu();
        var spec = Sequential.Input(8).Dense(16, Activation.Relu).Dropout(0.5).Dense(1).Build();
        var data = Dataset.FromArrays(Inputs(spec, 64), NDArray.Zeros(DataType.Float32, 64, 1));
        double[] Losses()
        {
            using var model = spec.ToModel(Device.Cuda(), seed: 5);
            model.Compile(Optimizer.Sgd(), Loss.MeanSquaredError());
            return [.. model.Fit(data, epochs: 3)["loss"]];
        }

        Losses().Zip(Losses()).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
    }

    private static void SkipWithoutGpu()
        => Assert.SkipUnless(Device.Best().Kind == DeviceKind.Cuda, "needs a GPU and a CUDA build of libtorch");

    private static ModelSpec Spec(string name) => name switch
    {
        "cnn" => Sequential.Input(12, 12, 1).Conv2D(8, 3, Activation.Relu).MaxPooling2D(2).Flatten().Dense(3).Build(),
        "rnn" => Sequential.Input(20, 4).Apply(new SimpleRNN(8)).Dense(1).Build(),
        "lstm" => Sequential.Input(20, 4).Apply(new LSTM(8)).Dense(1).Build(),
        "gru" => Sequential.Input(20, 4).Apply(new GRU(8) { ReturnSequences = true }).Apply(new GRU(8)).Dense(1).Build(),
        _ => Sequential.Input(20, 4).Apply(new Masking()).Apply(new Bidirectional(new GRU(8))).Dense(1).Build(),
    };

    private static NDArray Inputs(ModelSpec spec, int samples)
    {
        var shape = spec.Inputs[0].OutputShapes[0].Axes.Skip(1).Select(axis => axis!.Value).Prepend(samples).ToArray();
        var random = new Random(6);
        return NDArray.From<float>([.. Enumerable.Range(0, shape.Aggregate((a, b) => a * b)).Select(_ => random.NextSingle())], shape);
    }
}
