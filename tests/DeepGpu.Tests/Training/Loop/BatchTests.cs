using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training;

/// <summary>Training, measuring and predicting one batch at a time.</summary>
public class BatchTests
{
    private static readonly (Dataset Train, Dataset Test) Data = Datasets.GeneratedDigits(96, 40);

    private static readonly ModelSpec Network = Sequential.Input(28, 28, 1)
        .Conv2D(3, 5, Activation.Relu, strides: 4).BatchNormalization()
        .Flatten().Dropout(0.3).Dense(10, Activation.Softmax)
        .Build("net");

    [Fact]
    public void Steps_by_hand_are_those_of_Fit()
    {
        using var byHand = Network.Compiled();
        using var fitted = Network.Compiled();
        fitted.Fit(Data.Train, shuffle: false);
        foreach (var start in new[] { 0, 32, 64 }) byHand.TrainOnBatch(Batch(start));
        Bytes(byHand).Should().Equal(Bytes(fitted));
    }

    [Fact]
    public void Values_go_on_from_batch_to_batch_on_request()
    {
        using var byHand = Network.Compiled();
        using var fitted = Network.Compiled();
        var history = fitted.Fit(Data.Train, shuffle: false);
        foreach (var start in new[] { 0, 32 }) byHand.TrainOnBatch(Batch(start), resetMetrics: false);
        var logs = byHand.TrainOnBatch(Batch(64), resetMetrics: false);
        logs.Should()
            .BeEquivalentTo(new Dictionary<string, double> { ["loss"] = history["loss"][0], ["accuracy"] = history["accuracy"][0] });
    }

    [Fact]
    public void Sample_and_class_weights_count_as_in_Fit()
    {
        var weights = new Dictionary<int, double> { [3] = 2, [7] = 0 };
        var data = Dataset.FromArrays([Data.Train.Input], [Data.Train.Target],
            [NDArray.From<float>([.. Enumerable.Range(0, 96).Select(i => i % 3f)], 96)]);
        using var byHand = Network.Compiled();
        using var fitted = Network.Compiled();
        var history = fitted.Fit(data, new FitOptions { BatchSize = 96, Shuffle = false, ClassWeights = weights });
        byHand.TrainOnBatch(data, weights)["loss"].Should().Be(history["loss"][0]);
        Bytes(byHand).Should().Equal(Bytes(fitted));
    }

    [Fact]
    public void Measured_alone_a_batch_has_the_values_of_Evaluate()
    {
        using var model = Network.Compiled();
        model.TestOnBatch(Data.Test).Should().BeEquivalentTo(model.Evaluate(Data.Test, batchSize: 40));
        model.TestOnBatch(Data.Test.Take(20));
        model.TestOnBatch(Data.Test.Skip(20), resetMetrics: false)["accuracy"].Should().Be(model.Evaluate(Data.Test)["accuracy"]);
        model.TestOnBatch(Data.Test, resetMetrics: false)["loss"]
            .Should().Be(model.Evaluate(Data.Test, batchSize: 40)["loss"], "Evaluate began the values again");
    }

    [Fact]
    public void Outputs_of_a_batch_are_those_of_Predict()
    {
        using var model = Network.Compiled();
        model.PredictOnBatch(Data.Test.Input)
            .ToArray<float>().Should().Equal(model.Predict(Data.Test.Input, batchSize: 40).ToArray<float>());
        model.Invoking(m => m.PredictOnBatch(Data.Test.Input.Reshape(40, 784))).Should().Throw<TrainingDataException>();
    }

    [Fact]
    public void Misuse_is_told()
    {
        using var model = Network.ToModel(Device.Cpu);
        model.Invoking(m => m.TrainOnBatch(Data.Test))
            .Should().Throw<ModelStateException>().WithMessage("TrainOnBatch needs a compiled model,*");
        model.Invoking(m => m.TestOnBatch(Data.Test))
            .Should().Throw<ModelStateException>().WithMessage("TestOnBatch needs a compiled model,*");
        model.Invoking(m => m.TrainOnBatch(Data.Test, new Dictionary<int, double> { [10] = 1 })).Should().Throw<DeepGpuArgumentException>();
    }

    [Fact]
    public void No_tensor_is_left_alive()
    {
        using var model = Network.Compiled();
        model.TrainOnBatch(Data.Test);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        model.TrainOnBatch(Data.Test);
        model.TestOnBatch(Data.Test, resetMetrics: false);
        model.PredictOnBatch(Data.Test.Input);
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
    }

    private static Dataset Batch(int start) => Data.Train.Select([.. Enumerable.Range(start, 32)]);

    private static byte[] Bytes(Model model) => [.. model.Weights.SelectMany(weight => weight.ToArray().Bytes.ToArray())];
}
