using DeepGpu.Lowering;
using DeepGpu.Models;
using DeepGpu.Numbers;
using DeepGpu.Optimizers;
using DeepGpu.Testing.Numerics;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>What holds for every layer.</summary>
public class LayerContractTests
{
    private const int Batch = 2;

    public static IEnumerable<ITheoryDataRow> Rows => LayerCases.All.Select((c, i) => new TheoryDataRow<int, string>(i, c.Name));

    public static IEnumerable<ITheoryDataRow> Differentiable
        => LayerCases.All.Select((c, i) => (c, i)).Where(p => !p.c.YieldsTruth && !p.c.IsRounded).Select(p
        => new TheoryDataRow<int, string>(p.i, p.c.Name));

    [Fact]
    public void Every_layer_has_a_case()
    {
        var layers = typeof(Layer).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract && type != typeof(InputLayer)
                && type != typeof(OnnxOperation));
        layers.Except(LayerCases.All.Select(c => c.Layer.GetType())).Should().BeEmpty();
        layers.Where(type => !LoweringTable.Default.Contains(type)).Should().BeEmpty();
    }

    [Fact]
    public void A_layer_that_is_listed_nowhere_else_gets_a_case_from_its_plain_loops()
    {
        foreach (var kind in RandomCases.Kinds)
        {
            var c = DrawnCases.Of(kind);
            c.Layer.Should().BeOfType(kind);
            c.Layer.OutputShapes(c.Inputs).Should().HaveCount(c.Layer.OutputCount, kind.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Predicted_shapes_and_counts_are_torchs(int index, string name)
    {
        using var scope = torch.NewDisposeScope();
        var (c, run) = Start(index, name);
        using var live = run;
        var outputs = run.Run(Inputs(c));
        outputs.Select(o => o.Tensor.shape).Should().BeEquivalentTo(
            run.Spec.Outputs.Select(o => o.Shape.Axes.Select(n => (long)(n ?? Batch)).ToArray()), options => options.WithStrictOrdering());
        run.Model.Weights.Sum(w => w.Tensor.NumberOfElements).Should().Be(run.Spec.ParameterCount);
        run.Model.Weights.Where(w => w.IsTrainable).Sum(w => w.Tensor.NumberOfElements).Should().Be(run.Spec.TrainableParameterCount);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_description_returns_from_JSON(int index, string name)
    {
        using var live = Start(index, name).Run;
        var json = live.Spec.ToJson();
        var read = ModelSpec.FromJson(json);
        read.ToJson().Should().Be(json);
        read.ParameterCount.Should().Be(live.Spec.ParameterCount);
        read.Outputs.Select(o => o.Shape).Should().Equal(live.Spec.Outputs.Select(o => o.Shape));
    }

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void Gradients_are_those_of_finite_differences(int index, string name)
    {
        using var scope = torch.NewDisposeScope();
        var (c, run) = Start(index, name, PrecisionPolicy.Float64);
        using var live = run;
        var inputs = Inputs(c, torch.ScalarType.Float64);
        var parameters = run.Model.Weights.Where(w => w.IsTrainable).Select(w => w.Tensor).ToList();
        if (c.Below is null) parameters.AddRange(inputs.Select(input => input.Tensor.requires_grad_(true)));
        Loss(run, c, inputs).backward();
        foreach (var parameter in parameters) CheckGradient(parameter, () => Loss(run, c, inputs).item<double>());
    }

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void A_training_step_lowers_the_loss(int index, string name)
    {
        using var scope = torch.NewDisposeScope();
        var c = Case(index, name);
        using var model = Learnable(c).ToModel(Device.Cpu, seed: 1);
        var inputs = Inputs(c);
        using var stepper = OptimizerStepper.Create(Optimizer.Sgd(1e-4), model.Weights);
        torch.Tensor Loss() => Distance(model.Graph.Run(inputs, c.ChecksTraining ? Training(1) : ForwardContext.Inference));
        var before = Loss();
        before.backward();
        stepper.Step();
        model.ResetState();
        Loss().item<float>().Should().BeLessThan(before.item<float>());
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void No_tensor_is_left_alive(int index, string name)
    {
        Use(index, name);
        var before = LiveTensors.Count();
        Use(index, name);
        LiveTensors.Count().Should().Be(before);
    }

    private static void Use(int index, string name)
    {
        using var scope = torch.NewDisposeScope();
        var (c, run) = Start(index, name);
        using var live = run;
        foreach (var output in run.Run(Inputs(c), Training(1)).Where(o => o.Tensor.requires_grad))
            output.Tensor.sum().backward(retain_graph: true);
        run.Run(Inputs(c));
    }

    /// <summary>The case's layer; one that learns nothing by itself comes after one that does.</summary>
    internal static ModelSpec Learnable(LayerCase c)
    {
        var inputs = c.Inputs.Select(shape => Functional.Input(new InputLayer(shape))).ToList();
        var isAlone = c.Below is not null || c.Layer.Trainable && c.Layer.Weights(c.Inputs).Any(w => w.Trainable);
        var before = isAlone ? inputs : [.. inputs.Select(input => input.LayerScale(0.9))];
        return Functional.Model(inputs, before[0].ApplyAll(c.Layer, before.Skip(1)));
    }

    private static torch.Tensor Distance(IReadOnlyList<Signal> outputs)
        => outputs.Select(o => (o.Tensor - 0.3).square().sum()).Aggregate((a, b) => a + b);

    private static torch.Tensor Loss(LayerRun run, LayerCase c, IReadOnlyList<Signal> inputs)
    {
        run.Model.ResetState();
        var outputs = run.Run(inputs, c.ChecksTraining ? Training(7) : ForwardContext.Inference);
        return outputs.Select(output => (output.Tensor * Numbers(output.Tensor.shape, torch.ScalarType.Float64, seed: 3)).sum())
            .Aggregate((a, b) => a + b);
    }

    private static void CheckGradient(torch.Tensor parameter, Func<double> loss)
    {
        const double Step = 1e-5;
        var gradient = (parameter.grad ?? torch.zeros_like(parameter)).flatten();
        using var noGradient = torch.no_grad();
        var flat = parameter.dim() == 0 ? parameter.detach().reshape(1) : parameter.detach();
        for (var i = 0L; i < parameter.NumberOfElements; i += Math.Max(1, parameter.NumberOfElements / 6))
        {
            var at = Coordinates(i, flat.shape);
            var value = flat[at].item<double>();
            flat[at] = torch.tensor(value + Step, torch.ScalarType.Float64);
            var above = loss();
            flat[at] = torch.tensor(value - Step, torch.ScalarType.Float64);
            var difference = (above - loss()) / (2 * Step);
            flat[at] = torch.tensor(value, torch.ScalarType.Float64);
            gradient[i].item<double>().Should().BeApproximately(difference, 1e-6 * Math.Max(1, Math.Abs(difference)),
                "element {0} of {1}", i, parameter.shape);
        }
    }

    private static torch.TensorIndex[] Coordinates(long flat, long[] shape)
    {
        var coordinates = new torch.TensorIndex[shape.Length];
        for (var axis = shape.Length - 1; axis >= 0; axis--)
            (coordinates[axis], flat) = (torch.TensorIndex.Single(flat % shape[axis]), flat / shape[axis]);
        return coordinates;
    }

    internal static ForwardContext Training(ulong seed) => ForwardContext.Training(new torch.Generator(seed));

    internal static LayerCase Case(int index, string name)
    {
        LayerCases.All[index].Name.Should().Be(name);
        return LayerCases.All[index];
    }

    private static (LayerCase Case, LayerRun Run) Start(int index, string name, PrecisionPolicy precision = PrecisionPolicy.Float32)
    {
        var c = Case(index, name);
        return (c, new(c.Layer, c.Inputs, precision));
    }

    internal static List<Signal> Inputs(LayerCase c, torch.ScalarType type = torch.ScalarType.Float32)
        => [.. c.Inputs.Select((shape, i) => new Signal(Input(c, [.. shape.Axes.Select(n => (long)(n ?? Batch))], type, i),
            i >= c.MaskedFrom ? Mask((int)shape[1]!) : null))];

    private static torch.Tensor Input(LayerCase c, long[] shape, torch.ScalarType type, int seed)
        => c.Below is { } below
            ? torch.arange(shape.Aggregate(1L, (a, b) => a * b)).reshape(shape) % below
            : Numbers(shape, type, seed + 10);

    /// <summary>The first sample ends early, the second starts late.</summary>
    private static torch.Tensor Mask(int steps)
    {
        var time = torch.arange(steps);
        return torch.stack([time.lt(steps - 1), time.gt(0)]);
    }

    private static torch.Tensor Numbers(long[] shape, torch.ScalarType type, int seed)
    {
        var random = new StableRandom(seed);
        return torch.tensor([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => random.NextDouble(-1, 1))],
            torch.ScalarType.Float64)
            .reshape(shape).to(type);
    }
}
