using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training;

/// <summary>Losses, metrics and steps of a user's own.</summary>
public class CustomTrainingTests
{
    private static readonly ModelSpec Line = Sequential.Input(2).Dense(1).Build("line");
    private static readonly Dataset Data = Dataset.FromArrays(NDArray.From<float>([1, 2, 3, 4, -1, 0.5f, 2, -2], 4, 2),
        NDArray.From<float>([1, 0, 2, 1], 4, 1));

    [Fact]
    public void Delegates_do_what_the_library_does()
    {
        var (own, built) = (Fit(model => model.Compile(Optimizer.Sgd(0.01), OwnLoss, Metric.Of("mse", Squares))),
            Fit(model => model.Compile(Optimizer.Sgd(0.01), Loss.MeanSquaredError(), Metric.MeanSquaredError())));
        own["loss"].Should().Equal(built["loss"]);
        own["mse"].Should().Equal(built["mean_squared_error"]);
        own["loss"][^1].Should().BeLessThan(own["loss"][0]);
    }

    [Fact]
    public void A_custom_step_trains_and_feeds_the_metrics()
    {
        var own = Fit(model =>
            model.Compile(new CompileOptions(Optimizer.Sgd(0.01), [new OutputTraining(Loss: null, Metric.MeanSquaredError())])
            {
                CustomLoss = step => (step.Forward()[0] - step.Targets[0]).square().mean(),
            }));
        var built = Fit(model => model.Compile(Optimizer.Sgd(0.01), Loss.MeanSquaredError(), Metric.MeanSquaredError()));
        own["loss"].Zip(built["loss"]).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
        own["mean_squared_error"].Zip(built["mean_squared_error"]).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
    }

    [Fact]
    public void A_custom_step_leaves_the_outputs_activation_on()
    {
        using var model = Sequential.Input(2).Dense(3, Activation.Softmax).Build().ToModel(Device.Cpu, seed: 1);
        model.Compile(new CompileOptions(Optimizer.Sgd(), [new OutputTraining(Loss.SparseCategoricalCrossentropy(), Metric.Sum())])
        {
            CustomLoss = step => step.Forward()[0].sum()
        });
        model.Evaluate(Dataset.FromArrays(Data.Inputs[0], NDArray.From<int>([0, 1, 2, 0], 4)))["sum"].Should().BeApproximately(4, 1e-5);
    }

    [Fact]
    public void A_custom_metric_class_may_have_several_values()
    {
        var history = Fit(model => model.Compile(Optimizer.Sgd(0.01), Loss.MeanSquaredError(), new Extremes()));
        history.Names.Should().BeEquivalentTo("loss", "extremes[0]", "extremes[1]");
        history["extremes[0]"][^1].Should().BeLessThan(history["extremes[1]"][^1]);
    }

    private static Loss OwnLoss => Loss.Of("own", (target, output) => Squares(target, output).mean([-1]));

    private static torch.Tensor Squares(torch.Tensor target, torch.Tensor output) => (output - target).square();

    private static History Fit(Action<Model> compile)
    {
        using var model = Line.ToModel(Device.Cpu, seed: 1);
        compile(model);
        return model.Fit(Data, epochs: 4, batchSize: 2);
    }

    private sealed class Extremes : Metric
    {
        protected override string DefaultName => "extremes";

        public override IReadOnlyList<torch.Tensor> Start(torch.Device device)
            => [torch.full([2], double.PositiveInfinity, torch.ScalarType.Float64, device)];

        public override void Add(IReadOnlyList<torch.Tensor> sums, torch.Tensor target, torch.Tensor output, torch.Tensor? weights)
            => sums[0].copy_(torch.minimum(sums[0], torch.stack([output.min(), -output.max()])));

        public override torch.Tensor Result(IReadOnlyList<torch.Tensor> sums) => torch.stack([sums[0][0], -sums[0][1]]);
    }
}
