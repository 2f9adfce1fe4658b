using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>What tells steps apart.</summary>
internal static class PositionRules
{
    public static ExportTable AddTo(ExportTable table) => table
        .Unary<RotaryEmbedding>(Rotated)
        .Unary<SinePositionEncoding>(Sines)
        .Unary<PositionEmbedding>((_, context, x) => Positions(context, x))
        .With<TokenAndPositionEmbedding>(TokensAndPositions, castsInputs: false)
        .Unary<AlibiBias>(Slopes);

    /// <summary>The position of each step times each frequency: (steps, frequencies).</summary>
    private static GraphValue Angles(GraphWriter g, Dim steps, IEnumerable<double> frequencies)
        => g.Multiply(g.Unsqueeze(g.Positions(steps), 1), g.Floats(frequencies));

    private static GraphValue Rotated(RotaryEmbedding layer, ExportContext context, GraphValue x)
    {
        var g = context.Graph;
        var (steps, features) = (Axes.Resolve(layer.SequenceAxis, x.Rank), Axes.Resolve(layer.FeatureAxis, x.Rank));
        var length = x.Shape[features]!.Value;
        var frequencies = Enumerable.Range(0, length).Select(i => Math.Pow(layer.MaxWavelength, -2.0 * (i % (length / 2)) / length)
            / layer.ScalingFactor);
        var angles = Angles(g, Dim.Along(x, steps), frequencies);
        if (features < steps) angles = g.Transpose(angles, 1, 0);
        var shaped = g.Reshape(angles, [.. Enumerable.Range(0, x.Rank).Select(axis => axis == features ? (Dim)length
            : axis != steps ? 1 : Dim.Along(angles, features < steps ? 1 : 0))]);
        var halves = g.Split(x, features, [length / 2, length / 2]);
        var turned = g.Concatenate([g.Unary("Neg", halves[1]), halves[0]], features);
        return g.Add(g.Multiply(x, g.Unary("Cos", shaped)), g.Multiply(turned, g.Unary("Sin", shaped)));
    }

    /// <summary>Sines on even features, cosines on odd ones: sines a quarter turn ahead.</summary>
    private static GraphValue Sines(SinePositionEncoding layer, ExportContext context, GraphValue x)
    {
        var (g, features) = (context.Graph, x.Shape[^1]!.Value);
        var angles = Angles(g, Dim.Along(x, -2), Enumerable.Range(0, features)
            .Select(i => Math.Pow(layer.MaxWavelength, -(double)(i - i % 2) / features)));
        var isOdd = g.Compare("Greater", g.Floats(Enumerable.Range(0, features).Select(i => (double)(i % 2))), 0.5);
        return g.Expand(g.Where(isOdd, g.Unary("Cos", angles), g.Unary("Sin", angles)), Dim.AllOf(x));
    }

    private static GraphValue Positions(ExportContext context, GraphValue x)
    {
        var (g, table) = (context.Graph, context.Weight("embeddings"));
        var rows = x.Shape[^2] is { } n ? g.Narrow(table, 0, 0, n)
            : g.Gather(table, g.Positions(Dim.Along(x, -2), DataType.Int64), 0);
        return g.Expand(rows, Dim.AllOf(x));
    }

    private static IReadOnlyList<ExportSignal> TokensAndPositions(TokenAndPositionEmbedding layer, ExportContext context,
        IReadOnlyList<ExportSignal> inputs)
    {
        var tokens = context.Run(layer.Token, TokenAndPositionEmbedding.TokenName, inputs)[0];
        var positions = context.Run(layer.Position, TokenAndPositionEmbedding.PositionName, tokens.Tensor);
        return [tokens with { Tensor = context.Graph.Add(tokens.Tensor, positions) }];
    }

    private static GraphValue Slopes(AlibiBias layer, ExportContext context, GraphValue x)
    {
        var g = context.Graph;
        var slopes = layer.Slopes(x.Shape[1]!.Value);
        var length = Dim.Along(x, -1);
        var last = length.Known is { } n ? g.Number(n - 1) : g.Subtract(g.Squeeze(g.Cast(g.Length(length), DataType.Float32), 0), 1);
        return g.Add(x, g.Multiply(g.Floats(slopes, slopes.Length, 1, 1), g.Subtract(g.Positions(length), last)));
    }
}
