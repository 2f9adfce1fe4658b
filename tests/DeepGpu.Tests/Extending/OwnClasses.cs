using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DeepGpu.Models;
using DeepGpu.Tests.Runtime.Border;
using TorchSharp;

namespace DeepGpu.Tests.Extending;

/// <summary>(x K) times a gain times a power: a kernel that torch keeps transposed, and a weight that is not trained.</summary>
/// <param name="Units">Length of the output.</param>
/// <param name="Power">A factor.</param>
internal sealed record Stretch(int Units, double Power = 2) : UnaryLayer
{
    public Initializer KernelInitializer { get; init; } = new Slope();

    public Regularizer? KernelRegularizer { get; init; }

    public Constraint? KernelConstraint { get; init; }

    public override Shape OutputShape(Shape input) => input.With(input.Rank - 1, Units);

    public override IReadOnlyList<WeightSpec> Weights(Shape input) =>
    [
        new("kernel", [input[^1]!.Value, Units], KernelInitializer) { Regularizer = KernelRegularizer, Constraint = KernelConstraint },
        new("gain", [Units], new Slope(1, 0.5), Trainable: false),
        new("shift", [Units], Initializer.Zeros),
    ];
}

internal sealed class LiveStretch(Stretch layer, LoweringContext context) : UnaryLiveLayer
{
    private readonly LiveWeight _kernel = context.Weight("kernel", WeightLayout.Transposed);
    private readonly LiveWeight _gain = context.Weight("gain");
    private readonly LiveWeight _shift = context.Weight("shift");

    public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
    {
        using Scalar power = layer.Power;
        var product = torch.nn.functional.linear(input, _kernel.Value);
        return product.mul(_gain.Value).mul(power).add(_shift.Value);
    }
}

/// <summary>start, start + step, start + 2 step, ...</summary>
internal sealed record Slope(double Start = 0.01, double Step = 0.02) : Initializer
{
    public static torch.Tensor Draw(Slope own, IReadOnlyList<int> shape, torch.Generator random)
    {
        var count = shape.Aggregate(1, (product, length) => product * length);
        return torch.tensor(Enumerable.Range(0, count).Select(i => (float)(own.Start + own.Step * i)).ToArray())
            .reshape([.. shape.Select(length => (long)length)]);
    }
}

/// <summary>factor * sum (w - target)^2.</summary>
internal sealed record Pull(double Factor = 0.5, double Target = 1) : Regularizer
{
    public static torch.Tensor Penalty(Pull own, torch.Tensor values)
    {
        using Scalar factor = own.Factor, target = own.Target;
        return values.sub(target).square().sum().mul(factor);
    }
}

/// <summary>No value is below a number.</summary>
internal sealed record Floor(double Low = 0.05) : Constraint
{
    public static torch.Tensor Project(Floor own, torch.Tensor values)
    {
        using Scalar low = own.Low;
        return values.clamp_min(low);
    }
}

/// <summary>v = inertia v + g; w = w - rate v / sqrt(n), n the number of the change, which a slot counts.</summary>
internal sealed record Crawl(double Inertia = 0.5) : Optimizer
{
    protected override int SlotCount => 1;
}

internal sealed class CrawlRule(Crawl options) : OptimizerRule
{
    public override IReadOnlyList<string> Slots => ["speed", "changes"];

    public override torch.Tensor NewSlot(string slot, torch.Tensor weight)
        => slot == "changes" ? torch.zeros([], weight.dtype, weight.device) : base.NewSlot(slot, weight);

    public override void Update(WeightUpdate update)
    {
        using Scalar inertia = options.Inertia, rate = -update.Rate, one = 1.0;
        var changes = update.Slot("changes").add_(one);
        var speed = update.Slot("speed").mul_(inertia).add_(update.Gradient);
        update.Value.add_(speed.div(changes.sqrt()), rate);
    }
}

/// <summary>|target - output|^exponent.</summary>
internal sealed class PowerLoss : Loss
{
    public override string Name => "power_loss";

    public double Exponent { get; init; } = 2;

    public override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        using Scalar exponent = Exponent;
        return target.sub(output).abs().pow(exponent).mean([-1]);
    }
}

/// <summary>The share of outputs above a limit.</summary>
internal sealed class ShareAbove : MeanMetric
{
    public double Limit { get; init; } = 0.5;

    protected override string DefaultName => "share_above";

    protected override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output)
    {
        using Scalar limit = Limit;
        return output.gt(limit).to(torch.ScalarType.Float32).mean([-1]);
    }
}

internal sealed record Steps(double High, int Every) : LearningRateSchedule
{
    public override double At(long step) => High / (1 + step / Every);
}

/// <summary>Counts steps, and keeps numbers that JSON has no words for.</summary>
internal sealed class Counting : Callback
{
    public int Seen { get; private set; }

    public double Best { get; private set; } = double.PositiveInfinity;

    public float[] Losses { get; private set; } = [];

    public override void OnBatchEnd(TrainingContext context)
    {
        Seen++;
        Losses = [.. Losses, (float)context.ReadLogs()["loss"]];
    }

    public override CallbackState SaveState() => new(
        new JsonObject
        {
            ["seen"] = Seen,
            ["best"] = Best,
            ["worst"] = new JsonArray(double.NegativeInfinity, double.NaN),
            ["note"] = "Infinity"
        },
        new Dictionary<string, NDArray> { ["losses"] = NDArray.From<float>(Losses, Losses.Length) });

    public override void RestoreState(CallbackState state)
    {
        (Seen, Best, Losses) = ((int)state.Values["seen"]!, (double)state.Values["best"]!, state.Arrays!["losses"].ToArray<float>());
        if (!double.IsNaN((double)state.Values["worst"]![1]!)
            || (string)state.Values["note"]! != "Infinity") throw new InvalidOperationException("lost");
    }
}

[JsonSerializable(typeof(Stretch))]
[JsonSerializable(typeof(Slope))]
[JsonSerializable(typeof(Pull))]
[JsonSerializable(typeof(Floor))]
[JsonSerializable(typeof(Crawl))]
[JsonSerializable(typeof(PowerLoss))]
[JsonSerializable(typeof(ShareAbove))]
[JsonSerializable(typeof(Steps))]
[JsonSerializable(typeof(TorchBorderTests.Odd))]
internal sealed partial class OwnJson : JsonSerializerContext;

internal static class Own
{
    public static readonly Extensions Layer = Extensions.None
        .WithLayer(new Stretch(1), OwnJson.Default.Stretch, (layer, context) => new LiveStretch(layer, context))
        .WithInitializer(new Slope(), OwnJson.Default.Slope, Slope.Draw);

    public static readonly Extensions All = Layer
        .WithRegularizer(new Pull(), OwnJson.Default.Pull, Pull.Penalty)
        .WithConstraint(new Floor(), OwnJson.Default.Floor, Floor.Project)
        .WithOptimizer(new Crawl(), OwnJson.Default.Crawl, options => new CrawlRule(options))
        .WithSchedule(new Steps(1, 1), OwnJson.Default.Steps)
        .WithLoss(new PowerLoss(), OwnJson.Default.PowerLoss)
        .WithMetric(new ShareAbove(), OwnJson.Default.ShareAbove);

    public static readonly ModelSpec Spec = Sequential.Input(3)
        .Apply(new Stretch(5, 1.5) { Name = "stretch", KernelRegularizer = new Pull(0.01, 2), KernelConstraint = new Floor(-0.25) })
        .Dropout(0.1)
        .Apply(new Dense(2) { KernelInitializer = new Slope(0.1, -0.03) })
        .Build("own");

    public static readonly Dataset Data = Dataset.FromArrays(
        NDArray.From<float>([.. Enumerable.Range(0, 63).Select(i => (float)Math.Sin(i))], 21, 3),
        NDArray.From<float>([.. Enumerable.Range(0, 42).Select(i => (float)Math.Cos(i))], 21, 2));

    public static Model Compiled(this ModelSpec spec)
    {
        var model = spec.ToModel(Device.Cpu, seed: 3, extensions: All);
        model.Compile(new Crawl(0.75) { LearningRate = new Steps(0.02, 4) }, new PowerLoss { Exponent = 1.5 },
            new ShareAbove { Limit = 0.25 });
        return model;
    }

    public static string Bytes(this Model model)
        => string.Join(' ', model.Weights.Select(weight => Convert.ToHexString(weight.ToArray().Bytes.Span)));
}
