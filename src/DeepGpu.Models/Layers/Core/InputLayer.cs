using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>Where data enters a model.</summary>
[KerasClass(HasMethod = false)]
public sealed record InputLayer : Layer
{
    /// <summary>Creates an input of a shape.</summary>
    /// <param name="batchShape">The shape, the batch first (null: any batch size).</param>
    public InputLayer(Shape batchShape)
    {
        ArgumentNullException.ThrowIfNull(batchShape);
        BatchShape = batchShape;
    }

    /// <summary>The shape, the batch first; every known length at least 1.</summary>
    public Shape BatchShape
    {
        get;
        init => field = value.Rank > 0 && value.Axes.All(length => length is not 0)
            ? value
            : throw Require.OutOfRange(nameof(InputLayer), nameof(BatchShape),
                "one axis or more, the batch first, each of length 1 or more", value);
    }

    /// <summary>The element type of the data, whole numbers for an embedding. Default single precision.</summary>
    public DataType ElementType { get; init; } = DataType.Float32;

    /// <summary>Which length each open axis takes; null where the first is the batch and the second may be time.</summary>
    internal IInputLengths? Lengths { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs) => [BatchShape];

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs) => [];
}
