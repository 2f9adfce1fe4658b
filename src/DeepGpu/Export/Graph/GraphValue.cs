using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>One value of the graph that is written: what a node yields, an input, or numbers known beforehand.</summary>
/// <param name="name">Its name in the file.</param>
/// <param name="shape">Its shape; the batch and open lengths are null.</param>
/// <param name="type">The type of its elements.</param>
internal sealed class GraphValue(string name, Shape shape, DataType type)
{
    public string Name { get; set; } = name;

    public Shape Shape { get; } = shape;

    public DataType Type { get; } = type;

    /// <summary>The numbers, where they are known when the file is written.</summary>
    public NDArray? Constant { get; init; }

    public int Rank => Shape.Rank;

    public override string ToString() => $"{Name} {Shape}";
}

/// <summary>One node: an operator of ONNX on values.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Inputs">What it reads; null for an optional input that is left out.</param>
/// <param name="Outputs">What it yields; null for an optional output that is left out.</param>
/// <param name="Attributes">Names with a long, float, string, a list of them, or a <see cref="GraphBody"/>.</param>
internal sealed record GraphNode(
    string Name,
    string Operator,
    IReadOnlyList<GraphValue?> Inputs,
    IReadOnlyList<GraphValue?> Outputs,
    IReadOnlyList<(string Name, object Value)> Attributes)
{
    /// <summary>What it reads, and what a graph inside it reads of this one.</summary>
    public IEnumerable<GraphValue> Reads => Inputs.OfType<GraphValue>()
        .Concat(Attributes.Select(attribute => attribute.Value).OfType<GraphBody>().SelectMany(body => body.Reads));
}

/// <summary>A graph inside a node: what one step of a sequence computes.</summary>
internal sealed record GraphBody(
    string Name,
    IReadOnlyList<GraphValue> Inputs,
    IReadOnlyList<GraphValue> Outputs,
    IReadOnlyList<GraphNode> Nodes)
{
    public IEnumerable<GraphValue> Reads => Outputs.Concat(Nodes.SelectMany(node => node.Reads));
}

/// <summary>The length of an axis: a number, or that of an axis of another value.</summary>
internal readonly record struct Dim(int? Known, GraphValue? Of = null, int Axis = 0)
{
    public static implicit operator Dim(int length) => new(length);

    /// <summary>As long as each axis of a value.</summary>
    public static IReadOnlyList<Dim> AllOf(GraphValue value) => [.. Enumerable.Range(0, value.Rank).Select(axis => Along(value, axis))];

    /// <summary>As long as an axis of a value.</summary>
    public static Dim Along(GraphValue value, int axis)
    {
        var place = Axes.Resolve(axis, value.Rank);
        return new(value.Shape[place], value, place);
    }
}
