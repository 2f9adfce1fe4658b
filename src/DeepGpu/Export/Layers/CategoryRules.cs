using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Layers that make places and counts of numbers.</summary>
internal static class CategoryRules
{
    private const string Hashes = "hashes its input, for which ONNX has no operator";

    public static ExportTable AddTo(ExportTable table) => table
        .Unary<CategoryEncoding>((layer, context, x) => Encoded(context.Graph, x, layer.OutputMode, layer.NumTokens), castsInputs: false)
        .Unary<Discretization>(Binned, passesMask: true)
        .Unary<IntegerLookup>(Found, passesMask: true, castsInputs: false)
        .Refused<Hashing>(Hashes)
        .Refused<HashedCrossing>(Hashes);

    private static GraphValue Encoded(GraphWriter g, GraphValue input, OutputMode mode, int depth)
    {
        var places = g.Cast(input, DataType.Int64);
        if (mode == OutputMode.Int) return places;
        var isAlone = mode == OutputMode.OneHot && (places.Rank == 1 || places.Shape[^1] != 1);
        var rows = g.Cast(g.Compare("Equal", g.Unsqueeze(places, -1), g.Whole(Enumerable.Range(0, depth))), DataType.Float32);
        if (isAlone) return rows;
        return mode switch
        {
            OutputMode.OneHot => g.Squeeze(rows, -2),
            OutputMode.MultiHot => g.Reduce("ReduceMax", rows, [-2]),
            _ => g.Sum(rows, [-2], keepsAxes: false),
        };
    }

    private static GraphValue Binned(Discretization layer, ExportContext context, GraphValue x)
    {
        var (g, boundaries) = (context.Graph, layer.BinBoundaries!.Value);
        if (boundaries.Length == 0) return Encoded(g, g.Multiply(x, 0), layer.OutputMode, 1);
        var reached = g.Compare("GreaterOrEqual", g.Unsqueeze(x, -1), g.Floats(boundaries));
        return Encoded(g, g.Sum(g.Cast(reached, DataType.Float32), [-1], keepsAxes: false), layer.OutputMode, boundaries.Length + 1);
    }

    private static GraphValue Found(IntegerLookup layer, ExportContext context, GraphValue x)
    {
        if (layer.HashesUnknown) throw new ExportRefusal("hashes numbers that it does not know, for which ONNX has no operator");
        var g = context.Graph;
        var numbers = g.Cast(x, DataType.Int64);
        var unknown = g.Binary("Mod", numbers, g.Number(layer.NumOovIndices, DataType.Int64));
        var places = Known(layer, g, numbers, g.Add(unknown, layer.FirstPlace - layer.NumOovIndices));
        if (layer.MaskToken is { } mask)
            places = g.Where(g.Compare("Equal", numbers, mask), g.Number(layer.OutputMode == OutputMode.Int ? 0 : -1, DataType.Int64),
                places);
        return Encoded(g, places, layer.OutputMode, layer.Depth);
    }

    private static GraphValue Known(IntegerLookup layer, GraphWriter g, GraphValue numbers, GraphValue unknown)
    {
        var vocabulary = layer.Vocabulary!.Value;
        if (vocabulary.Length == 0) return unknown;
        var found = g.Compare("Equal", g.Unsqueeze(numbers, -1), g.Whole(vocabulary.AsSpan()));
        var places = g.Whole(Enumerable.Range(layer.FirstPlace, vocabulary.Length));
        var place = g.Sum(g.Multiply(g.Cast(found, DataType.Int64), places), [-1], keepsAxes: false);
        return g.Where(g.Any(found, [-1]), place, unknown);
    }
}
