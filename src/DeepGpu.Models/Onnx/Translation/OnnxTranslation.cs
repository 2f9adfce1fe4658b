using DeepGpu.Onnx.Files;

namespace DeepGpu.Models.Onnx;

/// <summary>Makes layers of a graph's nodes, as far as there are layers for them.</summary>
internal sealed class OnnxTranslation
{
    private readonly Dictionary<string, Translated> _values = new(StringComparer.Ordinal);
    private readonly HashSet<GraphNode> _taken = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, string> _plain = new(StringComparer.Ordinal);
    private readonly List<string> _obstacles = [];
    private readonly bool _channelsLast;
    private readonly Dictionary<string, GraphNode> _makers;
    private readonly ILookup<string, GraphNode> _readers;
    private readonly Dictionary<(SymbolicTensor, string), SymbolicTensor> _turned = [];

    private OnnxTranslation(OnnxProgram program, bool channelsLast)
    {
        (Program, Constants, _channelsLast) = (program, new(program), channelsLast);
        _makers = program.Graph.Nodes.SelectMany(node => node.Outputs.Where(output => output.Length > 0).Select(output => (output, node)))
            .ToDictionary(pair => pair.output, pair => pair.node, StringComparer.Ordinal);
        _readers = program.Graph.Nodes.SelectMany(node => node.Inputs.Distinct().Select(input => (input, node)))
            .ToLookup(pair => pair.input, pair => pair.node, StringComparer.Ordinal);
    }

    /// <summary>The graph.</summary>
    public OnnxProgram Program { get; }

    /// <summary>The numbers of its constants.</summary>
    public ConstantNumbers Constants { get; }

    /// <summary>The weights of the layers so far, by their full names.</summary>
    public Dictionary<string, NumberArray> Weights { get; } = new(StringComparer.Ordinal);

    /// <summary>The model, or what stands in its way.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="program">The graph.</param>
    /// <param name="channelsLast">Whether images enter and leave with channels last.</param>
    public static (ModelSpec? Model, IReadOnlyList<string> Obstacles) Of(string name, OnnxProgram program, bool channelsLast)
    {
        var translation = new OnnxTranslation(program, channelsLast);
        var model = translation.Build(name);
        return (translation._obstacles.Count == 0 ? model : null, translation._obstacles);
    }

    /// <summary>A value of the graph that was made before.</summary>
    public Translated Value(string name) => _values[name];

    /// <summary>A value with its axes in the graph's order.</summary>
    public SymbolicTensor Plain(Translated value, string name)
    {
        if (value.IsPlain) return value.Tensor;
        var key = (value.Tensor, string.Join(',', value.Order));
        return _turned.TryGetValue(key, out var turned) ? turned : _turned[key] = Turned(value, name);
    }

    /// <summary>The node that makes a value, and how many read it.</summary>
    public (GraphNode? Maker, int Readers) Source(string value) => (_makers.GetValueOrDefault(value), _readers[value].Count());

    /// <summary>The nodes that read a value; none where the model yields it.</summary>
    public IReadOnlyList<GraphNode> Readers(string value) => Program.Graph.Outputs.Contains(value) ? [] : [.. _readers[value]];

    /// <summary>The only node that reads a value, if the model does not yield it.</summary>
    public GraphNode? OnlyReader(string value) => Readers(value) is [var only] ? only : null;

    /// <summary>Notes that a node's work is done by another, whose result its own is.</summary>
    public void TakeOver(GraphNode reader, GraphNode by)
    {
        _taken.Add(reader);
        _plain[by.Outputs[0]] = reader.Outputs[0];
    }

    private ModelSpec? Build(string name)
    {
        if (Program.FixedBatch is { } only) _obstacles.Add($"the graph holds for a batch of {only} alone");
        List<SymbolicTensor> inputs = [.. Program.Graph.Inputs.Select(Input).OfType<SymbolicTensor>()];
        foreach (var node in Program.Graph.Nodes.Where(node => !_taken.Contains(node))) Add(node);
        if (_obstacles.Count > 0) return null;
        try
        {
            List<SymbolicTensor> outputs = [.. Program.Graph.Outputs.Select(Output)];
            return Functional.Model(inputs, outputs, name).From(new OnnxWeights(Weights));
        }
        catch (Exception e) when (e is NoLayerException or ModelBuildException)
        {
            _obstacles.Add(e.Message);
            return null;
        }
    }

    private SymbolicTensor? Input(GraphValue value)
    {
        var dims = Program.Described[value.Name].Dims;
        if (dims is not [-1, .. var rest] || rest.Any(length => length == 0) || value.Lengths![0].Symbol != Program.Lengths.Batch)
        {
            _obstacles.Add($"input '{StrictJson.Printable(value.Name)}' does not begin with the batch");
            return null;
        }

        var (shape, isImage) = (Program.Described[value.Name].Shape!, _channelsLast && dims.Length is 4 or 5);
        var input = Functional.Input(new InputLayer(isImage ? new([.. shape.Axes.RemoveAt(1), shape[1]]) : shape)
        {
            Name = GraphNames.Plain(value.Name),
            ElementType = TensorTypes.Of(value.Type) ?? DataType.Float32,
        });
        int[] order = isImage ? [0, dims.Length - 1, .. Enumerable.Range(1, dims.Length - 2)] : [.. Enumerable.Range(0, dims.Length)];
        _values[value.Name] = new(input, order);
        return input;
    }

    private SymbolicTensor Output(string name)
    {
        if (!_values.TryGetValue(name, out var value)) throw new NoLayerException($"output '{StrictJson.Printable(name)}' is a constant");
        var rank = value.Order.Length;
        if (!_channelsLast || rank is not (4 or 5)) return Plain(value, $"{GraphNames.Plain(name)}.order");
        int[] last = [value.Order[0], .. value.Order[2..], value.Order[1]];
        return Plain(value with { Order = last }, $"{GraphNames.Plain(name)}.order");
    }

    private void Add(GraphNode node)
    {
        if (node.Outputs.Where(output => output.Length > 0).All(output => Program.Described[output]
            is { IsConstant: true } or { IsFolded: true }))
            return;
        if (TranslationTable.Find(node) is not { } make) _obstacles.Add($"{node.FullOperator} '{node.Name}': there is no layer for it");
        else if (node.Inputs.All(IsThere)) Add(node, make);
    }

    /// <summary>Whether a value was made, or is a constant; else a node before it stands in the way.</summary>
    private bool IsThere(string input)
        => input.Length == 0 || _values.ContainsKey(input) || Program.Described[input] is { IsConstant: true } or { IsFolded: true };

    private void Add(GraphNode node, Func<NodeTranslation, IReadOnlyList<Translated>> make)
    {
        try
        {
            var made = make(new(this, GraphShapes.Call(node, Program.Described)));
            foreach (var (output, value) in node.Outputs.Zip(made).Where(pair => pair.First.Length > 0)) Add(node, output, value);
        }
        catch (Exception e) when (e is NoLayerException or ShapeException or DeepGpuArgumentException or OverflowException
            || (e is ModelFormatException { Fault.Code: "missing_shard" or GraphShapes.MisfitCode }))
        {
            _obstacles.Add($"{node.FullOperator} '{node.Name}': {e.Message}");
        }
    }

    private void Add(GraphNode node, string output, Translated value)
    {
        var name = _plain.GetValueOrDefault(output, output);
        if (value.Tensor.Shape is not { } shape)
            throw new NoLayerException(value.Tensor.Call.Misfit?.Message ?? "a shape that does not fit");
        var dims = Program.Described[name].Dims;
        var fits = dims?.Length == value.Order.Length
            && dims.Zip(value.Order).All(axis => axis.Second < 0 ? axis.First == 1 : !Shape.Differ(shape[axis.Second], axis.First < 0 ? null
                : (int)axis.First));
        if (!fits || !value.Order.Contains(0)) throw new NoLayerException($"its layer yields {shape} where the graph has "
            + $"{Program.Described[name].Shape?.ToString() ?? "another number of axes"}");
        _values[name] = value;
    }

    private static SymbolicTensor Turned(Translated value, string name)
    {
        if (value.Order.Length == 0 || value.Order[0] != 0)
            throw new NoLayerException("the batch is not its first axis");
        int[] real = [.. value.Order.Where(axis => axis >= 0)];
        var tensor = value.Tensor;
        if (!real.SequenceEqual(Enumerable.Range(0, real.Length))) tensor = tensor.Apply(new Permute([.. real.Skip(1)]) { Name = name });
        int[] added = [.. value.Order.Index().Where(axis => axis.Item < 0).Select(axis => axis.Index)];
        return added.Length == 0 ? tensor
            : tensor.Apply(new TensorFunction("ExpandDims", ("x", FunctionArgument.Input(0)), ("axis", added)) { Name = $"{name}.axes" });
    }
}

/// <summary>The weights of an ONNX file, in Keras's layout.</summary>
/// <param name="Values">The weights by their full names.</param>
internal sealed record OnnxWeights(IReadOnlyDictionary<string, NumberArray> Values) : InitialWeights;
