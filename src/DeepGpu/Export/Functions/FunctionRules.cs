using System.Collections.Frozen;
using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Functions of tensors in a graph.</summary>
internal static class FunctionRules
{
    private static readonly FrozenDictionary<string, Func<FunctionOperands, IReadOnlyList<GraphValue>>> Rows
        = ElementFunctions.Rows.Concat(ReducingFunctions.Rows).Concat(MovingFunctions.Rows)
            .Select(row => KeyValuePair.Create<string, Func<FunctionOperands, IReadOnlyList<GraphValue>>>(row.Key, call
                => [row.Value(call)]))
            .Concat(MovingFunctions.Several).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Functions that ONNX cannot express, each with the reason.</summary>
    public static IReadOnlyDictionary<string, string> Refused { get; } = new Dictionary<string, string>
    {
        ["Cumprod"] = "multiplies along an axis, for which ONNX has no operator",
    };

    /// <summary>Functions with a rule.</summary>
    public static IEnumerable<string> Names => Rows.Keys;

    public static ExportTable AddTo(ExportTable table) => table.With<TensorFunction>(Run, castsInputs: false);

    /// <summary>The angle of a point, in the right quarter.</summary>
    public static GraphValue Arctan2(GraphWriter g, GraphValue y, GraphValue x)
    {
        var below = g.Compare("Less", y, 0);
        var halfTurn = g.Where(below, g.Number(-Math.PI), g.Number(Math.PI));
        var quarterTurn = g.Where(g.Compare("Equal", y, 0), g.Number(0), g.Multiply(halfTurn, 0.5));
        var isUpright = g.Compare("Equal", x, 0);
        var angle = g.Unary("Atan", g.Divide(y, g.Where(isUpright, g.Number(1), x)));
        var turned = g.Where(g.Compare("Less", x, 0), g.Add(angle, halfTurn), angle);
        return g.Where(isUpright, quarterTurn, turned);
    }

    private static IReadOnlyList<ExportSignal> Run(TensorFunction layer, ExportContext context, IReadOnlyList<ExportSignal> inputs)
    {
        if (!Rows.TryGetValue(layer.Function, out var rule))
            throw new ExportRefusal(Refused.GetValueOrDefault(layer.Function) ?? "has no operators of ONNX");
        return [.. rule(new(layer, context.Graph, inputs)).Select(output => new ExportSignal(output))];
    }
}
