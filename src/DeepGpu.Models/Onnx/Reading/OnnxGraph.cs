using DeepGpu.Onnx.Files;

namespace DeepGpu.Models.Onnx;

/// <summary>The graph of an ONNX file: functions of the file put in their places, constants apart from nodes, nodes in order.</summary>
internal sealed record OnnxGraph
{
    /// <summary>The graph's name.</summary>
    public required string Name { get; init; }

    /// <summary>Where data enters.</summary>
    public required IReadOnlyList<GraphValue> Inputs { get; init; }

    /// <summary>The names of what it yields.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>The nodes, each after those it reads.</summary>
    public required IReadOnlyList<GraphNode> Nodes { get; init; }

    /// <summary>Constants by the name of their value.</summary>
    public required IReadOnlyDictionary<string, GraphConstant> Constants { get; init; }

    /// <summary>What the file says of values between nodes.</summary>
    public required IReadOnlyDictionary<string, GraphValue> Known { get; init; }

    /// <summary>Without the nodes that lead to no output.</summary>
    public OnnxGraph Pruned()
    {
        var wanted = Outputs.ToHashSet(StringComparer.Ordinal);
        var kept = new Stack<GraphNode>();
        foreach (var node in Nodes.Reverse())
        {
            if (!node.Outputs.Any(wanted.Contains)) continue;
            kept.Push(node);
            wanted.UnionWith(node.Inputs);
            wanted.UnionWith(BranchReading.Outer(node));
        }

        return this with { Nodes = [.. kept] };
    }
}

/// <summary>A constant of a graph.</summary>
/// <param name="Tensor">Its elements.</param>
/// <param name="IsInitializer">Whether the file lists it as a weight; else a node states it.</param>
internal sealed record GraphConstant(StoredTensorData Tensor, bool IsInitializer);
