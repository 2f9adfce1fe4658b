using static DeepGpu.Models.Onnx.NodeTranslation;

namespace DeepGpu.Models.Onnx;

/// <summary>Products of matrices and normalisation as layers.</summary>
internal static class ProductNodes
{
    public static Translated Gemm(NodeTranslation node)
    {
        Require(node.Node.Int("transA", 0) == 0, "a first factor that is turned");
        var (x, matrix) = (node.X(), node.Numbers(1));
        var (alpha, beta) = ((float)node.Node.Number("alpha", 1), (float)node.Node.Number("beta", 1));
        var kernel = node.Node.Int("transB", 0) != 0 ? matrix.Permuted(1, 0) : matrix;
        var bias = node.OptionalNumbers(2) is { } added ? Spread(added, kernel.Dims[1]) : null;
        return Dense(node, x, alpha == 1 ? kernel : kernel.Map(n => n * alpha), beta == 1 ? bias : bias?.Map(n => n * beta));
    }

    /// <summary>With weights a dense layer, which takes over a sum with a bias that follows.</summary>
    public static Translated Product(NodeTranslation node)
    {
        if (!node.IsConstant(1)) return Translated.Plain(node.Function([node.X(0), node.X(1)], "Matmul"));
        var (x, kernel) = (node.Input(0), node.Numbers(1));
        Require(kernel.Dims.Length == 2, "weights for each part of a batch");
        if (x.Order[^1] != x.Tensor.Shape!.Rank - 1) x = Translated.Plain(node.X());
        NumberArray? bias = null;
        if (node.OnlyReader is { Operator: "Add", Domain: "" } add && node.ConstantBeside(add, node.Node.Outputs[0]) is { } added
            && (added.Dims is [var n] && n == kernel.Dims[1]))
        {
            bias = added;
            node.TakeOver(add);
        }

        return x with { Tensor = Dense(node, x.Tensor, kernel, bias).Tensor };
    }

    public static Translated Einsum(NodeTranslation node)
    {
        Require(node.Call.Inputs.All(input => input is { IsConstant: false }), "a product with weights by letters");
        return Translated.Plain(node.Function([.. Enumerable.Range(0, node.Call.Inputs.Count).Select(node.X)], "Einsum",
            ("subscripts", node.Node.Text("equation", ""))));
    }

    public static Translated BatchNormalization(NodeTranslation node)
    {
        Require(node.Node.Int("training_mode", 0) == 0, "statistics of the batch");
        var layer = new BatchNormalization
        {
            Axis = 1,
            Epsilon = Rounded(node.Node.Number("epsilon", 1e-5)),
            Momentum = Rounded(node.Node.Number("momentum", 0.9)),
        };
        return Translated.Plain(node.Apply(node.X(), layer, ("gamma", node.Numbers(1)), ("beta", node.Numbers(2)),
            ("moving_mean", node.Numbers(3)), ("moving_variance", node.Numbers(4))));
    }

    public static Translated LayerNormalization(NodeTranslation node)
    {
        Require(node.Node.Outputs.Count(output => output.Length > 0) == 1, "the statistics of a normalisation");
        var (x, scale) = (node.X(), node.Numbers(1));
        var rank = x.Shape!.Rank;
        var first = node.Call.Axis(node.Node.Int("axis", -1), rank);
        Require(first > 0 && scale.Dims.Length == rank - first, "a normalisation over the batch, or factors of another shape");
        var layer = new LayerNormalization
        {
            Axis = new([.. Enumerable.Range(first, rank - first)]),
            Epsilon = Rounded(node.Node.Number("epsilon", 1e-5)),
            Center = node.Has(2),
        };
        return Translated.Plain(node.Apply(x, layer, node.Has(2) ? [("gamma", scale), ("beta", node.Numbers(2))] : [("gamma", scale)]));
    }

    /// <summary>Each channel of each sample, or groups of channels.</summary>
    public static Translated GroupNormalization(NodeTranslation node)
    {
        var (x, scale, offset) = (node.X(), node.Numbers(1), node.Numbers(2));
        var channels = x.Shape![1] ?? throw new NoLayerException("open channels");
        var groups = node.Node.Operator == "InstanceNormalization" ? channels : (int)node.Node.Int("num_groups", 1);
        var layer = new GroupNormalization { Groups = groups, Axis = 1, Epsilon = Rounded(node.Node.Number("epsilon", 1e-5)) };
        return Translated.Plain(node.Apply(x, layer, ("gamma", Spread(scale, channels)), ("beta", Spread(offset, channels))));
    }

    private static Translated Dense(NodeTranslation node, SymbolicTensor x, NumberArray kernel, NumberArray? bias)
        => Translated.Plain(node.Apply(x, new Dense(kernel.Dims[1]) { UseBias = bias is not null },
            bias is null ? [("kernel", kernel)] : [("kernel", kernel), ("bias", bias)]));

    /// <summary>Numbers for each of some places: one for all, one a group, or as they are.</summary>
    private static NumberArray Spread(NumberArray numbers, int count)
    {
        var given = numbers.Numbers.Length;
        Require(given > 0 && count % given == 0, "an offset for each sample");
        var times = count / given;
        return new([.. numbers.Numbers.SelectMany(n => Enumerable.Repeat(n, times))], [count]);
    }

    /// <summary>A number of single precision as it was written.</summary>
    public static double Rounded(double number)
        => double.Parse(((float)number).ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        System.Globalization.CultureInfo.InvariantCulture);
}
