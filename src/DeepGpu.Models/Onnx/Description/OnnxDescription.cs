using DeepGpu.Onnx.Files;

namespace DeepGpu.Models.Onnx;

/// <summary>A graph as a description, a layer a node: what follows from constants and shapes alone is left out.</summary>
internal sealed class OnnxDescription
{
    private readonly OnnxProgram _program;
    private readonly GraphNames _names = new();
    private readonly NodeWeighing _weights;
    private readonly Dictionary<string, NodeOutput> _values = new(StringComparer.Ordinal);
    private readonly List<ModelNode> _nodes = [];

    private OnnxDescription(OnnxProgram program) => (_program, _weights) = (program, new(program));

    /// <summary>The description.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="program">The graph.</param>
    /// <param name="obstacles">What stands in the way of running it.</param>
    public static ModelSpec Of(string name, OnnxProgram program, IReadOnlyList<string> obstacles)
        => new OnnxDescription(program).Build(name, obstacles);

    private ModelSpec Build(string name, IReadOnlyList<string> obstacles)
    {
        List<ModelNode> inputs = [.. _program.Graph.Inputs.Select(Input)];
        foreach (var node in _program.Graph.Nodes.Where(IsListed)) Add(node);
        var outputs = _program.Graph.Outputs.Where(_values.ContainsKey).Select(output => _values[output]).ToList();
        if (outputs.Count == 0)
            throw OnnxFault.Because("onnx_no_output", "A network's output depends on its input,", "but no output of this one does.");
        return new ModelSpec(name, _nodes, inputs, outputs, isSequential: false).WithOrigin(new OnnxOrigin(_program, obstacles));
    }

    /// <summary>An input; a single number is shown as an axis of one.</summary>
    private ModelNode Input(GraphValue value)
    {
        var shape = _program.Described[value.Name].Shape;
        var layer = new InputLayer(shape is { Rank: > 0 } known ? known : new(new int?[] { 1 }))
        {
            Name = _names.Unique(GraphNames.Plain(value.Name)),
            ElementType = TensorTypes.Of(value.Type) ?? DataType.Float32,
            Lengths = shape is { Rank: > 0 } && value.Lengths is { } lengths ? new OnnxInputLengths(lengths, _program.Lengths)
                : new Fixed(),
        };
        return Add(new(layer.Name, layer, [], layer.OutputShapes([]), []), [value.Name]);
    }

    private void Add(GraphNode node)
    {
        var row = OperatorTable.Find(node);
        var layer = new OnnxOperation(_program, node, _weights.Of(node)) { Name = _names.Unique(node.Name) };
        List<NodeOutput> inputs = [.. node.Inputs.Index()
            .Where(input => input.Item.Length > 0 && NodeWork.IsData(row, _program.Described[input.Item], input.Index)
                && _values.ContainsKey(input.Item)).Select(input => _values[input.Item])];
        Add(new(layer.Name!, layer, inputs, layer.OutputShapes([]), layer.Weights([])),
            [.. node.Outputs.Where(output => output.Length > 0)]);
    }

    private ModelNode Add(ModelNode node, IReadOnlyList<string> values)
    {
        _nodes.Add(node);
        foreach (var (i, value) in values.Index()) _values[value] = new(node, i);
        return node;
    }

    /// <summary>Whether a node computes something: its result follows from data, not from constants and shapes alone.</summary>
    private bool IsListed(GraphNode node)
        => node.Outputs.Where(output => output.Length > 0).Select(output => _program.Described[output])
            .Any(value => !value.IsConstant && !value.IsFolded);

    /// <summary>The shape of a single number.</summary>
    private sealed class Fixed : Layers.IInputLengths
    {
        public Shape At(Shape declared, int batch, int? steps) => declared;
    }
}
