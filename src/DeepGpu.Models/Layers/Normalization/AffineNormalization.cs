using System.Text.Json.Serialization;
using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>What normalisation has in common: a learned factor gamma and a learned offset beta after it.</summary>
/// <remarks>Output shape = input shape.</remarks>
public abstract record AffineNormalization : UnaryLayer
{
    private protected AffineNormalization()
    {
    }

    /// <summary>Added to the variance, at least 0. Default 0.001.</summary>
    [JsonPropertyOrder(-19)]
    public double Epsilon { get; init => field = Require.AtLeast(value, 0, ClassName, nameof(Epsilon)); } = 1e-3;

    /// <summary>Whether a learned offset beta is added. Default true.</summary>
    [JsonPropertyOrder(-18)]
    public bool Center { get; init; } = true;

    /// <summary>Whether a learned factor gamma is applied. Default true.</summary>
    [JsonPropertyOrder(-17)]
    public bool Scale { get; init; } = true;

    /// <summary>How beta starts. Default zeros.</summary>
    [JsonPropertyOrder(-16)]
    public Initializer BetaInitializer { get; init; } = Initializer.Zeros;

    /// <summary>How gamma starts. Default ones.</summary>
    [JsonPropertyOrder(-15)]
    public Initializer GammaInitializer { get; init; } = Initializer.Ones;

    /// <summary>A penalty on beta; default none.</summary>
    [JsonPropertyOrder(-12)]
    public Regularizer? BetaRegularizer { get; init; }

    /// <summary>A penalty on gamma; default none.</summary>
    [JsonPropertyOrder(-11)]
    public Regularizer? GammaRegularizer { get; init; }

    /// <summary>What beta is projected onto after each step; default nothing.</summary>
    [JsonPropertyOrder(-10)]
    public Constraint? BetaConstraint { get; init; }

    /// <summary>What gamma is projected onto after each step; default nothing.</summary>
    [JsonPropertyOrder(-9)]
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

    /// <summary>How often each element is read or written, forward and backward.</summary>
    private protected virtual (int Forward, int Backward) Passes => (2, 4);

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        var shape = WeightShape(input);
        var gamma = WeightSpec.Of("gamma", [.. shape], GammaInitializer, GammaRegularizer, GammaConstraint);
        var beta = WeightSpec.Of("beta", [.. shape], BetaInitializer, BetaRegularizer, BetaConstraint);
        return Learned switch { (true, true) => [gamma, beta], (true, false) => [gamma], (false, true) => [beta], _ => [] };
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Normalization(name, this, inputs[0], Passes.Forward, Passes.Backward)];
}
