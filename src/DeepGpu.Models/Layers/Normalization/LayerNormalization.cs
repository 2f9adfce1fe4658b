using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>Normalises each sample over some axes. Ba et al., 2016.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/normalization_layers/layer_normalization/</remarks>
public sealed record LayerNormalization : UnaryLayer
{
    /// <summary>The axes mean and variance are taken over. Default the last.</summary>
    public Axes Axis { get; init; } = -1;

    /// <summary>Added to the variance. Default 0.001.</summary>
    public double Epsilon { get; init => field = Require.AtLeast(value, 0, nameof(LayerNormalization), nameof(Epsilon)); } = 1e-3;

    /// <summary>Whether a learned offset beta is added. Default true.</summary>
    public bool Center { get; init; } = true;

    /// <summary>Whether a learned factor gamma is applied. Default true.</summary>
    public bool Scale { get; init; } = true;

    /// <summary>An option of earlier releases of Keras: divides by the standard deviation without taking the mean off. Such a layer always
    /// has a factor gamma and never an offset beta, whatever <see cref="Scale"/> and <see cref="Center"/> say. Default false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RmsScaling { get; init; }

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
        NormalizedShape(input);
        return input;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        var shape = NormalizedShape(input);
        var weights = new List<WeightSpec>();
        if (Scale || RmsScaling) weights.Add(Gamma(shape));
        if (Center && !RmsScaling) weights.Add(Beta(shape));
        return weights;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Normalization(name, inputs[0], Weights(inputs[0]), forwardPasses: 2, backwardPasses: 4)];

    private WeightSpec Gamma(int[] shape)
        => new("gamma", [.. shape], GammaInitializer) { Regularizer = GammaRegularizer, Constraint = GammaConstraint };

    private WeightSpec Beta(int[] shape)
        => new("beta", [.. shape], BetaInitializer) { Regularizer = BetaRegularizer, Constraint = BetaConstraint };

    private int[] NormalizedShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return [.. Axis.In(input.Rank).Select(axis =>
            input[axis] ?? throw new ShapeException($"a known length on axis {axis}", "Give the model's input a full shape."))];
    }
}
