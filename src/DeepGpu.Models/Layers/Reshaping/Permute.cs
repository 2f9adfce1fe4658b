using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>Reorders the axes.</summary>
/// <remarks>Keras: https://keras.io/api/layers/reshaping_layers/permute/</remarks>
public sealed record Permute : UnaryLayer
{
    private readonly ValueList<int> _dims;

    /// <summary>Creates the layer.</summary>
    /// <param name="dims">For each output axis but the batch, the input axis, counted from 1.</param>
    public Permute(params ImmutableArray<int> dims) => Dims = dims;

    /// <summary>For each output axis but the batch, the input axis, counted from 1.</summary>
    public ImmutableArray<int> Dims
    {
        get => _dims.Elements!.Value;
        init => _dims = value.Order().SequenceEqual(Enumerable.Range(1, value.Length))
            ? new(value)
            : throw Require.OutOfRange(nameof(Permute), nameof(Dims), "the numbers from 1 in some order", string.Join(", ", value));
    }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Rank != Dims.Length + 1)
            throw new ShapeException($"an input of {Dims.Length + 1} axes", "Name every axis but the batch once.");
        return new(Dims.Select(axis => input[axis]).Prepend(input[0]));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Copy(name, inputs, OutputShape(inputs[0]))];
}
