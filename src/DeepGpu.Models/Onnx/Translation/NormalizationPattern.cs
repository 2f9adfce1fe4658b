namespace DeepGpu.Models.Onnx;

/// <summary>A layer normalisation as exporters before version 17 write it: nine nodes, from the mean to the offset.</summary>
internal static class NormalizationPattern
{
    /// <summary>The whole as one layer; null where the node does not begin one.</summary>
    public static Translated? Layer(NodeTranslation node)
    {
        if (node.Call.Inputs.Count == 0 || !IsOverLast(node.Node, node.Call.Dims(0)!.Length)) return null;
        var (x, mean) = (node.Node.Inputs[0], node.Node.Outputs[0]);
        if (Only(node, mean, "Sub") is not { } difference || !Reads(difference, x, mean)) return null;
        if (Squared(node, difference.Outputs[0]) is not var (square, quotient)) return null;
        if (Only(node, square.Outputs[0], "ReduceMean") is not { } variance
            || !IsOverLast(variance, node.Call.Dims(0)!.Length)) return null;
        if (Only(node, variance.Outputs[0], "Add") is not { } added || node.ConstantBeside(added, variance.Outputs[0])
            is not { Numbers: [var epsilon] })
            return null;
        if (Only(node, added.Outputs[0], "Sqrt") is not { } root || !Reads(quotient, difference.Outputs[0], root.Outputs[0])) return null;
        if (Only(node, quotient.Outputs[0], "Mul") is not { } scaled || Vector(node, scaled, quotient.Outputs[0])
            is not { } gamma) return null;
        if (Only(node, scaled.Outputs[0], "Add") is not { } moved || Vector(node, moved, scaled.Outputs[0]) is not { } beta) return null;
        foreach (var part in (GraphNode[])[difference, square, variance, added, root, quotient, scaled, moved]) node.TakeOver(part);
        var layer = new LayerNormalization { Epsilon = ProductNodes.Rounded(epsilon) };
        return Translated.Plain(node.Apply(node.X(), layer, ("gamma", gamma), ("beta", beta)));
    }

    /// <summary>The square of a difference, and the quotient that reads the difference too.</summary>
    private static (GraphNode Square, GraphNode Quotient)? Squared(NodeTranslation node, string difference)
    {
        var readers = node.Readers(difference);
        if (readers.Count != 2 || readers.FirstOrDefault(reader => Is(reader, "Div")) is not { } quotient) return null;
        var square = readers.Single(reader => reader != quotient);
        var isSquare = Is(square, "Mul") ? square.Inputs.All(input => input == difference)
            : Is(square, "Pow") && node.ConstantBeside(square, difference) is { Numbers: [2f] };
        return isSquare ? (square, quotient) : null;
    }

    private static GraphNode? Only(NodeTranslation node, string value, string type)
        => node.Readers(value) is [var only] && Is(only, type) ? only : null;

    private static NumberArray? Vector(NodeTranslation node, GraphNode reader, string value)
        => node.ConstantBeside(reader, value) is { Dims: [var length] } vector && length == node.Call.Dims(0)![^1] ? vector : null;

    private static bool Reads(GraphNode node, string first, string second) => node.Inputs is [var a, var b] && a == first && b == second;

    private static bool Is(GraphNode node, string type) => node.Operator == type && node.Domain.Length == 0;

    private static bool IsOverLast(GraphNode node, int rank)
        => node.Int("keepdims", 1) != 0 && node.Ints("axes") is [var axis] && (axis == -1 || axis == rank - 1);
}
