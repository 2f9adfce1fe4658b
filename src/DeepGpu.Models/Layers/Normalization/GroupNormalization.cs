namespace DeepGpu.Models;

/// <summary>Normalises each sample over groups of channels. Wu and He, 2018.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/normalization_layers/group_normalization/</remarks>
public sealed record GroupNormalization : UnaryLayer
{
    /// <summary>The number of groups, or -1 for one group a channel. Default 32.</summary>
    public int Groups
    {
        get;
        init => field = value == -1 ? value : Require.AtLeast(value, 1, nameof(GroupNormalization), nameof(Groups));
    } = 32;

    /// <summary>The axis of the channels. Default the last.</summary>
    public int Axis { get; init; } = -1;

    /// <summary>Added to the variance. Default 0.001.</summary>
    public double Epsilon { get; init => field = Require.AtLeast(value, 0, nameof(GroupNormalization), nameof(Epsilon)); } = 1e-3;

    /// <summary>Whether a learned offset beta is added. Default true.</summary>
    public bool Center { get; init; } = true;

    /// <summary>Whether a learned factor gamma is applied. Default true.</summary>
    public bool Scale { get; init; } = true;

    /// <summary>How beta starts. Default zeros.</summary>
    public Initializer BetaInitializer { get; init; } = Initializer.Zeros;

    /// <summary>How gamma starts. Default ones.</summary>
    public Initializer GammaInitializer { get; init; } = Initializer.Ones;

    /// <summary>A penalty on beta; default none.</summary>
    public Regularizer? BetaRegularizer { get; init; }

    /// <summary>A penalty on gamma; default none.</summary>
    public Regularizer? GammaRegularizer { get; init; }

    /// <summary>What beta is projected onto after each step; default nothing.</summary>
    public Constraint? BetaConstraint { get; init; }

    /// <summary>What gamma is projected onto after each step; default nothing.</summary>
    public Constraint? GammaConstraint { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        Channels(input);
        return input;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        var n = Channels(input);
        var weights = new List<WeightSpec>();
        if (Scale) weights.Add(new("gamma", [n], GammaInitializer) { Regularizer = GammaRegularizer, Constraint = GammaConstraint });
        if (Center) weights.Add(new("beta", [n], BetaInitializer) { Regularizer = BetaRegularizer, Constraint = BetaConstraint });
        return weights;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Normalization(name, inputs[0], Weights(inputs[0]), forwardPasses: 2, backwardPasses: 4)];

    private int Channels(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var n = input[Axes.Resolve(Axis, input.Rank)]
            ?? throw new ShapeException($"a known length on axis {Axis}", "Give the model's input a full shape.");
        return Groups == -1 || n % Groups == 0
            ? n
            : throw new ShapeException($"a number of channels that {Groups} groups divide", $"Use a number of groups that divides {n}.");
    }
}
