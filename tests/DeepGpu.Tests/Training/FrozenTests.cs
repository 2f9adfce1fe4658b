using DeepGpu.Models;

namespace DeepGpu.Tests.Training;

/// <summary>RELIABILITY2 row 15: where nothing is trainable Fit measures and changes nothing, as in Keras.</summary>
public class FrozenTests
{
    private static readonly Dataset Data = Datasets.GeneratedDigits(40, 1).Train;

    [Fact]
    public void Fit_of_a_frozen_model_measures_what_Evaluate_measures_and_changes_nothing()
    {
        using var model = Sequential.Input(28, 28, 1).Flatten().BatchNormalization().Dense(10, Activation.Softmax).Build("net")
            .ToModel(Device.Cpu, seed: 1);
        model.Freeze();
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        var before = Values(model);
        var history = model.Fit(Data, new FitOptions { Epochs = 2, BatchSize = 16, Validation = Data });
        Values(model).Should().Equal(before);
        var measured = model.Evaluate(Data, batchSize: 16);
        foreach (var name in new[] { "loss", "accuracy" })
        {
            history[name].Should().OnlyContain(value => Math.Abs(value - measured[name]) < 1e-6);
            history["val_" + name].Should().OnlyContain(value => Math.Abs(value - measured[name]) < 1e-6);
        }

        history.Notes.Should().ContainSingle().Which.Should()
            .Be("The model has no trainable weight: losses and metrics were measured, nothing was changed.");
        model.TrainOnBatch(Data.Take(8))["loss"].Should().BeApproximately(model.TestOnBatch(Data.Take(8))["loss"], 1e-6);
        Values(model).Should().Equal(before);
    }

    [Fact]
    public void A_model_without_weights_and_one_with_a_custom_loss_are_measured_too()
    {
        var numbers = Dataset.FromArrays(NDArray.From<float>([1, 2, 3, 4], 4, 1), NDArray.From<float>([2, 2, 2, 2], 4, 1));
        using var bare = Sequential.Input(1).Apply(new Rescaling([2])).Build("net").ToModel(Device.Cpu);
        bare.Compile(Optimizer.Sgd(), Loss.MeanSquaredError());
        bare.Fit(numbers)["loss"][0].Should().BeApproximately((0 + 4 + 16 + 36) / 4.0, 1e-6);
        using var frozen = Sequential.Input(1).Dense(1).Build("net").ToModel(Device.Cpu, seed: 1);
        frozen.Freeze();
        frozen.Compile(new CompileOptions(Optimizer.Sgd(), [new OutputTraining(null)])
        {
            CustomLoss = step =>
            step.Forward()[0].square().mean()
        });
        var before = Values(frozen);
        frozen.Fit(numbers, epochs: 2).Epochs.Should().Be(2);
        Values(frozen).Should().Equal(before);
    }

    /// <summary>Keras runs the layers as in training: what is no weight of training, moving statistics of a layer that is not frozen,
    /// moves.</summary>
    [Fact]
    public void Moving_statistics_of_a_layer_without_trainable_weights_move()
    {
        using var model = Sequential.Input(2).Apply(new BatchNormalization { Center = false, Scale = false, Momentum = 0.5 }).Build("net")
            .ToModel(Device.Cpu);
        model.Compile(Optimizer.Sgd(), Loss.MeanSquaredError());
        model.Fit(Dataset.FromArrays(NDArray.From<float>([2, 4, 6, 8], 2, 2), NDArray.Zeros(DataType.Float32, 2, 2)),
            new FitOptions { Shuffle = false });
        model.Weights[0].ToArray().ToArray<float>().Should().Equal(2, 3);
    }

    [Fact]
    public void A_frozen_layer_below_a_trainable_one_stays()
    {
        using var model = Sequential.Input(28, 28, 1).Flatten().Dense(5).Dense(10, Activation.Softmax).Build("net")
            .ToModel(Device.Cpu, seed: 1);
        model.Freeze();
        model.Unfreeze(1);
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy());
        var before = model.Weights.Select(weight => weight.ToArray().ToArray<float>()).ToList();
        model.Fit(Data).Notes.Should().BeEmpty();
        model.Weights[0].ToArray().ToArray<float>().Should().Equal(before[0]);
        model.Weights[2].ToArray().ToArray<float>().Should().NotEqual(before[2]);
    }

    private static float[] Values(Model model) => [.. model.Weights.SelectMany(weight => weight.ToArray().ToArray<float>())];
}
