using System.Collections.Immutable;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Values;

namespace DeepGpu.Models;

/// <summary>x where x >= 0, alpha * x below, alpha learned. He et al., 2015.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/activation_layers/prelu/</remarks>
public sealed record PReLU : UnaryLayer
{
    private readonly ValueList<int> _sharedAxes;

    /// <summary>How alpha starts. Default zeros.</summary>
    public Initializer AlphaInitializer { get; init; } = Initializer.Zeros;

    /// <summary>A penalty on alpha; default none.</summary>
    public Regularizer? AlphaRegularizer { get; init; }

    /// <summary>What alpha is projected onto after each step; default nothing.</summary>
    public Constraint? AlphaConstraint { get; init; }

    /// <summary>Axes, the batch being 0, along which one alpha serves all positions. Default none.</summary>
    public ImmutableArray<int>? SharedAxes { get => _sharedAxes.Elements; init => _sharedAxes = new(value); }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        AlphaShape(input);
        return input;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
        => [WeightSpec.Of("alpha", [.. AlphaShape(input)], AlphaInitializer, AlphaRegularizer, AlphaConstraint)];

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Scaling(name, this, inputs[0])];

    private int[] AlphaShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var shared = SharedAxes ?? [];
        if (shared.FirstOrDefault(axis => axis < 1 || axis >= input.Rank, -1) is var wrong and not -1)
            throw new ShapeException($"an input that has axis {wrong} to share alpha along", "Share axes from 1, which follows the batch.");
        return [.. Enumerable.Range(1, input.Rank - 1).Select(axis => shared.Contains(axis) ? 1
            : input[axis] ?? throw new ShapeException($"a known length on axis {axis}",
                "Give the model's input a full shape, or share alpha along that axis."))];
    }
}
