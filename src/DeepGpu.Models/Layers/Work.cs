namespace DeepGpu.Models.Layers;

/// <summary>Creates operations from shapes. The operations of one layer follow one another: the first reads the layer's inputs,
/// each next one the one before.</summary>
internal static partial class Work
{
    /// <summary>An operation that reads its inputs and writes its outputs.</summary>
    public static Operation Of(string name, OperationKind kind, IReadOnlyList<Shape> inputs, IReadOnlyList<Shape> outputs)
    {
        var (read, written) = (inputs.Sum(s => s.Elements ?? 0), outputs.Sum(s => s.Elements ?? 0));
        return new()
        {
            Name = name,
            Kind = kind,
            InputElements = read,
            OutputElements = written,
            ForwardElements = read + written,
            BackwardElements = read + written,
        };
    }

    /// <summary>An operation of which only the data and the weights are known: it may keep all it reads and writes for the backward
    /// pass.</summary>
    public static Operation Unknown(string name, IReadOnlyList<Shape> inputs, IReadOnlyList<Shape> outputs,
        IReadOnlyList<WeightSpec> weights)
        => Of(name, OperationKind.Elementwise, inputs, outputs) with
        {
            HasKnownWork = false,
            WeightElements = Count(weights),
            TrainableWeightElements = Count(weights.Where(weight => weight.Trainable)),
            SavesInputs = true,
            SavesOutput = true,
        };

    /// <summary>An operation that moves no data: a change of shape, a slice.</summary>
    public static Operation View(string name, IReadOnlyList<Shape> inputs, IReadOnlyList<Shape> outputs)
        => AsView(Of(name, OperationKind.View, inputs, outputs));

    /// <summary>An operation whose data need not be moved after all.</summary>
    public static Operation AsView(Operation operation) => operation with
    {
        Kind = OperationKind.View,
        ForwardElements = 0,
        BackwardElements = 0,
        ForwardLaunches = 0,
        BackwardLaunches = 0,
        IsInPlace = true,
    };

    /// <summary>An operation of multiply-adds with a layer's weights;
    /// the backward pass does them twice: for the input and for the weights.</summary>
    public static Operation MultiplyAdds(string name, OperationKind kind, double count, Layer layer, IReadOnlyList<Shape> inputs)
        => MultiplyAdds(name, kind, count, layer.Weights(inputs).Sum(weight => weight.Count), inputs, layer.OutputShapes(inputs));

    private static long Count(IEnumerable<WeightSpec> weights) => weights.Sum(weight => weight.Count);

    /// <summary>The same with as many weights.</summary>
    public static Operation MultiplyAdds(string name, OperationKind kind, double count, long weights,
        IReadOnlyList<Shape> inputs, IReadOnlyList<Shape> outputs)
        => Of(name, kind, inputs, outputs) with
        {
            ForwardFlops = 2 * count,
            BackwardFlops = 4 * count,
            ForwardElements = 0,
            BackwardElements = 0,
            BackwardLaunches = 2,
            WeightElements = weights,
            TrainableWeightElements = weights,
            SavesInputs = true,
        };
}
