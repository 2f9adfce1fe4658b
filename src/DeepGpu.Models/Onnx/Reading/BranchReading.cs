using DeepGpu.Onnx.Schema;

namespace DeepGpu.Models.Onnx;

/// <summary>The graphs inside nodes.</summary>
internal static class BranchReading
{
    /// <summary>Every name that the graphs inside a node read, those they write themselves too.</summary>
    public static IEnumerable<string> Outer(GraphNode node) => node.HasGraphs ? node.Attributes.Values.SelectMany(Names) : [];

    /// <summary>The branch of an If for a condition.</summary>
    public static GraphProto? Of(GraphNode node, bool condition)
        => node.Attributes.GetValueOrDefault(condition ? "then_branch" : "else_branch")?.G;

    private static IEnumerable<string> Names(AttributeProto attribute)
        => (attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G)).SelectMany(Names);

    private static IEnumerable<string> Names(GraphProto graph) => graph.Output.Select(output => output.Name)
        .Concat(graph.Node.SelectMany(node => node.Input.Concat(node.Attribute.SelectMany(Names))));
}
