using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Normalizations and scalings, as they are once trained.</summary>
internal static class NormalizationRules
{
    private const int LayerNormalizationOpset = 17;

    public static ExportTable AddTo(ExportTable table) => table
        .Unary<BatchNormalization>(Batch, passesMask: true)
        .Unary<LayerNormalization>(Layer, passesMask: true)
        .Unary<GroupNormalization>(Group, passesMask: true)
        .Unary<RMSNormalization>((layer, context, x) => Rms(layer, context, x), passesMask: true)
        .Unary<UnitNormalization>((layer, context, x) => Unit(context.Graph, x, layer.Axis.In(x.Rank)), passesMask: true)
        .Unary<LayerScale>((_, context, x) => context.Graph.Multiply(x, context.Weight("gamma")), passesMask: true)
        .Unary<Rescaling>((layer, context, x) => context.Graph.Add(Scaled(context.Graph, x, [.. layer.Scale]),
            Numbers(context.Graph, [.. layer.Offset])), passesMask: true)
        .Unary<Normalization>(Given, passesMask: true);

    /// <summary>x over its length along axes.</summary>
    public static GraphValue Unit(GraphWriter g, GraphValue x, IReadOnlyList<int> axes)
        => g.Divide(x, g.Unary("Sqrt", g.Clip(g.Sum(g.Square(x), axes), 1e-12, null)));

    /// <summary>On channels-first values ONNX's operator; else a factor and a sum for each position of the axis.</summary>
    private static GraphValue Batch(BatchNormalization layer, ExportContext context, GraphValue x)
    {
        var g = context.Graph;
        var axis = Axes.Resolve(layer.Axis, x.Rank);
        if (axis == 1 && x.Rank > 1) return Operator(layer, context, x);
        if (g.Source(x) is { } source && source.Order[axis] == 1) return g.Transpose(Operator(layer, context, source.Value), source.Order);
        var numbers = Numbers(layer, context);
        var scale = context.Keep("scale", () => new([.. numbers.Scale], [numbers.Scale.Length]));
        var offset = context.Keep("offset", () => new([.. numbers.Offset], [numbers.Offset.Length]));
        return g.Add(g.Multiply(x, Along(g, scale, x, [axis])), Along(g, offset, x, [axis]));
    }

    private static GraphValue Operator(BatchNormalization layer, ExportContext context, GraphValue x)
    {
        var length = x.Shape[1]!.Value;
        GraphValue Or(string name, double number) => context.OptionalWeight(name)
            ?? context.Keep(name, () => WeightNumbers.Of([length], _ => number));
        return context.Graph.Emit("BatchNormalization",
            [x, Or("gamma", 1), Or("beta", 0), context.Weight("moving_mean"), context.Weight("moving_variance")], x.Shape, x.Type,
            ("epsilon", (float)layer.Epsilon));
    }

    private static (float[] Scale, float[] Offset) Numbers(BatchNormalization layer, ExportContext context)
    {
        var (mean, variance) = (context.Numbers("moving_mean").Data, context.Numbers("moving_variance").Data);
        var (gamma, beta) = (context.OptionalNumbers("gamma")?.Data, context.OptionalNumbers("beta")?.Data);
        double[] scale = [.. variance.Select((v, i) => (gamma?[i] ?? 1) / Math.Sqrt(v + layer.Epsilon))];
        return ([.. scale.Select(s => (float)s)], [.. mean.Select((m, i) => (float)((beta?[i] ?? 0) - m * scale[i]))]);
    }

    private static GraphValue Layer(LayerNormalization layer, ExportContext context, GraphValue x)
    {
        var (g, axes) = (context.Graph, layer.Axis.In(x.Rank));
        var isTrailing = axes.SequenceEqual(Enumerable.Range(x.Rank - axes.Length, axes.Length));
        if (isTrailing && !layer.RmsScaling && g.Opset >= LayerNormalizationOpset) return Operator(layer, context, x, axes[0]);
        var centred = g.Subtract(x, g.Mean(x, axes));
        var deviation = g.Unary("Sqrt", g.Add(g.Mean(g.Square(centred), axes), layer.Epsilon));
        var scaled = g.Divide(layer.RmsScaling ? x : centred, deviation);
        if (context.OptionalWeight("gamma") is { } gamma) scaled = g.Multiply(scaled, Along(g, gamma, x, axes));
        return context.OptionalWeight("beta") is { } beta ? g.Add(scaled, Along(g, beta, x, axes)) : scaled;
    }

    private static GraphValue Operator(LayerNormalization layer, ExportContext context, GraphValue x, int axis)
    {
        var gamma = context.OptionalWeight("gamma")
            ?? context.Keep("gamma", () => WeightNumbers.Of([.. x.Shape.Axes.Skip(axis).Select(n => n!.Value)], _ => 1));
        return context.Graph.Emit("LayerNormalization", [x, gamma, context.OptionalWeight("beta")], x.Shape, x.Type,
            ("axis", (long)axis), ("epsilon", (float)layer.Epsilon));
    }

    /// <summary>Each group as one channel of an instance normalization.</summary>
    private static GraphValue Group(GroupNormalization layer, ExportContext context, GraphValue x)
    {
        var (g, axis) = (context.Graph, Axes.Resolve(layer.Axis, x.Rank));
        var first = g.Move(x, axis, 1);
        var groups = layer.Groups == -1 ? first.Shape[1]!.Value : layer.Groups;
        var rest = first.Shape.Axes.Skip(1).Aggregate((long?)1, (n, length) => n * length);
        var flat = g.Reshape(first, Dim.Along(first, 0), groups, new Dim(rest is { } all ? (int)(all / groups) : null));
        var ones = g.Floats(Enumerable.Repeat(1.0, groups));
        var zeros = g.Floats(Enumerable.Repeat(0.0, groups));
        var normal = g.Emit("InstanceNormalization", [flat, ones, zeros], flat.Shape, x.Type, ("epsilon", (float)layer.Epsilon));
        var shaped = g.Move(g.Reshape(normal, Dim.AllOf(first)), 1, axis);
        if (context.OptionalWeight("gamma") is { } gamma) shaped = g.Multiply(shaped, Along(g, gamma, x, [axis]));
        return context.OptionalWeight("beta") is { } beta ? g.Add(shaped, Along(g, beta, x, [axis])) : shaped;
    }

    private static GraphValue Rms(RMSNormalization layer, ExportContext context, GraphValue x)
    {
        var (g, axes) = (context.Graph, layer.Axis.In(x.Rank));
        var deviation = g.Unary("Sqrt", g.Add(g.Mean(g.Square(x), axes), layer.Epsilon));
        var scale = context.Weight("scale", numbers => numbers.Map(number => (float)(number + (layer.ScaleOffset ?? 0))));
        return g.Multiply(g.Divide(x, deviation), Along(g, scale, x, axes));
    }

    private static GraphValue Given(Normalization layer, ExportContext context, GraphValue x)
    {
        var g = context.Graph;
        var mean = layer.Mean is { } m ? [.. m] : context.Numbers("mean").Data.Select(v => (double)v).ToArray();
        var variance = layer.Variance is { } v ? [.. v] : context.Numbers("variance").Data.Select(n => (double)n).ToArray();
        double[] deviation = [.. variance.Select(n => Math.Max((double)MathF.Sqrt((float)n), 1e-7))];
        GraphValue Shaped(double[] numbers) => layer.Axis is { } axis && numbers.Length > 1
            ? Along(g, g.Floats(numbers), x, [Axes.Resolve(axis, x.Rank)]) : g.Number(numbers[0]);
        return layer.Invert ? g.Add(g.Multiply(x, Shaped(deviation)), Shaped(mean))
            : g.Divide(g.Subtract(x, Shaped(mean)), Shaped(deviation));
    }

    private static GraphValue Scaled(GraphWriter g, GraphValue x, double[] scale) => g.Multiply(x, Numbers(g, scale));

    private static GraphValue Numbers(GraphWriter g, double[] numbers) => numbers.Length == 1 ? g.Number(numbers[0]) : g.Floats(numbers);

    /// <summary>A weight in the axes it belongs to.</summary>
    private static GraphValue Along(GraphWriter g, GraphValue weight, GraphValue x, IReadOnlyList<int> axes)
    {
        var isTrailing = axes.SequenceEqual(Enumerable.Range(x.Rank - axes.Count, axes.Count));
        return isTrailing ? weight
            : g.Reshape(weight, [.. x.Shape.Axes.Select((length, axis) => axes.Contains(axis) ? new Dim(length!.Value) : 1)]);
    }
}
