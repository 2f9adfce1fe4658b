using DeepGpu.Onnx.Files;
using static DeepGpu.Models.Onnx.NodeTranslation;

namespace DeepGpu.Models.Onnx;

/// <summary>Functions of each element, sums, products and reductions as layers.</summary>
internal static class ElementwiseNodes
{
    /// <summary>A layer that takes each element by itself: whatever the order of the axes.</summary>
    public static Func<NodeTranslation, Translated> Layer(Func<GraphNode, Layer> layer) => node =>
    {
        var x = node.Input(0);
        return x with { Tensor = node.Apply(x.Tensor, layer(node.Node)) };
    };

    /// <summary>A function of Keras that takes each element by itself.</summary>
    public static Func<NodeTranslation, Translated> Function(string function) => node =>
    {
        var x = node.Input(0);
        return x with { Tensor = node.Function(x.Tensor, function) };
    };

    /// <summary>Of two values, or a value and a constant, element by element.</summary>
    public static Func<NodeTranslation, Translated> Pair(string function) => node =>
    {
        if (node.Call.Inputs.Count == 1) return node.Input(0);
        if (node.Call.Inputs.Any(input => input is { IsConstant: true }))
            return function == "Multiply" && Scale(node) is { } scaled ? scaled : WithConstant(node, function);
        Require(node.Call.Inputs.Count == 2, $"{function} of {node.Call.Inputs.Count} values");
        var (a, b) = (node.Input(0), node.Input(1));
        if (a.Order.SequenceEqual(b.Order) && a.Tensor.Shape!.Equals(b.Tensor.Shape)) return a with
        {
            Tensor = Joined(node, function,
            a.Tensor, b.Tensor)
        };
        return Translated.Plain(Joined(node, function, node.X(0), node.X(1)));
    };

    public static Translated Clip(NodeTranslation node)
    {
        Require((!node.Has(1) || node.IsConstant(1)) && (!node.Has(2) || node.IsConstant(2)), "bounds that are computed");
        var low = node.Has(1) ? node.Scalar(1) ?? float.MinValue : node.Node.Number("min", float.MinValue);
        var high = node.Has(2) ? node.Scalar(2) ?? float.MaxValue : node.Node.Number("max", float.MaxValue);
        var x = node.Input(0);
        return x with
        {
            Tensor = low == 0 && high > 0 && high < float.MaxValue ? node.Apply(x.Tensor, new ReLU { MaxValue = high })
                : node.Function(x.Tensor, "Clip", ("x_min", Finite(low)), ("x_max", Finite(high))),
        };
    }

    /// <summary>A slope for each channel, or one for all.</summary>
    public static Translated Prelu(NodeTranslation node)
    {
        var (x, slope) = (node.X(), node.Numbers(1));
        var rank = x.Shape!.Rank;
        var dims = Enumerable.Repeat(1, Math.Max(0, rank - 1 - slope.Dims.Length)).Concat(slope.Dims).TakeLast(rank - 1).ToArray();
        Require(slope.Dims.Length < rank || slope.Dims[0] == 1, "a slope for each sample");
        int[] shared = [.. Enumerable.Range(1, rank - 1).Where(axis => dims[axis - 1] == 1)];
        return Translated.Plain(node.Apply(x, new PReLU { SharedAxes = [.. shared] }, ("alpha", slope.Reshaped(dims))));
    }

    public static Translated Softmax(NodeTranslation node)
    {
        var x = node.X();
        var rank = x.Shape!.Rank;
        var axis = node.Call.Axis(node.Node.Int("axis", node.Node.Version < 13 ? 1 : -1), rank);
        Require(axis > 0, "a softmax along the batch");
        Require(node.Node.Version >= 13 || axis == rank - 1 || x.Shape.Axes.Skip(axis + 1).All(n => n == 1), "a softmax over several axes");
        return Translated.Plain(node.Node.Operator == "Softmax" ? node.Apply(x, new Softmax { Axis = axis })
            : node.Function(x, "LogSoftmax", ("axis", axis)));
    }

    /// <summary>A mean, sum and so on along axes other than the batch; of all positions a pooling.</summary>
    public static Func<NodeTranslation, Translated> Reduced(string function) => node =>
    {
        var x = node.X();
        var rank = x.Shape!.Rank;
        var axes = node.Call.Numbers("axes", 1, out var isKnown);
        Require(isKnown && axes is { Length: > 0 }, "axes that are not named");
        int[] over = [.. axes!.Select(axis => node.Call.Axis(axis, rank)).Order()];
        var keeps = node.Node.Int("keepdims", 1) != 0;
        Require(!over.Contains(0), "a result over the batch");
        return Translated.Plain(rank == 4 && function == "Mean" && over is [2, 3]
            ? node.Apply(x, new GlobalAveragePooling2D { DataFormat = DataFormat.ChannelsFirst, KeepDims = keeps })
            : node.Function(x, function, ("axis", over), ("keepdims", keeps)));
    };

    public static Translated Dropout(NodeTranslation node)
    {
        Require(node.Node.Outputs.Count(output => output.Length > 0) == 1, "the mask of a dropout");
        var rate = node.Has(1) ? node.Scalar(1) ?? 0.5 : node.Node.Number("ratio", 0.5);
        var x = node.Input(0);
        return rate is > 0 and < 1 ? x with { Tensor = node.Apply(x.Tensor, new Dropout(Math.Round(rate, 7))) } : x;
    }

    /// <summary>The value itself.</summary>
    public static Translated Same(NodeTranslation node) => node.Input(0);

    /// <summary>The value itself where both are numbers with a fraction, or where it only names rows of a table.</summary>
    public static Translated Cast(NodeTranslation node)
    {
        var isReal = TensorTypes.IsReal((int)node.Node.Int("to", 0)) && TensorTypes.IsReal(node.Call.Type);
        var readers = node.Readers(node.Node.Outputs[0]);
        var namesRows = readers.Count > 0 && readers.All(reader => reader.Operator == "Gather" && reader.Inputs[1] == node.Node.Outputs[0]);
        Require(isReal || namesRows, "numbers as another kind of numbers");
        return node.Input(0);
    }

    /// <summary>HardSigmoid: the slope of 1/6 is Keras's, that of 0.2 the one of its earlier releases.</summary>
    public static Layer HardSigmoid(GraphNode node) => (node.Number("alpha", 0.2), node.Number("beta", 0.5)) switch
    {
        ( > 0.16666 and < 0.16668, 0.5) => new ActivationLayer(Activation.HardSigmoid),
        ( > 0.19999 and < 0.20001, 0.5) => new ActivationLayer(Activation.LegacyHardSigmoid),
        var (alpha, beta) => throw new NoLayerException($"a hard sigmoid of slope {alpha:R} and offset {beta:R}"),
    };

    private static SymbolicTensor Joined(NodeTranslation node, string function, SymbolicTensor a, SymbolicTensor b)
        => function == "Add" && a.Shape!.Equals(b.Shape) ? a.Apply(new Add { Name = node.NextName() }, b) : node.Function([a, b], function);

    private static Translated WithConstant(NodeTranslation node, string function)
    {
        Require(node.Call.Inputs.Count == 2, $"{function} of {node.Call.Inputs.Count} values");
        var place = node.IsConstant(1) ? 1 : 0;
        var (x, constant) = (node.Input(1 - place), node.Numbers(place));
        var isNumber = constant.Numbers.Length == 1 && constant.Dims.Length <= x.Order.Length;
        var tensor = isNumber ? x.Tensor : node.X(1 - place);
        Require(isNumber || constant.Dims.Length < x.Order.Length || constant.Dims[0] == 1, "a constant for each sample");
        FunctionArgument value = isNumber ? (double)constant.Numbers[0]
            : FunctionArgument.Array((constant.Dims.Length == x.Order.Length ? constant.Reshaped(constant.Dims[1..])
                : constant).ToConstant());
        var (first, second) = place == 1 ? (FunctionArgument.Input(0), value) : (value, FunctionArgument.Input(0));
        var result = node.Function(tensor, function, ("x1", first), ("x2", second));
        return isNumber ? x with { Tensor = result } : Translated.Plain(result);
    }

    /// <summary>A product with learned factors of the last axis as a layer that trains them; null where it is another one.</summary>
    private static Translated? Scale(NodeTranslation node)
    {
        var place = node.IsConstant(1) ? 1 : 0;
        if (node.Call[1 - place] is not { IsConstant: false } || node.Numbers(place)
            is not { Dims: [> 1 and var length] } factors) return null;
        var x = node.Input(1 - place);
        return x.Order[^1] == x.Tensor.Shape!.Rank - 1 && x.Tensor.Shape[^1] == length
            ? x with { Tensor = node.Apply(x.Tensor, new LayerScale(), ("gamma", factors)) } : null;
    }

    private static double Finite(double bound) => Math.Clamp(bound, float.MinValue, float.MaxValue);
}
