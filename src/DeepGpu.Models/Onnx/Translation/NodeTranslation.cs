namespace DeepGpu.Models.Onnx;

/// <summary>A node that is to become layers.</summary>
/// <param name="owner">The graph's translation.</param>
/// <param name="call">The node and what is known of what it reads.</param>
internal sealed class NodeTranslation(OnnxTranslation owner, OperatorCall call)
{
    private int _layers;

    public OperatorCall Call { get; } = call;

    public GraphNode Node => Call.Node;

    /// <summary>What is known of the first output.</summary>
    public GraphTensor Result => owner.Program.Described[Node.Outputs[0]];

    /// <summary>Whether an input is given.</summary>
    public bool Has(int i) => Call.Optional(i) is not null;

    /// <summary>Whether an input is a constant.</summary>
    public bool IsConstant(int i) => Call.Optional(i) is { IsConstant: true };

    /// <summary>An input as it is.</summary>
    public Translated Input(int i)
        => Call.Optional(i) is { IsConstant: false } ? owner.Value(Node.Inputs[i])
            : throw new NoLayerException($"its input {i} is a constant");

    /// <summary>An input with its axes in the graph's order, the batch first.</summary>
    public SymbolicTensor X(int i = 0) => owner.Plain(Input(i), $"{Node.Name}.order{i}");

    /// <summary>The name of the node that makes an input, and how many read it.</summary>
    public (GraphNode? Maker, int Readers) Source(int i) => owner.Source(Node.Inputs[i]);

    /// <summary>The only node that reads the first output, if there is one and the output is none of the model's.</summary>
    public GraphNode? OnlyReader => owner.OnlyReader(Node.Outputs[0]);

    /// <summary>The nodes that read a value; none where the model yields it.</summary>
    public IReadOnlyList<GraphNode> Readers(string value) => owner.Readers(value);

    /// <summary>A node's other input that is a constant, as numbers.</summary>
    public NumberArray? ConstantBeside(GraphNode reader, string value)
        => reader.Inputs.FirstOrDefault(input => input != value) is { Length: > 0 } other && owner.Constants.Dims(other) is not null
            ? owner.Constants.Of(other) : null;

    /// <summary>Takes over the work of a node that follows: its result is this one's.</summary>
    public void TakeOver(GraphNode reader) => owner.TakeOver(reader, Node);

    /// <summary>A constant input's numbers.</summary>
    public NumberArray Numbers(int i)
        => owner.Constants.Dims(Node.Inputs[i]) is not null ? owner.Constants.Of(Node.Inputs[i])
            : throw new NoLayerException($"its input {i} is no constant that is stored");

    /// <summary>A constant input's numbers; null where the input is left out.</summary>
    public NumberArray? OptionalNumbers(int i) => Has(i) ? Numbers(i) : null;

    /// <summary>The name of the next layer: the node's own, then with a number.</summary>
    public string NextName() => _layers++ == 0 ? Node.Name : $"{Node.Name}.{_layers}";

    /// <summary>Applies a layer of the node's name with weights.</summary>
    /// <param name="x">What it takes.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="weights">The layer's weights by their names in it.</param>
    public SymbolicTensor Apply(SymbolicTensor x, Layer layer, params IEnumerable<(string Name, NumberArray Values)> weights)
    {
        var named = layer with { Name = NextName() };
        AddWeights(named.Name, weights);
        return x.Apply(named);
    }

    /// <summary>Gives a layer its weights.</summary>
    public void AddWeights(string? layer, IEnumerable<(string Name, NumberArray Values)> weights)
    {
        foreach (var (name, values) in weights) owner.Weights[$"{layer}/{name}"] = values;
    }

    /// <summary>The length of an axis of a value.</summary>
    public long LengthOf(string value, int axis) => owner.Program.Described[value].Dims?[axis] ?? -1;

    /// <summary>Applies a function of tensors.</summary>
    public SymbolicTensor Function(SymbolicTensor x, string function, params IEnumerable<(string, FunctionArgument)> arguments)
        => x.Apply(new TensorFunction(function, arguments) { Name = NextName() });

    /// <summary>Applies a function of several tensors.</summary>
    public SymbolicTensor Function(IReadOnlyList<SymbolicTensor> inputs, string function,
        params IEnumerable<(string, FunctionArgument)> arguments)
        => inputs[0].Apply(new TensorFunction(function, arguments) { Name = NextName() }, inputs.Skip(1));

    /// <summary>A number of a constant that is one.</summary>
    public double? Scalar(int i) => Call.Optional(i)?.Data is [var number] ? number : null;

    /// <summary>Refuses what no layer does.</summary>
    public static void Require(bool holds, string reason)
    {
        if (!holds) throw new NoLayerException(reason);
    }

    /// <summary>Lengths as an extent.</summary>
    public static Extent Extent(IEnumerable<long> lengths) => new([.. lengths.Select(length => checked((int)length))]);
}
