namespace DeepGpu.Models;

/// <summary>Makes operations from shapes.</summary>
internal static class Work
{
    /// <summary>An operation that reads its inputs and writes its outputs.</summary>
    public static Operation Of(string name, OperationKind kind, IReadOnlyList<Shape> inputs, IReadOnlyList<Shape> outputs) => new()
    {
        Name = name,
        Kind = kind,
        InputElements = inputs.Sum(s => s.Elements ?? 0),
        OutputElements = outputs.Sum(s => s.Elements ?? 0),
    };

    /// <summary>An operation of multiply-adds with weights; the backward pass does them twice: for the input and for the weights.</summary>
    public static Operation MultiplyAdds(string name, OperationKind kind, double count, Layer layer, IReadOnlyList<Shape> inputs)
        => Of(name, kind, inputs, layer.OutputShapes(inputs)) with
        {
            ForwardFlops = 2 * count,
            BackwardFlops = 4 * count,
            WeightElements = layer.Weights(inputs).Sum(weight => weight.Count),
        };
}
