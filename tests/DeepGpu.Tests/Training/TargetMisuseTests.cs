using DeepGpu.Models;

namespace DeepGpu.Tests.Training;

/// <summary>Targets that do not fit loss or metrics: a typed error that names place and value, before anything native is called.</summary>
public class TargetMisuseTests
{
    private static readonly ModelSpec Three = Sequential.Input(2).Dense(3, Activation.Softmax).Build();
    private static readonly NDArray Inputs = NDArray.From<float>([1, 2, 3, 4], 2, 2);

    [Fact]
    public void Labels_outside_the_classes()
    {
        Refused(Loss.SparseCategoricalCrossentropy(), NDArray.From<int>([0, 3], 2), "*class indices from 0 to 2, but target 1 is 3.*");
        Refused(Loss.SparseCategoricalCrossentropy(), NDArray.From<int>([-1, 2], 2), "*but target 0 is -1.*");
        Refused(Loss.SparseCategoricalCrossentropy(), NDArray.From<float>([0, 1.5f], 2), "*but target 1 is 1.5.*");
        Refused(Loss.SparseCategoricalCrossentropy(), NDArray.From<float>([0, float.NaN], 2), "*but target 1 is NaN.*");
        Refused(Loss.CategoricalGeneralizedCrossEntropy(), NDArray.From<int>([0, 7], 2), "*but target 1 is 7.*");
    }

    [Fact]
    public void One_hot_against_sparse_and_the_other_way_round()
    {
        Refused(Loss.SparseCategoricalCrossentropy(), NDArray.From<float>([1, 0, 0, 0, 1, 0], 2, 3),
            "*needs one class index for each place of an output of shape (batch, 3) but receives (2, 3).*");
        Refused(Loss.CategoricalCrossentropy(), NDArray.From<int>([0, 1], 2), "*Use SparseCategoricalCrossentropy for class indices.");
        Refused(Loss.CategoricalCrossentropy(), NDArray.From<int>([0, 1], 2, 1), "*Use SparseCategoricalCrossentropy for class indices.");
        Refused(Loss.CategoricalCrossentropy(), NDArray.From<float>([1, 0, 0, 1], 2, 2),
            "*needs one-hot targets of shape (batch, 3) but receives (2, 2).*");
    }

    [Fact]
    public void Values_that_are_no_probabilities()
    {
        Refused(Loss.CategoricalCrossentropy(), NDArray.From<float>([1, 0, 0, 0, 2, 0], 2, 3),
            "*needs targets from 0 to 1, but target 4 is 2.*");
        Refused(Loss.BinaryCrossentropy(), NDArray.From<float>([1, 0, 0, 0, -1, 0], 2, 3), "*but target 4 is -1.*");
    }

    [Fact]
    public void Shapes_of_numbers()
        => Refused(Loss.MeanSquaredError(), NDArray.From<float>([1, 2], 2),
            "mean_squared_error needs targets of shape (batch, 3) but receives (2).*");

    [Fact]
    public void Targets_that_fit_the_loss_but_not_a_metric()
    {
        Refused(Loss.SparseCategoricalCrossentropy(), NDArray.From<int>([0, 1], 2),
            "f1_score needs targets of shape (batch, 3) but receives (2).*", Metric.F1Score());
        Refused(Loss.MeanSquaredError(), NDArray.From<float>([1, 0, 0, 0, 5, 0], 2, 3),
            "precision needs targets from 0 to 1, but target 4 is 5.*", Metric.Precision());
        Refused(Loss.SparseCategoricalCrossentropy(), NDArray.From<int>([0, 2], 2),
            "mean_io_u needs class indices from 0 to 1, but target 1 is 2.*", Metric.MeanIoU(2, sparseYPred: false));
    }

    private static void Refused(Loss loss, NDArray targets, string message, params Metric[] metrics)
    {
        using var model = Three.ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Sgd(), loss, metrics);
        var data = Dataset.FromArrays(Inputs, targets);
        FluentActions.Invoking(() => model.Fit(data)).Should().Throw<TrainingDataException>().WithMessage(message);
        FluentActions.Invoking(() => model.Evaluate(data)).Should().Throw<TrainingDataException>().WithMessage(message);
    }
}
