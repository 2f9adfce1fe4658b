namespace DeepGpu.Models;

/// <summary>What normalisation of each sample by itself has in common: a learned factor gamma and a learned offset beta after it.</summary>
/// <remarks>Output shape = input shape.</remarks>
public abstract record AffineNormalization : UnaryLayer
{
    private protected AffineNormalization()
    {
    }

    /// <summary>Added to the variance, at least 0. Default 0.001.</summary>
    public double Epsilon { get; init => field = Require.AtLeast(value, 0, ClassName, nameof(Epsilon)); } = 1e-3;

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

    /// <summary>The lengths of gamma and beta.</summary>
    private protected abstract int[] WeightShape(Shape input);

    /// <summary>Whether gamma and beta are there.</summary>
    private protected virtual (bool Gamma, bool Beta) Learned => (Scale, Center);

    /// <inheritdoc/>
    public sealed override Shape OutputShape(Shape input)
    {
        WeightShape(input);
        return input;
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        var shape = WeightShape(input);
        WeightSpec gamma = new("gamma", [.. shape], GammaInitializer) { Regularizer = GammaRegularizer, Constraint = GammaConstraint };
        WeightSpec beta = new("beta", [.. shape], BetaInitializer) { Regularizer = BetaRegularizer, Constraint = BetaConstraint };
        return Learned switch { (true, true) => [gamma, beta], (true, false) => [gamma], (false, true) => [beta], _ => [] };
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Normalization(name, inputs[0], Weights(inputs[0]), forwardPasses: 2, backwardPasses: 4)];
}
