using DeepGpu.Onnx.Files;

namespace DeepGpu.Models.Onnx;

/// <summary>Gives each constant to the first node that reads it as a weight.</summary>
/// <param name="program">The graph.</param>
internal sealed class NodeWeighing(OnnxProgram program)
{
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    /// <summary>The weights of a node, the nodes asked for in order.</summary>
    public NodeWeights Of(GraphNode node)
    {
        var row = OperatorTable.Find(node);
        var (own, names, read) = (new List<WeightSpec>(), new GraphNames(), 0L);
        foreach (var (i, input) in node.Inputs.Index().Where(input => row?.Settings.Contains(input.Index) != true))
        {
            if (input.Length == 0 || program.Described[input] is not { IsConstant: true } value) continue;
            foreach (var source in value.Sources.Where(source => IsWeight(program.Graph.Constants[source], row)))
            {
                var tensor = program.Graph.Constants[source].Tensor;
                read = checked(read + tensor.Count);
                if (_given.Add(source)) own.Add(Weight(names.Unique(GraphNames.Plain(source)), tensor, row?.Running.Contains(i) != true));
            }
        }

        return new(own, read);
    }

    private static WeightSpec Weight(string name, StoredTensorData tensor, bool isTrained) => new(name,
        [.. tensor.Dims.Select(length => checked((int)length))], Initializer.Zeros, isTrained && TensorTypes.IsReal(tensor.Type));

    /// <summary>Whether a constant is a weight and no number of a formula: numbers with a fraction, or codes of few bits, along an axis.
    /// </summary>
    private static bool IsWeight(GraphConstant constant, OperatorRow? row)
        => constant.Tensor is { Dims.Count: > 0, Type: var type } && (constant.IsInitializer || constant.Tensor.Count > 1)
            && (TensorTypes.IsReal(type) || (TensorTypes.Bits(type) is > 0 and <= 8 && type != TensorTypes.Bool) || row?.HasCodes == true);
}
