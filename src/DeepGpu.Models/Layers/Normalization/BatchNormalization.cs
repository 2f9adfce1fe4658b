namespace DeepGpu.Models;

/// <summary>Normalises each channel over the batch while training, by moving statistics when predicting. Ioffe and Szegedy, 2015.</summary>
/// <remarks>Output shape = input shape. Moving statistics: moving * momentum + batch * (1 - momentum), with the biased variance.
/// A frozen layer (<see cref="Layer.Trainable"/> false) normalises by its moving statistics while training too.
/// Keras: https://keras.io/api/layers/normalization_layers/batch_normalization/</remarks>
public sealed record BatchNormalization : UnaryLayer
{
    /// <summary>The axis of the channels. Default the last.</summary>
    public int Axis { get; init; } = -1;

    /// <summary>How much of the moving statistics a step keeps, in [0, 1]. Default 0.99 (torch's 0.01).</summary>
    public double Momentum { get; init => field = Require.InRange(value, 0, 1, nameof(BatchNormalization), nameof(Momentum)); } = 0.99;

    /// <summary>Added to the variance. Default 0.001.</summary>
    public double Epsilon { get; init => field = Require.AtLeast(value, 0, nameof(BatchNormalization), nameof(Epsilon)); } = 1e-3;

    /// <summary>Whether a learned offset beta is added. Default true.</summary>
    public bool Center { get; init; } = true;

    /// <summary>Whether a learned factor gamma is applied. Default true.</summary>
    public bool Scale { get; init; } = true;

    /// <summary>How beta starts. Default zeros.</summary>
    public Initializer BetaInitializer { get; init; } = Initializer.Zeros;

    /// <summary>How gamma starts. Default ones.</summary>
    public Initializer GammaInitializer { get; init; } = Initializer.Ones;

    /// <summary>How the moving mean starts. Default zeros.</summary>
    public Initializer MovingMeanInitializer { get; init; } = Initializer.Zeros;

    /// <summary>How the moving variance starts. Default ones.</summary>
    public Initializer MovingVarianceInitializer { get; init; } = Initializer.Ones;

    /// <summary>A penalty on beta; default none.</summary>
    public Regularizer? BetaRegularizer { get; init; }

    /// <summary>A penalty on gamma; default none.</summary>
    public Regularizer? GammaRegularizer { get; init; }

    /// <summary>What beta is projected onto after each step; default nothing.</summary>
    public Constraint? BetaConstraint { get; init; }

    /// <summary>What gamma is projected onto after each step; default nothing.</summary>
    public Constraint? GammaConstraint { get; init; }

    /// <summary>Whether batch statistics are corrected towards the moving ones while training. Ioffe, 2017. Default false.</summary>
    public bool Renorm { get; init; }

    /// <summary>Limits of the correction; null for none.</summary>
    public RenormClipping? RenormClipping { get; init; }

    /// <summary>The momentum of the renorm statistics, in [0, 1]. Default 0.99.</summary>
    public double RenormMomentum
    {
        get;
        init => field = Require.InRange(value, 0, 1, nameof(BatchNormalization), nameof(RenormMomentum));
    } = 0.99;

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
        weights.Add(new("moving_mean", [n], MovingMeanInitializer, Trainable: false));
        weights.Add(new("moving_variance", [n], MovingVarianceInitializer, Trainable: false));
        if (Renorm) weights.AddRange(RenormWeights(n));
        return weights;
    }

    /// <summary>Deviations start at the root of what the variance starts at.</summary>
    private WeightSpec[] RenormWeights(int n)
    {
        var deviation = new RootOf(MovingVarianceInitializer);
        return [new("moving_stddev", [n], deviation, false), new("renorm_mean", [n], MovingMeanInitializer, false),
            new("renorm_stddev", [n], deviation, false)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Normalization(name, inputs[0], Weights(inputs[0]), forwardPasses: 3, backwardPasses: 5)];

    private int Channels(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input[Axes.Resolve(Axis, input.Rank)]
            ?? throw new ShapeException($"a known length on axis {Axis}", "Give the model's input a full shape.");
    }
}

/// <summary>The square root of what another initializer yields: a deviation from a variance.</summary>
/// <param name="Variance">How the variance starts.</param>
internal sealed record RootOf(Initializer Variance) : Initializer;

/// <summary>Limits of batch renormalisation's correction.</summary>
/// <param name="Rmin">Least factor; null for none.</param>
/// <param name="Rmax">Largest factor; null for none.</param>
/// <param name="Dmax">Largest offset; null for none.</param>
public sealed record RenormClipping(double? Rmin = null, double? Rmax = null, double? Dmax = null);
