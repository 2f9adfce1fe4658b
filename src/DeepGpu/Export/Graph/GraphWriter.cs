using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Adds nodes to a graph, and knows the shape of every value.</summary>
/// <remarks>A transposition is remembered with where it comes from: one that undoes it, or a function of single elements, goes back to the
/// source, so that neighbours that want channels first need none. What nobody reads in the end is not written.</remarks>
internal sealed partial class GraphWriter(GraphNames names, GraphWriter? outer = null)
{
    private readonly List<GraphNode> _nodes = [];

    public GraphNames Names { get; } = names;

    public int Opset => Names.Opset;

    public IReadOnlyList<GraphNode> Nodes => _nodes;

    /// <summary>A value that comes from outside: an input of the graph or of a step.</summary>
    public GraphValue Input(string name, Shape shape, DataType type) => new(Names.Unique(name), shape, type);

    /// <summary>Adds a node with one output.</summary>
    public GraphValue Emit(string op, IReadOnlyList<GraphValue?> inputs, Shape shape, DataType type,
        params IReadOnlyList<(string Name, object Value)> attributes)
    {
        var name = Names.Unique($"{Names.Path}/{op}");
        var output = new GraphValue(name, shape, type);
        _nodes.Add(new(name, op, inputs, [output], attributes));
        return output;
    }

    /// <summary>Adds a node with several outputs.</summary>
    public IReadOnlyList<GraphValue> EmitAll(string op, IReadOnlyList<GraphValue?> inputs,
        IReadOnlyList<(Shape Shape, DataType Type)> outputs, params IReadOnlyList<(string Name, object Value)> attributes)
    {
        var name = Names.Unique($"{Names.Path}/{op}");
        List<GraphValue> values = [.. outputs.Select((output, i)
            => new GraphValue(Names.Unique($"{name}:{i}"), output.Shape, output.Type))];
        _nodes.Add(new(name, op, inputs, values, attributes));
        return values;
    }

    /// <summary>Numbers under a name of their own; the same name is kept once.</summary>
    public GraphValue Constant(string name, NDArray numbers)
    {
        if (Names.Constants.TryGetValue(name, out var known)) return known;
        return Names.Constants[name] = new(Names.Unique(name), new(numbers.Shape.Select(length => (int?)length)), numbers.Type)
        {
            Constant = numbers
        };
    }

    /// <summary>A few numbers, kept once for all who use them.</summary>
    public GraphValue Constant(NDArray numbers) => Constant(Names.NameOf(numbers), numbers);

    public GraphValue Whole(params ReadOnlySpan<long> numbers) => Constant(NDArray.From(numbers, numbers.Length));

    public GraphValue Whole(IEnumerable<int> numbers) => Whole([.. numbers.Select(number => (long)number)]);

    /// <summary>One number without axes, of a value's type.</summary>
    public GraphValue Number(double number, DataType type = DataType.Float32) => Constant(type switch
    {
        DataType.Int64 => NDArray.From<long>([(long)number], []),
        DataType.Int32 => NDArray.From<int>([(int)number], []),
        DataType.Bool => NDArray.From<bool>([number != 0], []),
        _ => NDArray.From<float>([(float)number], []),
    });

    public GraphValue Floats(IEnumerable<double> numbers, params int[] shape)
    {
        float[] values = [.. numbers.Select(number => (float)number)];
        return Constant(NDArray.From<float>(values, shape.Length == 0 ? [values.Length] : shape));
    }
}
