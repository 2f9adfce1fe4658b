namespace DeepGpu.Models.Onnx;

/// <summary>A value of a graph as a value of a model, whose first axis is the batch.</summary>
/// <param name="Tensor">The value of the model.</param>
/// <param name="Order">For each axis of the graph's value the model's axis that it is; -1 for one of length 1 that the model's has not.
/// </param>
internal sealed record Translated(SymbolicTensor Tensor, int[] Order)
{
    /// <summary>A value whose axes are in the graph's order.</summary>
    public static Translated Plain(SymbolicTensor tensor) => new(tensor, [.. Enumerable.Range(0, tensor.Shape!.Rank)]);

    /// <summary>Whether the axes are in the graph's order, none left out.</summary>
    public bool IsPlain => Order.SequenceEqual(Enumerable.Range(0, Order.Length)) && Order.Length == Tensor.Shape!.Rank;
}

/// <summary>Why a node has no layer.</summary>
internal sealed class NoLayerException(string reason) : Exception(reason);
