using DeepGpu.Models.Layers;

namespace DeepGpu.Models.Onnx;

/// <summary>The weights that a node reads.</summary>
/// <param name="Own">Those that no node before it reads.</param>
/// <param name="Read">The elements of all that it reads.</param>
internal sealed record NodeWeights(IReadOnlyList<WeightSpec> Own, long Read)
{
    /// <summary>Elements that training changes.</summary>
    public long Trainable => Own.Where(weight => weight.Trainable).Sum(weight => weight.Count);
}

/// <summary>What a node asks of a processor, counted as for this library's own layers.</summary>
internal static class NodeWork
{
    /// <summary>The operations of a node, one after another.</summary>
    /// <param name="name">The node's name in the model.</param>
    /// <param name="call">The node and what is known of its inputs, every length in numbers.</param>
    /// <param name="outputs">What is known of its outputs.</param>
    /// <param name="weights">The weights it reads.</param>
    public static IReadOnlyList<Operation> Of(string name, OperatorCall call, IReadOnlyList<GraphTensor> outputs, NodeWeights weights)
    {
        var row = OperatorTable.Find(call.Node);
        List<GraphTensor> data = [.. call.Inputs.Where((input, i) => IsData(row, input, i)).Select(input => input!)];
        List<Shape> read = [.. data.Select(Shape)];
        List<Shape> written = [.. outputs.Select(Shape)];
        if (row is null || data.Concat(outputs).Any(value => value.Count is null)) return [Work.Unknown(name, read, written, weights.Own)];
        var operations = Of(name, row, call, read, written);
        return [WithWeights(operations[0], weights), .. operations.Skip(1)];
    }

    /// <summary>Whether an input is data that flows: no weight, no option, no shape.</summary>
    public static bool IsData(OperatorRow? row, GraphTensor? input, int place)
        => input is { IsConstant: false, IsFolded: false } && row?.Settings.Contains(place) != true;

    private static IReadOnlyList<Operation> Of(string name, OperatorRow row, OperatorCall call, List<Shape> read, List<Shape> written)
    {
        var (input, output) = (read.Count > 0 ? read[0] : written[0], written[0]);
        return row.Work switch
        {
            OperatorWork.View => [Work.View(name, read, written)],
            OperatorWork.Copy => [Work.Copy(name, read, output)],
            OperatorWork.Function => [Work.Function(name, Activation.Gelu, output).First()],
            OperatorWork.InPlace => [Work.Rectifier(name, output)],
            OperatorWork.FromOutput => [Work.Softmax(name, output)],
            OperatorWork.Sum => [Work.Sum(name, read, output)],
            OperatorWork.Product => [Work.Product(name, read, output)],
            OperatorWork.Dropout => [Work.View(name, read, [output])],
            OperatorWork.Normalization => [Work.Normalization(name, output)],
            OperatorWork.Pooling => [Work.Pooling(name, input, output, takesMaximum: false)],
            OperatorWork.MaxPooling => [Work.Pooling(name, input, output, takesMaximum: true)],
            OperatorWork.Padding => [Work.Of(name, OperationKind.Padding, read, written)],
            OperatorWork.Gather => [Work.Of(name, OperationKind.Gather, [output], written)],
            OperatorWork.Convolution => Convolution(name, row, call, read, output),
            OperatorWork.Matrices => Matrices(name, row, call, read, output),
            OperatorWork.Recurrent => Recurrent(name, call),
            _ => [Work.Of(name, OperationKind.Elementwise, read, written)],
        };
    }

    private static IReadOnlyList<Operation> Convolution(string name, OperatorRow row, OperatorCall call, List<Shape> read, Shape output)
    {
        var (kernel, groups) = (call[row.Kernel].Dims!, (int)call.Node.Int("group", 1));
        var isTransposed = call.Node.Operator == "ConvTranspose";
        var (channels, filters) = isTransposed ? (kernel[0], kernel[1] * groups) : (kernel[1] * groups, kernel[0]);
        var strides = call.Node.Ints("strides") ?? [.. kernel.Skip(2).Select(_ => 1L)];
        var work = new KernelWork([.. kernel.Skip(2).Select(n => (int)n)], [.. strides.Select(n => (int)n)], (int)channels, (int)filters,
            groups)
        {
            IsTransposed = isTransposed
        };
        return Work.Convolution(name, work, read.Count > 0 ? read : [new(call.Dims(0)!.Select(n => (int?)n))], output,
            call.Optional(row.Bias) is not null, Activation.Linear);
    }

    private static IReadOnlyList<Operation> Matrices(string name, OperatorRow row, OperatorCall call, List<Shape> read, Shape output)
    {
        var count = call.Node.Operator switch
        {
            "Einsum" => ProductShapes.EinsumCount(call),
            "Attention" => AttentionCount(call),
            _ => output.Elements!.Value * Depth(call),
        };
        if (call.Inputs.Count > 1 && call.Node.Operator is not ("Einsum" or "Attention") && call[row.Kernel].IsConstant && read.Count > 0)
            return Work.Dense(name, Depth(call), read, output, call.Optional(row.Bias) is not null, Activation.Linear);
        var kind = call.Inputs.Any(input => input is { IsConstant: true, Dims.Length: > 1 }) ? OperationKind.MatrixMultiply
            : OperationKind.Attention;
        return [Work.MultiplyAdds(name, kind, count, 0, read, [output])];
    }

    /// <summary>The length summed over by a product of matrices.</summary>
    private static double Depth(OperatorCall call)
    {
        var first = call.Dims(0)!;
        return call.Node.Int("transA", 0) != 0 ? first[0] : first[^1];
    }

    /// <summary>Scores of every query with every key, then as many sums of values.</summary>
    private static double AttentionCount(OperatorCall call)
    {
        var (query, key, value) = (call.Dims(0)!, call.Dims(1)!, call.Dims(2)!);
        var keys = (double)key[^2];
        if (query.Length == 4) return (double)query[0] * query[1] * query[2] * keys * (query[3] + value[3]);
        var heads = (double)call.Node.Int("q_num_heads", 1) / call.Node.Int("kv_num_heads", 1);
        return query[0] * query[1] * keys * (query[2] + value[2] * heads);
    }

    /// <summary>Each direction one operation.</summary>
    private static IReadOnlyList<Operation> Recurrent(string name, OperatorCall call)
    {
        var (input, weights, isBatchFirst) = (call.Dims(0)!, call.Dims(2)!, call.Node.Int("layout", 0) != 0);
        var (steps, rows) = isBatchFirst ? (input[1], input[0]) : (input[0], input[1]);
        var gates = call.Node.Operator switch { "LSTM" => 4, "GRU" => 3, _ => 1 };
        var (units, features) = (weights[2], input[2]);
        var one = Work.MultiplyAdds(name, OperationKind.Recurrent, (double)steps * rows * gates * units * (units + features), 0, [],
            []) with
        {
            InputElements = checked(steps * rows * features),
            OutputElements = checked(steps * rows * units),
            SequentialSteps = (int)steps,
            Recurrence = new(gates, units, features, rows),
            SavedElements = checked((gates + (gates == 4 ? 2 : 1)) * steps * rows * units),
        };
        return [.. Enumerable.Repeat(one, (int)weights[0])];
    }

    private static Operation WithWeights(Operation operation, NodeWeights weights) => operation with
    {
        WeightElements = weights.Read,
        TrainableWeightElements = weights.Trainable,
        SharesWeights = weights.Own.Count == 0,
    };

    private static Shape Shape(GraphTensor value) => value.Shape ?? new(new int?[] { null });
}
