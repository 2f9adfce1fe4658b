using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>The same elements under another shape.</summary>
/// <remarks>Input (batch, ...), output (batch, target shape). Keras: https://keras.io/api/layers/reshaping_layers/reshape/</remarks>
public sealed record Reshape : UnaryLayer
{
    private readonly ValueList<int> _targetShape;

    /// <summary>Creates the layer.</summary>
    /// <param name="targetShape">The output's axes without the batch; one may be -1: what remains.</param>
    public Reshape(params ImmutableArray<int> targetShape) => TargetShape = targetShape;

    /// <summary>The output's axes without the batch; one may be -1: what remains.</summary>
    public ImmutableArray<int> TargetShape
    {
        get => _targetShape.Elements!.Value;
        init => _targetShape = value.Any(n => n < -1 || n == 0) || value.Count(n => n == -1) > 1
            ? throw Require.OutOfRange(nameof(Reshape), nameof(TargetShape), "positive, with at most one -1", string.Join(", ", value))
            : new(value);
    }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var known = TargetShape.Where(n => n > 0).Aggregate(1L, (product, n) => checked(product * n));
        var elements = input.SampleElements;
        var fits = TargetShape.Contains(-1) ? elements is null || elements % known == 0 : elements is null || elements == known;
        if (!fits)
            throw new ShapeException($"{known} elements a sample{(TargetShape.Contains(-1) ? " or a multiple of it" : "")} for the shape "
                + $"({string.Join(", ", TargetShape)})", "Make the products of both shapes equal.");
        return new(TargetShape.Select(n => n == -1 ? (int?)(elements / known) : n).Prepend(input[0]));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs) => [Work.View(name, inputs, inputs)];
}
