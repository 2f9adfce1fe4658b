using DeepGpu.Models;

namespace DeepGpu.Tests.Training;

/// <summary>RELIABILITY2 rows 19, 27 and 32: numbers beyond their range are refused, or count as in Keras.</summary>
public class RangeTests
{
    private static readonly Dataset Data = Dataset.FromArrays(NDArray.From<float>([1, 2, 3, 4, 5, 6], 3, 2),
        NDArray.From<float>([1, 2, 3], 3, 1));

    [Theory]
    [InlineData(2, 3)]
    [InlineData(1, 1_000_000_000)]
    public void A_first_epoch_beyond_the_last_is_refused(int epochs, int initial)
    {
        using var model = Linear();
        model.Invoking(m => m.Fit(Data, new FitOptions { Epochs = epochs, InitialEpoch = initial })).Should()
            .Throw<DeepGpuArgumentException>()
            .WithMessage($"Fit: initialEpoch must be from 0 to the number of epochs, {epochs}, but is {initial}.*");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_first_epoch_that_cannot_be_counted_on_from_is_refused(int initial)
        => FluentActions.Invoking(() => new FitOptions { Epochs = int.MaxValue, InitialEpoch = initial }).Should()
            .Throw<DeepGpuArgumentException>();

    [Theory]
    [InlineData(3, 1, 2)]
    [InlineData(3, 3, 0)]
    public void Epochs_taken_as_done_are_passed_over_as_in_Keras(int epochs, int initial, int trained)
    {
        using var model = Linear();
        model.Fit(Data, new FitOptions { Epochs = epochs, InitialEpoch = initial }).Epochs.Should().Be(trained);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Sample_weights_that_are_not_finite_are_refused_by_every_call(float weight)
    {
        using var model = Linear();
        var weighted = Dataset.FromArrays(Data.Input, Data.Target, NDArray.From<float>([1, weight, 1], 3));
        Action[] calls = [() => model.Fit(weighted), () => model.Evaluate(weighted), () => model.TrainOnBatch(weighted),
            () => model.TestOnBatch(weighted), () => model.Fit(weighted.ToStream()), () => model.Fit(Data, validation: weighted)];
        foreach (var call in calls) call.Should().Throw<TrainingDataException>()
            .WithMessage("Sample weights must be finite in single precision, but number 1 of the weights of * is *");
    }

    [Fact]
    public void Sample_weights_beyond_single_precision_are_refused()
    {
        using var model = Linear();
        model.Invoking(m => m.Fit(Dataset.FromArrays(Data.Input, Data.Target, NDArray.From<double>([1, 1, 1e308], 3)))).Should()
            .Throw<TrainingDataException>().Which.Fault.Code.Should().Be("sample_weight");
    }

    /// <summary>Keras multiplies each loss by its weight, whatever its sign, and divides their sum by the number of samples.</summary>
    [Fact]
    public void Negative_weights_of_samples_and_classes_count_as_in_Keras()
    {
        using var model = Linear();
        var output = model.Predict(Data.Input).ToArray<float>();
        var losses = output.Zip([1f, 2f, 3f], (o, t) => (o - t) * (o - t)).ToArray();
        var weighted = Dataset.FromArrays(Data.Input, Data.Target, NDArray.From<float>([1, -2, 0.5f], 3));
        model.Evaluate(weighted)["loss"].Should().BeApproximately((losses[0] - 2 * losses[1] + 0.5 * losses[2]) / 3, 1e-4);
        using var other = Linear();
        var weights = new Dictionary<int, double> { [1] = -3 };
        var classes = Dataset.FromArrays(Data.Input, NDArray.From<float>([0, 1, 1], 3, 1));
        var history = other.Fit(classes, new FitOptions { ClassWeights = weights });
        var (first, second, third) = (output[0] * output[0], (output[1] - 1) * (output[1] - 1), (output[2] - 1) * (output[2] - 1));
        history["loss"][0].Should().BeApproximately((first - 3 * second - 3 * third) / 3, 1e-3);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e308)]
    [InlineData(-1e39)]
    public void Class_weights_that_are_not_finite_in_single_precision_are_refused(double weight)
    {
        FluentActions.Invoking(() => new FitOptions { ClassWeights = new Dictionary<int, double> { [1] = weight } }).Should()
            .Throw<DeepGpuArgumentException>().WithMessage("Fit: classWeights must be a weight, finite in single precision, *");
        using var model = Linear();
        model.Invoking(m => m.TrainOnBatch(Data, new Dictionary<int, double> { [1] = weight })).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new OutputTraining(Loss.MeanSquaredError()) { LossWeight = weight }).Should()
            .Throw<DeepGpuArgumentException>();
    }

    [Fact]
    public void An_embedding_takes_whole_numbers_alone_wherever_it_is()
    {
        var half = NDArray.From<float>([0, 1.5f, 2], 1, 3);
        var (inner, flat) = (Sequential.Input(3).Embedding(4, 2).Build("inner"), Sequential.Input(3).Embedding(4, 2).Build("net"));
        using var plain = flat.ToModel(Device.Cpu);
        using var nested = Sequential.Input(3).Apply(inner).Build("net").ToModel(Device.Cpu);
        using var wrapped = Sequential.Input(1, 3).Apply(new TimeDistributed(new Embedding(4, 2) { Name = "words" })).Build("net")
            .ToModel(Device.Cpu);
        plain.Invoking(m => m.Predict(half)).Should().Throw<TrainingDataException>()
            .WithMessage("Embedding 'embedding' knows the whole numbers 0 to 3, but sample 0 of inputs holds 1.5.*");
        nested.Invoking(m => m.Predict(half)).Should().Throw<TrainingDataException>().WithMessage("Embedding 'inner/embedding' *1.5*");
        wrapped.Invoking(m => m.Predict(half.Reshape(1, 1, 3))).Should().Throw<TrainingDataException>().WithMessage("*1.5*");
        foreach (var wrong in new[] { 4f, -1f, -0.5f, float.NaN, float.PositiveInfinity })
        {
            nested.Invoking(m => m.Predict(NDArray.From<float>([0, 1, wrong], 1, 3))).Should().Throw<TrainingDataException>();
        }

        plain.Predict(NDArray.From<float>([0, 1, 3], 1, 3)).Shape.Should().Equal(1, 3, 2);
    }

    private static Model Linear()
    {
        var model = Sequential.Input(2).Dense(1).Build("net").ToModel(Device.Cpu, seed: 3);
        model.Compile(Optimizer.Sgd(learningRate: 0.001), Loss.MeanSquaredError());
        return model;
    }
}
