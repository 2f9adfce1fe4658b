using System.Text.Json.Serialization;

namespace DeepGpu.Models.Tests.Extending;

/// <summary>A layer of a user's with options of every sort, none like its neighbour.</summary>
/// <param name="Rungs">Length of the output.</param>
/// <param name="Gap">Two lengths.</param>
internal sealed record Ladder(int Rungs, Extent Gap) : UnaryLayer
{
    public double Slope { get; init; } = 0.25;

    public Margins Rails { get; init; } = new((1, 2), (3, 4));

    [JsonPropertyName("lean")]
    public double Tilt { get; init; } = -0.5;

    public Wood Wood { get; init; } = Wood.Ash;

    public Activation Activation { get; init; } = Activation.HardSilu;

    public Initializer RungInitializer { get; init; } = new Constant(0.125);

    public Regularizer? RungRegularizer { get; init; }

    public Constraint? RungConstraint { get; init; }

    public Layer? Inside { get; init; }

    public override Shape OutputShape(Shape input) => new([.. input.Axes.SkipLast(1), Rungs]);

    public override IReadOnlyList<WeightSpec> Weights(Shape input) =>
    [
        new("rungs", [input[^1]!.Value, Rungs], RungInitializer) { Regularizer = RungRegularizer, Constraint = RungConstraint },
        new("worn", [Rungs], Initializer.Zeros, Trainable: false),
    ];
}

[JsonConverter(typeof(JsonStringEnumConverter<Wood>))]
internal enum Wood
{
    Oak,
    Ash,
}

/// <summary>A layer with two outputs that says what work it does, and is called otherwise in files.</summary>
internal sealed record Fork : Layer
{
    protected internal override string ClassName => "TwoTined";

    protected internal override int OutputCount => 2;

    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs) => [inputs[0], inputs[0].With(1, 1)];

    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [new() { Name = name, Kind = OperationKind.Elementwise, ForwardFlops = 7.0 * inputs[0].Elements!.Value }];
}

/// <summary>A layer with the name of one of this library.</summary>
internal sealed record Dense : UnaryLayer
{
    public override Shape OutputShape(Shape input) => input;
}

internal sealed record Stripes(double Width = 2, int Shift = 3) : RandomInitializer;

internal sealed record Wobble(double Amount = 0.5, double Phase = 0.75) : Regularizer;

internal sealed record Box(double Low = -1, double High = 3) : Constraint;

internal sealed record Zeros : Initializer;

internal sealed record Stairs(double High, int Every, double Factor = 0.5) : LearningRateSchedule
{
    public override double At(long step) => High * Math.Pow(Factor, step / Every);
}

internal sealed record Slide : Optimizer
{
    public double Decay { get; init; } = 0.1;

    [JsonPropertyName("lr")]
    public double Length { get; init; } = 4;

    protected override int SlotCount => 3;
}

[JsonSerializable(typeof(Ladder))]
[JsonSerializable(typeof(Fork))]
[JsonSerializable(typeof(Dense))]
[JsonSerializable(typeof(Stripes))]
[JsonSerializable(typeof(Wobble))]
[JsonSerializable(typeof(Box))]
[JsonSerializable(typeof(Zeros))]
[JsonSerializable(typeof(Stairs))]
[JsonSerializable(typeof(Slide))]
internal sealed partial class OwnJson : JsonSerializerContext;

internal static class Own
{
    public static readonly Extensions All = Extensions.None
        .WithLayer(new Ladder(1, new Extent(1, 1)), OwnJson.Default.Ladder)
        .InPackage("tools")
        .WithLayer(new Fork(), OwnJson.Default.Fork)
        .WithInitializer(new Stripes(), OwnJson.Default.Stripes)
        .WithRegularizer(new Wobble(), OwnJson.Default.Wobble)
        .WithConstraint(new Box(), OwnJson.Default.Box, "Crate")
        .WithOptimizer(new Slide(), OwnJson.Default.Slide)
        .WithSchedule(new Stairs(1, 1), OwnJson.Default.Stairs);
}
