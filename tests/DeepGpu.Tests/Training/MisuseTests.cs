using DeepGpu.Models;

namespace DeepGpu.Tests.Training;

/// <summary>Bad input: a typed error in three parts, before anything native is called.</summary>
public class MisuseTests
{
    private static readonly Dataset Digits = Datasets.GeneratedDigits(20, 1).Train;

    [Fact]
    public void Fit_before_compile()
    {
        using var model = Cnn.Small.ToModel(Device.Cpu);
        FluentActions.Invoking(() => model.Fit(Digits)).Should().Throw<ModelStateException>()
            .WithMessage("Fit needs a compiled model, but 'small' is not compiled. Call Compile(Optimizer.Adam(), "
                + "Loss.CategoricalCrossentropy()) first.");
    }

    [Fact]
    public void A_wrong_input_shape()
    {
        using var model = Cnn.Small.Compiled();
        var flat = Dataset.FromArrays(Digits.Input.Reshape(20, 784), Digits.Target);
        FluentActions.Invoking(() => model.Fit(flat)).Should().Throw<TrainingDataException>()
            .WithMessage("Input 'input_layer' of 'small' needs (batch, 28, 28, 1) but data is (20, 784). Reshape the data with "
                + "NDArray.Reshape, or change the model's input.");
        FluentActions.Invoking(() => model.Predict(Digits.Input.Reshape(20, 28, 28)))
            .Should().Throw<TrainingDataException>().WithMessage("*Add the missing axis*");
    }

    [Fact]
    public void A_label_out_of_range()
    {
        using var model = Cnn.Small.Compiled();
        var labels = Digits.Target.ToArray<int>();
        labels[13] = 10;
        FluentActions.Invoking(() => model.Fit(Dataset.FromArrays(Digits.Input, NDArray.From<int>(labels, 20))))
            .Should().Throw<TrainingDataException>()
            .WithMessage("sparse_categorical_crossentropy needs class indices from 0 to 9, but target 13 is 10. Number the classes from 0, "
                + "or give the model's last layer more units.");
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(2.5f)]
    [InlineData(float.NaN)]
    public void A_label_that_is_no_class_index(float label)
        => FluentActions.Invoking(() => Dataset.FromArrays(NDArray.From<float>([0], 1, 1), NDArray.From<float>([label], 1)).OneHot(10))
            .Should().Throw<TrainingDataException>().WithMessage("*target 0 is*");

    [Fact]
    public void One_hot_targets_of_another_width()
    {
        using var model = Cnn.Small.Compiled(Loss.CategoricalCrossentropy());
        FluentActions.Invoking(() => model.Fit(Digits.OneHot(12))).Should().Throw<TrainingDataException>()
            .WithMessage("categorical_crossentropy needs one-hot targets of shape (batch, 10) but receives (20, 12). *");
        FluentActions.Invoking(() => model.Fit(Digits))
            .Should().Throw<TrainingDataException>().WithMessage("*Use SparseCategoricalCrossentropy for class indices.");
    }

    [Fact]
    public void Empty_data_and_unequal_lengths()
    {
        FluentActions.Invoking(() => Dataset.FromArrays(NDArray.From<float>([], 0, 28, 28, 1), NDArray.From<int>([], 0)))
            .Should().Throw<TrainingDataException>()
            .WithMessage(
                "A dataset needs at least one sample, but the inputs are Float32 (0, 28, 28, 1). Check where the data comes from.");
        FluentActions.Invoking(() => Dataset.FromArrays(NDArray.From<float>([1, 2], 2), NDArray.From<int>([1], 1)))
            .Should().Throw<TrainingDataException>().WithMessage("*same number of samples*");
        using var model = Cnn.Small.Compiled();
        FluentActions.Invoking(() => model.Predict(NDArray.From<float>([], 0, 28, 28, 1))).Should().Throw<TrainingDataException>();
    }

    [Theory]
    [InlineData(0, 32)]
    [InlineData(1, 0)]
    [InlineData(1, -5)]
    public void Epochs_and_batch_size_below_one(int epochs, int batchSize)
    {
        using var model = Cnn.Small.Compiled();
        FluentActions.Invoking(() => model.Fit(Digits, epochs, batchSize))
            .Should().Throw<DeepGpuArgumentException>().WithMessage("Fit: * must be at least 1, but is *");
    }

    [Fact]
    public void A_disposed_model()
    {
        var model = Cnn.Small.Compiled();
        model.Dispose();
        model.Dispose();
        FluentActions.Invoking(() => model.Predict(Digits.Input)).Should().Throw<ObjectDisposedException>();
        FluentActions.Invoking(() => model.Fit(Digits)).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void A_layer_without_a_lowering()
        => FluentActions.Invoking(() => Sequential.Input(2).Apply(new Unheard()).Build().ToModel(Device.Cpu))
            .Should().Throw<DeepGpuException>()
            .WithMessage("Every layer must be one of this library, or registered with how it runs, but Unheard 'unheard' is not. Pass "
                + "Extensions.None.WithLayer(new Unheard(...), YourContext.Default.Unheard, (layer, context) => ...) to ToModel or Load.");

    private sealed record Unheard : UnaryLayer
    {
        public override Shape OutputShape(Shape input) => input;
    }
}
