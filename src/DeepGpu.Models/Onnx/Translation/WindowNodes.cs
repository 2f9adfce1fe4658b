using static DeepGpu.Models.Onnx.NodeTranslation;

namespace DeepGpu.Models.Onnx;

/// <summary>Convolutions and pooling as layers, channels first.</summary>
internal static class WindowNodes
{
    public static Translated Convolution(NodeTranslation node)
    {
        var (x, kernel) = (node.X(), node.Numbers(1));
        var window = Window.Of(node.Call, node.Call.Dims(0)!, node.Call.Dims(1)![2..]);
        var (padded, rule) = Padded(node, x, window);
        var convolution = Layer(kernel.Dims[0], window) with
        {
            Strides = Extent(window.Strides),
            DilationRate = Extent(window.Dilations),
            Padding = rule,
            Groups = (int)node.Node.Int("group", 1),
            UseBias = node.Has(2),
            DataFormat = DataFormat.ChannelsFirst,
        };
        var order = Enumerable.Range(2, window.Kernel.Length).Append(1).Append(0).ToArray();
        return Translated.Plain(node.Apply(padded, convolution, WithBias(node, 2, ("kernel", kernel.Permuted(order)))));
    }

    public static Translated TransposedConvolution(NodeTranslation node)
    {
        var (x, kernel) = (node.X(), node.Numbers(1));
        var window = Window.Of(node.Call, node.Call.Dims(0)!, node.Call.Dims(1)![2..]);
        var extra = node.Node.Ints("output_padding") ?? new long[window.Kernel.Length];
        Require(node.Node.Int("group", 1) == 1, "a transposed convolution in groups");
        Require(node.Node.Ints("output_shape") is null && window.IsExplicit, "a transposed convolution to a given size");
        Require(window.Kernel.Zip(window.Strides).All(axis => axis.First >= axis.Second) || extra.Any(n => n > 0),
            "strides beyond the kernel");
        var layer = Transposed(kernel.Dims[1], window) with
        {
            Strides = Extent(window.Strides),
            DilationRate = Extent(window.Dilations),
            OutputPadding = extra.Any(n => n > 0) ? Extent(extra) : null,
            UseBias = node.Has(2),
            DataFormat = DataFormat.ChannelsFirst,
        };
        int[] order = [.. Enumerable.Range(2, window.Kernel.Length), 1, 0];
        var whole = node.Apply(x, layer, WithBias(node, 2, ("kernel", kernel.Permuted(order))));
        return Translated.Plain(window.Given.All(n => n == 0) ? whole : node.Apply(whole, Cropping(window)));
    }

    public static Translated MaxPooling(NodeTranslation node)
    {
        Require(node.Node.Outputs.Count(output => output.Length > 0) == 1, "places of maxima");
        var window = Pool(node);
        Require(window.Dilations.All(n => n == 1), "a pooling with spaces inside its window");
        var (x, rule) = IsNotNegative(node.Source(0).Maker) ? Padded(node, node.X(), window) : Lowest(node, node.X(), window);
        return Pooled(node, x, window, rule, window.Kernel.Length switch
        {
            1 => new MaxPooling1D(Extent(window.Kernel)),
            2 => new MaxPooling2D(Extent(window.Kernel)),
            _ => new MaxPooling3D(Extent(window.Kernel)),
        });
    }

    public static Translated AveragePooling(NodeTranslation node)
    {
        var window = Pool(node);
        var countsPadding = node.Node.Int("count_include_pad", 0) != 0;
        Require(window.Dilations.All(n => n == 1), "a pooling with spaces inside its window");
        Require(!window.IsCeil, "means of windows that are only partly filled");
        Require(window.Given.All(n => n == 0) || countsPadding, "means that leave out what stands around");
        Require(window.IsExplicit || (window.IsSameUpper && !countsPadding), "automatic padding at the start, or counted");
        var (x, rule) = Padded(node, node.X(), window);
        return Pooled(node, x, window, rule, window.Kernel.Length switch
        {
            1 => new AveragePooling1D(Extent(window.Kernel)),
            2 => new AveragePooling2D(Extent(window.Kernel)),
            _ => new AveragePooling3D(Extent(window.Kernel)),
        });
    }

    public static Translated GlobalPooling(NodeTranslation node)
    {
        var isMax = node.Node.Operator == "GlobalMaxPool";
        GlobalPooling layer = (node.Call.Dims(0)!.Length - 2, isMax) switch
        {
            (1, false) => new GlobalAveragePooling1D(),
            (1, true) => new GlobalMaxPooling1D(),
            (2, false) => new GlobalAveragePooling2D(),
            (2, true) => new GlobalMaxPooling2D(),
            (3, false) => new GlobalAveragePooling3D(),
            (3, true) => new GlobalMaxPooling3D(),
            _ => throw new NoLayerException("a number of axes that no pooling has"),
        };
        return Translated.Plain(node.Apply(node.X(), layer with { DataFormat = DataFormat.ChannelsFirst, KeepDims = true }));
    }

    /// <summary>An image enlarged by whole factors.</summary>
    public static Translated Resize(NodeTranslation node)
    {
        var (from, to) = (node.Call.Dims(0)!, node.Result.Dims!);
        Require(from.Length == 4, "a change of size of what is no image");
        int[] factors = [Factor(node, from[2], to[2], 0), Factor(node, from[3], to[3], 1)];
        var (mode, place) = (node.Node.Text("mode", "nearest"), node.Node.Text("coordinate_transformation_mode",
            node.Node.Operator == "Upsample" || node.Node.Version < 11 ? "asymmetric" : "half_pixel"));
        var rounding = node.Node.Text("nearest_mode", node.Node.Version < 11 ? "floor" : "round_prefer_floor");
        var isNearest = mode == "nearest" && ((place == "asymmetric" && rounding == "floor")
            || (place is "half_pixel" or "pytorch_half_pixel" && rounding == "round_prefer_floor"));
        var isLinear = mode == "linear" && place is "half_pixel" or "pytorch_half_pixel" && node.Node.Int("antialias", 0) == 0;
        Require(isNearest || isLinear, $"a change of size by '{mode}', '{place}', '{rounding}'");
        return Translated.Plain(node.Apply(node.X(), new UpSampling2D((factors[0], factors[1]))
        {
            Interpolation = isNearest ? Interpolation.Nearest : Interpolation.Bilinear,
            DataFormat = DataFormat.ChannelsFirst,
        }));
    }

    /// <summary>Zeros around the input, in a layer of their own where the convolution's "same" does not stand for them.</summary>
    public static (SymbolicTensor X, Padding Rule) Padded(NodeTranslation node, SymbolicTensor x, Window window)
    {
        if (window.IsSameUpper) return (x, Padding.Same);
        Require(window.IsExplicit, "automatic padding at the start");
        if (window.Given.All(n => n == 0)) return (x, Padding.Valid);
        Require(window.Given.All(n => n >= 0), "negative padding");
        var margins = Margins(window);
        Layer zeros = window.Kernel.Length switch
        {
            1 => new ZeroPadding1D(margins) { DataFormat = DataFormat.ChannelsFirst },
            2 => new ZeroPadding2D(margins) { DataFormat = DataFormat.ChannelsFirst },
            _ => new ZeroPadding3D(margins) { DataFormat = DataFormat.ChannelsFirst },
        };
        return (x.Apply(zeros with { Name = $"{node.Node.Name}.pad" }), Padding.Valid);
    }

    /// <summary>The weights with the bias of an input, if it is given.</summary>
    public static IEnumerable<(string, NumberArray)> WithBias(NodeTranslation node, int bias,
        params IEnumerable<(string, NumberArray)> weights)
        => node.OptionalNumbers(bias) is { } numbers ? weights.Append(("bias", numbers)) : weights;

    /// <summary>The lowest number around the input: it is never the largest.</summary>
    private static (SymbolicTensor X, Padding Rule) Lowest(NodeTranslation node, SymbolicTensor x, Window window)
    {
        if (window.IsSameUpper) return (x, Padding.Same);
        Require(window.IsExplicit, "automatic padding at the start");
        if (window.Given.All(n => n == 0)) return (x, Padding.Valid);
        var rank = window.Kernel.Length;
        int[][] widths = [[0, 0], [0, 0], .. Enumerable.Range(0, rank).Select(i
            => new[] { (int)window.Given[i], (int)window.Given[i + rank] })];
        var function = new TensorFunction("Pad", ("x", FunctionArgument.Input(0)), ("constant_values", (double)float.MinValue),
            ("pad_width", FunctionArgument.List(widths.Select(pair => (FunctionArgument)pair))), ("mode", "constant"));
        return (x.Apply(function with { Name = $"{node.Node.Name}.pad" }), Padding.Valid);
    }

    private static bool IsNotNegative(GraphNode? maker)
        => maker is { Domain: "", Operator: "Relu" or "Sigmoid" or "Softmax" or "Exp" or "Abs" or "HardSigmoid" or "Softplus" };

    private static Window Pool(NodeTranslation node)
        => Window.Of(node.Call, node.Call.Dims(0)!, node.Node.Ints("kernel_shape") ?? throw new NoLayerException("no window"));

    private static Translated Pooled(NodeTranslation node, SymbolicTensor x, Window window, Padding rule, WindowPooling pooling)
        => Translated.Plain(node.Apply(x, pooling with
        {
            Strides = Extent(window.Strides),
            Padding = rule,
            CeilMode = window.IsCeil,
            DataFormat = DataFormat.ChannelsFirst,
        }));

    private static Convolution Layer(int filters, Window window) => window.Kernel.Length switch
    {
        1 => new Conv1D(filters, Extent(window.Kernel)),
        2 => new Conv2D(filters, Extent(window.Kernel)),
        3 => new Conv3D(filters, Extent(window.Kernel)),
        _ => throw new NoLayerException("a number of axes that no convolution has"),
    };

    private static TransposedConvolution Transposed(int filters, Window window) => window.Kernel.Length switch
    {
        1 => new Conv1DTranspose(filters, Extent(window.Kernel)),
        2 => new Conv2DTranspose(filters, Extent(window.Kernel)),
        3 => new Conv3DTranspose(filters, Extent(window.Kernel)),
        _ => throw new NoLayerException("a number of axes that no convolution has"),
    };

    private static Layer Cropping(Window window) => window.Kernel.Length switch
    {
        1 => new Cropping1D(Margins(window)) { DataFormat = DataFormat.ChannelsFirst },
        2 => new Cropping2D(Margins(window)) { DataFormat = DataFormat.ChannelsFirst },
        _ => new Cropping3D(Margins(window)) { DataFormat = DataFormat.ChannelsFirst },
    };

    private static Margins Margins(Window window)
        => new([.. window.Kernel.Select((_, axis) => ((int)window.Given[axis], (int)window.Given[axis + window.Kernel.Length]))]);

    /// <summary>How many times longer an axis becomes; from the factors where its length is open.</summary>
    private static int Factor(NodeTranslation node, long from, long to, int axis)
    {
        if (from > 0 && to > 0) return to % from == 0 ? (int)(to / from)
            : throw new NoLayerException("a change of size by no whole factor");
        var factors = node.Call.Optional(node.Node.Operator == "Upsample" || node.Node.Version < 11 ? 1 : 2)?.Data;
        return factors is { Length: 4 } && factors[axis + 2] is >= 1 and var factor && factor == Math.Floor(factor) ? (int)factor
            : throw new NoLayerException("a change of size by no whole factor");
    }
}
