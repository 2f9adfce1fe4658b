using DeepGpu.Models;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace DeepGpu.Tests.Training;

/// <summary>RELIABILITY2 rows 16 and 17: what a loss or metric of a user's own gives is checked, and one typed error names it.</summary>
public class OwnFunctionTests
{
    private static readonly Dataset Data = Dataset.FromArrays(NDArray.From<float>([.. Enumerable.Range(0, 20).Select(i => i / 20f)], 5, 4),
        NDArray.From<float>([.. Enumerable.Range(0, 15).Select(i => i % 4f)], 5, 3));

    private static readonly Dictionary<string, (Func<torch.Tensor, torch.Tensor, torch.Tensor> Compute, string Received)> Faulty =
        new(StringComparer.Ordinal)
        {
            ["a scalar"] = ((t, o) => (t - o).square().mean(), "gave a tensor of shape () for an output of (5, 3)"),
            ["a mean over the batch"] = ((t, o) => (t - o).square().mean([0]), "gave a tensor of shape (3) for an output of (5, 3)"),
            ["null"] = ((_, _) => null!, "gave null"),
            ["a changed output"] = ((t, o) => (t - o.mul_(2)).square().mean([-1]), "changed a tensor that it was given in place"),
            ["a changed target"] = ((t, o) => (t.add_(1) - o).square().mean([-1]), "changed a tensor that it was given in place"),
        };

    private static readonly Dictionary<string, (Func<torch.Tensor, torch.Tensor, torch.Tensor> Compute, string Received)> WithoutGradient =
        new(StringComparer.Ordinal)
        {
            ["detached"] = ((t, o) => (t - o.detach()).square().mean([-1]), "gave a tensor that is cut off from the model's output"),
            ["whole numbers"] = ((t, o) => (t - o).square().mean([-1]).to(torch.ScalarType.Int64), "gave numbers of type Int64"),
            ["truth"] = ((t, o) => (t - o).square().mean([-1]).gt(1), "gave numbers of type Bool"),
        };

    public static TheoryData<string> Losses => [.. Faulty.Keys, .. WithoutGradient.Keys];

    public static TheoryData<string> Metrics => [.. Faulty.Keys];

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_loss_that_gives_something_else_is_refused_by_name(string kind)
    {
        var (compute, received) = Faulty.TryGetValue(kind, out var known) ? known : WithoutGradient[kind];
        foreach (var loss in new[] { Loss.Of("mine", compute), new Derived(compute) })
        {
            using var model = Compiled(loss);
            Expect(() => model.Fit(Data), "Loss 'mine'", received);
            using var other = Compiled(loss);
            Expect(() => other.TrainOnBatch(Data), "Loss 'mine'", received);
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void A_metric_that_gives_something_else_is_refused_by_name(string kind)
    {
        var (compute, received) = Faulty[kind];
        foreach (var metric in new[] { Metric.Of("own", compute), new DerivedMean(compute) { Name = "own" } })
        {
            using var model = Compiled(Loss.MeanSquaredError(), metric);
            Expect(() => model.Fit(Data), "Metric 'own'", received);
            using var other = Compiled(Loss.MeanSquaredError(), metric);
            Expect(() => other.Evaluate(Data), "Metric 'own'", received);
        }
    }

    [Fact]
    public void A_metric_of_its_own_kind_without_a_result_is_refused()
    {
        using var model = Compiled(Loss.MeanSquaredError(), new WithoutResult { Name = "own" });
        Expect(() => model.Evaluate(Data), "Metric 'own'", "gave null");
    }

    [Theory]
    [InlineData("null", "gave null")]
    [InlineData("several", "gave a tensor of shape (5)")]
    [InlineData("detached", "cut off from the model's output")]
    [InlineData("whole", "gave numbers of type Int64")]
    public void A_custom_loss_that_gives_something_else_is_refused(string kind, string received)
    {
        using var model = Sequential.Input(4).Dense(3).Build("net").ToModel(Device.Cpu, seed: 1);
        model.Compile(new CompileOptions(Optimizer.Sgd(), [new OutputTraining(null)])
        {
            CustomLoss = step => kind switch
            {
                "null" => null!,
                "several" => step.Forward()[0].square().mean([-1]),
                "detached" => step.Forward()[0].detach().mean(),
                _ => step.Forward()[0].sum().to(torch.ScalarType.Int64),
            },
        });
        Expect(() => model.Fit(Data), "CompileOptions.CustomLoss", received);
    }

    [Fact]
    public void Good_custom_functions_give_what_the_librarys_give()
    {
        using var own = Compiled(Loss.Of("mine", (t, o) => (t - o).square().mean([-1])),
            Metric.Of("own", (t, o) => (t - o).abs().mean([-1])));
        using var known = Compiled(Loss.MeanSquaredError(), Metric.MeanAbsoluteError());
        var (mine, theirs) = (own.Fit(Data, epochs: 3, batchSize: 2), known.Fit(Data, epochs: 3, batchSize: 2));
        mine["loss"].Should().Equal(theirs["loss"], (a, b) => Math.Abs(a - b) < 1e-6);
        mine["own"].Should().Equal(theirs["mean_absolute_error"], (a, b) => Math.Abs(a - b) < 1e-6);
        own.Evaluate(Data)["loss"].Should().BeApproximately(known.Evaluate(Data)["loss"], 1e-6);
    }

    [Fact]
    public void Numbers_for_parts_of_samples_and_whole_numbers_of_a_metric_are_fine()
    {
        using var model = Compiled(Loss.Of("mine", (t, o) => (t - o).square()),
            Metric.Of("own", (t, o) => (t - o).abs().gt(1).to(torch.ScalarType.Int64)));
        model.Fit(Data)["own"].Should().ContainSingle();
    }

    [Fact]
    public void What_is_not_a_number_is_no_change()
    {
        var data = Dataset.FromArrays(Data.Input, NDArray.From<float>([.. Enumerable.Repeat(float.NaN, 15)], 5, 3));
        using var model = Compiled(Loss.Of("mine", (t, o) => o.square().mean([-1])));
        model.Fit(data)["loss"][0].Should().BePositive();
    }

    [Fact]
    public void The_losses_of_the_library_that_give_one_number_are_not_refused()
    {
        using var model = Compiled(Loss.Dice(), new LossMetric(Loss.Tversky()));
        model.Fit(Data).Epochs.Should().Be(1);
    }

    private static void Expect(Action call, string who, string received)
    {
        var refused = call.Should().Throw<TrainingDataException>().Which;
        refused.Fault.Code.Should().Be("own_function");
        refused.Fault.Rule.Should().StartWith(who);
        refused.Fault.Received.Should().Contain(received);
    }

    private static Model Compiled(Loss loss, params Metric[] metrics)
    {
        var model = Sequential.Input(4).Dense(3, Activation.Sigmoid).Build("net").ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Sgd(), loss, metrics);
        return model;
    }

    private sealed class Derived(Func<torch.Tensor, torch.Tensor, torch.Tensor> compute) : Loss
    {
        public override string Name => "mine";

        public override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits) => compute(target, output);
    }

    private sealed class DerivedMean(Func<torch.Tensor, torch.Tensor, torch.Tensor> compute) : MeanMetric
    {
        protected override string DefaultName => "derived";

        protected override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output) => compute(target, output);
    }

    private sealed class WithoutResult : Metric
    {
        protected override string DefaultName => "empty";

        public override IReadOnlyList<torch.Tensor> Start(torch.Device device) => [torch.zeros([], torch.ScalarType.Float64, device)];

        public override void Add(IReadOnlyList<torch.Tensor> sums, torch.Tensor target, torch.Tensor output, torch.Tensor? weights)
            => sums[0].add_(F.relu(output).sum());

        public override torch.Tensor Result(IReadOnlyList<torch.Tensor> sums) => null!;
    }
}
