namespace DeepGpu.Models;

/// <summary>One application of a layer in a finished model.</summary>
/// <param name="Name">The layer's name, unique among the model's layers.</param>
/// <param name="Layer">The layer's options.</param>
/// <param name="Inputs">Where its inputs come from.</param>
/// <param name="OutputShapes">The shape of each output, the batch first.</param>
/// <param name="Weights">The layer's weights. Nodes of a shared layer name the same ones.</param>
public sealed record ModelNode(
    string Name,
    Layer Layer,
    IReadOnlyList<NodeOutput> Inputs,
    IReadOnlyList<Shape> OutputShapes,
    IReadOnlyList<WeightSpec> Weights)
{
    /// <summary>Keras's name of the layer's class, e.g. "Conv2D"; "Functional" or "Sequential" for a model inside the model.</summary>
    public string Type => Layer.ClassName;

    /// <summary>A mask given for this call, in place of the one that comes with the input; null for none.</summary>
    public NodeOutput? Mask { get; init; }

    /// <summary>Whether the mask that comes with the input is left out of this call.</summary>
    public bool DropsMask { get; init; }

    /// <summary>Grows from call to call: the calls of a shared layer are numbered in this order.</summary>
    internal long Sequence { get; init; }

    /// <summary>Values in all weights.</summary>
    public long ParameterCount => Weights.Sum(weight => weight.Count);

    /// <summary>Values in the weights that training changes: none in a frozen layer.</summary>
    public long TrainableParameterCount => Layer.Trainable ? Weights.Where(weight => weight.Trainable).Sum(weight => weight.Count) : 0;

    /// <summary>By reference: two nodes are never the same node because they look alike.</summary>
    public bool Equals(ModelNode? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>One output of a node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Index">Which of its outputs.</param>
public readonly record struct NodeOutput(ModelNode Node, int Index)
{
    /// <summary>The output's shape, the batch first.</summary>
    public Shape Shape => Node.OutputShapes[Index];
}
