using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training;

public class LossReductionTests
{
    public LossReductionTests() => TorchRuntime.Start();

    [Theory]
    [InlineData(Reduction.SumOverBatchSize, (1 * 1 + 4 * 3) / 2.0)]
    [InlineData(Reduction.Mean, (1 * 1 + 4 * 3) / 2.0)]
    [InlineData(Reduction.Sum, 1 * 1 + 4 * 3)]
    [InlineData(Reduction.MeanWithSampleWeight, (1 * 1 + 4 * 3) / 4.0)]
    public void Losses_are_weighed_and_reduced(Reduction reduction, double expected)
    {
        using var scope = torch.NewDisposeScope();
        var loss = Loss.MeanSquaredError(reduction).Compute(Column(0, 0), Column(1, 2), weights: torch.tensor(new float[] { 1, 3 }));
        loss.item<float>().Should().BeApproximately((float)expected, 1e-6f);
    }

    [Fact]
    public void No_reduction_keeps_the_losses_of_samples_apart()
    {
        using var scope = torch.NewDisposeScope();
        Loss.MeanSquaredError(Reduction.None).Compute(Column(0, 0), Column(1, 2)).data<float>().ToArray().Should().Equal(1, 4);
        using var model = Cnn.Small.ToModel(Device.Cpu);
        FluentActions.Invoking(() => model.Compile(Optimizer.Adam(), Loss.MeanSquaredError(Reduction.None)))
            .Should().Throw<DeepGpuArgumentException>()
            .WithMessage("Compile: reduction must be one that gives mean_squared_error one number, but is None.*");
    }

    [Fact]
    public void A_mean_is_over_what_the_mask_keeps()
    {
        using var scope = torch.NewDisposeScope();
        var (target, output) = (torch.zeros(2, 2, 1), torch.tensor(new float[] { 1, 2, 3, 4 }).reshape(2, 2, 1));
        var mask = torch.tensor(new[] { true, true, true, false }).reshape(2, 2);
        Loss.MeanSquaredError().Compute(target, output, mask: mask).item<float>().Should().BeApproximately((1 + 4 + 9) / 3f, 1e-6f);
        Loss.MeanSquaredError(Reduction.Sum).Compute(target, output, mask: mask).item<float>().Should().BeApproximately(14, 1e-6f);
        Loss.MeanSquaredError().Compute(target, output, mask: mask, weights: torch.tensor(new float[] { 1, 0 }))
            .item<float>().Should().BeApproximately(5 / 3f, 1e-6f);
    }

    [Fact]
    public void A_class_to_ignore_does_not_count()
    {
        using var scope = torch.NewDisposeScope();
        var output = torch.tensor(new float[,] { { 0.5f, 0.5f }, { 0.1f, 0.9f }, { 0.2f, 0.8f } });
        var all = Loss.SparseCategoricalCrossentropy(ignoreClass: -1).Compute(torch.tensor(new[] { 0, -1, 1 }), output);
        all.item<float>().Should().BeApproximately(-(MathF.Log(0.5f) + MathF.Log(0.8f)) / 2, 1e-6f);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Logits_give_the_loss_of_their_probabilities(bool isBinary)
    {
        using var scope = torch.NewDisposeScope();
        var logits = torch.tensor(new float[,] { { 1, -2 }, { 0.5f, 3 } });
        var target = torch.tensor(new float[,] { { 1, 0 }, { 0, 1 } });
        Loss loss = isBinary ? Loss.BinaryCrossentropy(labelSmoothing: 0.1) : Loss.CategoricalCrossentropy(labelSmoothing: 0.1);
        var probabilities = isBinary ? logits.sigmoid() : logits.softmax(-1);
        loss.Compute(target, logits, isLogits: true)
            .item<float>().Should().BeApproximately(loss.Compute(target, probabilities).item<float>(), 1e-6f);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_before_anything_native()
    {
        using var scope = torch.NewDisposeScope();
        FluentActions.Invoking(() => Loss.MeanSquaredError().Compute(torch.zeros(2, 3), torch.zeros(2, 4)))
            .Should().Throw<TrainingDataException>()
            .WithMessage("mean_squared_error needs targets of shape (2, 4) but receives (2, 3). Make the targets as wide as the model's "
                + "last layer, or the layer as wide as the targets.");
        FluentActions.Invoking(() => Loss.SparseCategoricalCrossentropy().Compute(torch.zeros(2, 4), torch.zeros(2, 4)))
            .Should().Throw<TrainingDataException>()
            .WithMessage("sparse_categorical_crossentropy needs one class index for each place*");
        FluentActions.Invoking(() => Loss.MeanSquaredError().Compute(torch.zeros(2, 4), torch.zeros(2, 4), weights: torch.zeros(3)))
            .Should().Throw<TrainingDataException>()
            .WithMessage("Sample weights and masks need the shape (2) of what they weigh*but have the shape (3)*");
    }

    private static torch.Tensor Column(params float[] values) => torch.tensor(values).reshape(-1, 1);
}
