using DeepGpu.Onnx.Files;

namespace DeepGpu.Models.Onnx;

/// <summary>Follows shapes, and the few numbers that shapes follow from, through a graph. Nothing else of it is computed.</summary>
internal static class GraphShapes
{
    /// <summary>The code of the fault where a node cannot take what reaches it.</summary>
    public const string MisfitCode = "onnx_shape";

    /// <summary>The most axes of a tensor.</summary>
    public const int MostAxes = 64;

    /// <summary>The most constants that one made of others remembers.</summary>
    private const int MostSources = 256;

    /// <summary>What is known of every value, given the lengths that inputs' open axes have.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="lengths">A length for each open axis by its name.</param>
    /// <exception cref="ModelFormatException">A node cannot take what reaches it.</exception>
    public static IReadOnlyDictionary<string, GraphTensor> Run(OnnxGraph graph, IReadOnlyDictionary<string, long> lengths)
    {
        var values = new Dictionary<string, GraphTensor>(StringComparer.Ordinal);
        foreach (var (name, constant) in graph.Constants) values[name] = Of(name, constant.Tensor);
        foreach (var input in graph.Inputs) values[input.Name] = new(input.Type, Lengths(input, lengths));
        foreach (var node in graph.Nodes) Add(values, graph, node, lengths);
        return values;
    }

    /// <summary>A node with what is known of the values it reads.</summary>
    public static OperatorCall Call(GraphNode node, IReadOnlyDictionary<string, GraphTensor> values)
        => new(node, [.. node.Inputs.Select(input => input.Length == 0 ? null : values[input])]);

    private static GraphTensor Of(string name, StoredTensorData tensor) => new(tensor.Type, [.. tensor.Dims])
    {
        Data = tensor.Numbers(GraphTensor.MostNumbers),
        IsConstant = true,
        Sources = [name],
    };

    private static void Add(Dictionary<string, GraphTensor> values, OnnxGraph graph, GraphNode node, IReadOnlyDictionary<string,
        long> lengths)
    {
        var call = Call(node, values);
        var made = Infer(call);
        foreach (var (i, output) in node.Outputs.Index().Where(output => output.Item.Length > 0))
        {
            var value = i < made.Length ? made[i] : new GraphTensor(0, null);
            values[output] = Completed(FromConstants(call, Checked(call, value)), graph.Known.GetValueOrDefault(output), lengths);
        }
    }

    private static GraphTensor[] Infer(OperatorCall call)
    {
        if (OperatorTable.Find(call.Node) is not { } row) return call.Open();
        try
        {
            return row.Shapes(call);
        }
        catch (Exception e) when (e is OverflowException or IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            throw call.Misfit("lengths and options that a tensor can have");
        }
    }

    private static GraphTensor Checked(OperatorCall call, GraphTensor value)
        => value.Dims is { } dims && (dims.Length > MostAxes || dims.Any(length => length is < -1 or > Dims.Longest))
            ? throw call.Misfit("lengths that a tensor can have")
            : value;

    /// <summary>A result is a constant where all it follows from is, unless it is drawn.</summary>
    private static GraphTensor FromConstants(OperatorCall call, GraphTensor value)
        => call.Inputs.All(input => input is null or { IsConstant: true }) && !OperatorTable.IsDrawn(call.Node)
            ? value with
            {
                IsConstant = true,
                Sources = [.. call.Inputs.Where(input => input is not null).SelectMany(input
                    => input!.Sources).Distinct(StringComparer.Ordinal)
                    .Take(MostSources)],
            }
            : value;

    /// <summary>What the operator leaves open, as the file says it.</summary>
    private static GraphTensor Completed(GraphTensor value, GraphValue? known, IReadOnlyDictionary<string, long> lengths)
    {
        var type = value.Type == 0 ? known?.Type ?? 0 : value.Type;
        if (known?.Lengths is null || (value.Dims is { } dims && dims.Length != known.Lengths.Count)) return value with { Type = type };
        var said = Lengths(known, lengths)!;
        return value with
        {
            Type = type,
            Dims = value.Dims is null ? said
            : [.. value.Dims.Zip(said, (own, other) => own < 0 ? other : own)]
        };
    }

    private static long[]? Lengths(GraphValue value, IReadOnlyDictionary<string, long> lengths)
        => value.Lengths is null ? null
            : [.. value.Lengths.Select(length => length.Known ?? lengths.GetValueOrDefault(length.Symbol!, -1))];
}
