using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Data;

public class StreamTrainingTests
{
    private static readonly ModelSpec Line = Sequential.Input(2).Dense(1).Build();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    public void Training_on_a_stream_equals_training_on_its_arrays(int workers)
    {
        var data = Samples(70);
        var stream = data.ToStream();
        if (workers > 0) stream = stream.Prefetch(2, workers);
        Trained(stream).Should().Equal(Trained(data));
    }

    [Fact]
    public void Validation_may_be_a_stream_and_a_stream_may_be_split()
    {
        using var model = Line.ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Sgd(0.1), Loss.MeanSquaredError());
        var history = model.Fit(Samples(70).ToStream().Shuffle(70).Prefetch(), new FitOptions { Epochs = 5, ValidationSplit = 0.2 });
        history["val_loss"][^1].Should().BeLessThan(history["val_loss"][0]);
        model.Evaluate(Samples(70).ToStream())["loss"].Should().BeApproximately(model.Evaluate(Samples(70))["loss"], 1e-6);
    }

    [Fact]
    public void A_failing_sample_ends_training_with_its_name_and_leaves_nothing_alive()
    {
        using var model = Line.ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Sgd(0.1), Loss.MeanSquaredError());
        var data = Samples(64);
        var stream = data.ToStream().Prefetch(2, 4);
        model.Fit(stream);
        var before = Live();
        FluentActions.Invoking(() => model.Fit(stream.Map(s => s.Input.ToArray<float>()[0] > 0.9f ? throw new FormatException() : s)))
            .Should().Throw<DataStreamException>();
        Live().Should().Be(before);
        model.Fit(stream);
        Live().Should().Be(before);
    }

    [Fact]
    public void A_batch_that_does_not_fit_the_model_is_refused_before_anything_native()
    {
        using var model = Line.ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Sgd(0.1), Loss.MeanSquaredError());
        var wide = DataStream.FromFunction(4, _ => new(NDArray.Zeros(DataType.Float32, 3), NDArray.Zeros(DataType.Float32, 1)));
        FluentActions.Invoking(() => model.Fit(wide)).Should().Throw<TrainingDataException>().Which.Fault.Code.Should().Be("input_shape");
    }

    [Fact]
    public void Cancelling_a_training_on_a_slow_stream_returns_soon()
    {
        using var model = Line.ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Sgd(0.1), Loss.MeanSquaredError());
        using var source = new CancellationTokenSource(100);
        var slow = Samples(64).ToStream().Map(s =>
        {
            Thread.Sleep(20);
            return s;
        }).Prefetch(2, 2);
        FluentActions.Invoking(() => model.Fit(slow, epochs: 1000, cancellationToken: source.Token))
            .Should().Throw<OperationCanceledException>();
        model.Predict(NDArray.Zeros(DataType.Float32, 1, 2)).Should().NotBeNull();
    }

    [Fact]
    public void Arrays_are_taken_by_name_whatever_their_order()
    {
        var (a, b) = (Functional.Input(new InputLayer(new Shape(null, 2)) { Name = "a" }),
            Functional.Input(new InputLayer(new Shape(null, 3)) { Name = "b" }));
        var spec = Functional.Model([a, b], [a.Dense(1, name: "first"), b.Dense(2, name: "second")]);
        var (x2, x3, y1, y2, w1, w2) =
            (Ones(8, 2), Ones(8, 3), Ones(8, 1), Ones(8, 2), NDArray.Zeros(DataType.Float32, 8), Ones(8, 1).Reshape(8));
        double Loss(DataSource data)
        {
            using var model = spec.ToModel(Device.Cpu, seed: 1);
            model.Compile(Optimizer.Sgd(), DeepGpu.Loss.MeanSquaredError());
            return model.Evaluate(data)["loss"];
        }

        var ordered = Dataset.FromArrays([x2, x3], [y1, y2], [w1, w2]);
        var swapped = Dataset.FromArrays([x3, x2], [y2, y1], [w2, w1]).WithNames(["b", "a"], ["second", "first"]);
        Loss(swapped).Should().Be(Loss(ordered)).And.NotBe(Loss(Dataset.FromArrays([x2, x3], [y1, y2])));
        Loss(swapped.ToStream()).Should().Be(Loss(ordered));
        FluentActions.Invoking(() => Loss(swapped.WithNames(["b", "c"], ["second", "first"])))
            .Should().Throw<TrainingDataException>().Which.Fault.Code.Should().Be("input_names");
    }

    [Fact]
    public void Sample_weights_weigh_the_loss()
    {
        using var model = Line.ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Sgd(), Loss.MeanSquaredError());
        var data = Dataset.FromArrays(Ones(4, 2), Ones(4, 1));
        var weighted = Dataset.FromArrays(Ones(4, 2), Ones(4, 1), NDArray.From<double>([2, 2, 2, 2], 4));
        model.Evaluate(weighted)["loss"].Should().BeApproximately(2 * model.Evaluate(data)["loss"], 1e-6);
    }

    private static byte[] Trained(DataSource data)
    {
        using var model = Line.ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(), Loss.MeanSquaredError());
        model.Fit(data, epochs: 3, batchSize: 16, shuffle: false);
        return [.. model.Weights.SelectMany(weight => weight.ToArray().Bytes.ToArray())];
    }

    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return torch.Tensor.TotalCount;
    }

    private static NDArray Ones(int rows, int columns) => NDArray.From<float>([.. Enumerable.Repeat(1f, rows * columns)], rows, columns);

    private static Dataset Samples(int count)
    {
        var random = new StableRandom(3);
        float[] inputs = [.. Enumerable.Range(0, count * 2).Select(_ => (float)random.NextDouble())];
        return Dataset.FromArrays(NDArray.From<float>(inputs, count, 2),
            NDArray.From<float>([.. Enumerable.Range(0, count).Select(i => inputs[2 * i] - 2 * inputs[2 * i + 1])], count, 1));
    }
}
