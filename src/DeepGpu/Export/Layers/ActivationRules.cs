using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Activation functions.</summary>
internal static class ActivationRules
{
    private const int GeluOpset = 20;

    public static ExportTable AddTo(ExportTable table) => table
        .Unary<ActivationLayer>((layer, context, x) => Apply(context.Graph, layer.Activation, x), passesMask: true)
        .Unary<ReLU>((layer, context, x) => Relu(context.Graph, x, layer.NegativeSlope, layer.MaxValue, layer.Threshold), passesMask: true)
        .Unary<LeakyReLU>((layer, context, x) => Leaky(context.Graph, x, layer.NegativeSlope), passesMask: true)
        .Unary<ELU>((layer, context, x) => context.Graph.Unary("Elu", x, ("alpha", (float)layer.Alpha)), passesMask: true)
        .Unary<PReLU>((_, context, x) => context.Graph.Emit("PRelu", [x, context.Weight("alpha")], x.Shape, x.Type), passesMask: true)
        .With<Softmax>((layer, context, inputs) =>
        {
            var (x, mask) = inputs[0];
            var wide = mask is null ? null : MaskRules.Wide(context.Graph, mask, x.Rank);
            return [new(MaskRules.Softmax(context.Graph, x, wide, keepsEmpty: false, layer.Axis.In(x.Rank)), mask)];
        });

    public static GraphValue Apply(GraphWriter g, Activation activation, GraphValue x) => activation switch
    {
        Activation.Linear => x,
        Activation.Relu => g.Unary("Relu", x),
        Activation.Relu6 => g.Clip(x, 0, 6),
        Activation.LeakyRelu => Leaky(g, x, 0.2),
        Activation.Sigmoid => g.Unary("Sigmoid", x),
        Activation.HardSigmoid => HardSigmoid(g, x, 1.0 / 6),
        Activation.LegacyHardSigmoid => HardSigmoid(g, x, 0.2),
        Activation.LogSigmoid => g.Unary("Neg", g.Unary("Softplus", g.Unary("Neg", x))),
        Activation.SparseSigmoid => HardSigmoid(g, x, 0.5),
        Activation.Tanh => g.Unary("Tanh", x),
        Activation.HardTanh => g.Clip(x, -1, 1),
        Activation.TanhShrink => g.Subtract(x, g.Unary("Tanh", x)),
        Activation.Softmax => g.Softmax(x, -1),
        Activation.LogSoftmax => g.Softmax(x, -1, "LogSoftmax"),
        Activation.Sparsemax => Sparsemax(g, x, -1),
        Activation.Softplus => g.Unary("Softplus", x),
        Activation.Softsign => g.Unary("Softsign", x),
        Activation.Squareplus => Squareplus(g, x, 4),
        Activation.SparsePlus => SparsePlus(g, x),
        Activation.Exponential => g.Unary("Exp", x),
        Activation.Elu => g.Unary("Elu", x, ("alpha", 1f)),
        Activation.Selu => g.Unary("Selu", x),
        Activation.Celu => g.Unary("Celu", x, ("alpha", 1f)),
        Activation.Gelu => Gelu(g, x, approximate: false),
        Activation.GeluApproximate => Gelu(g, x, approximate: true),
        Activation.Glu => Glu(g, x, -1),
        Activation.Silu => g.Multiply(x, g.Unary("Sigmoid", x)),
        Activation.HardSilu => g.Multiply(x, HardSigmoid(g, x, 1.0 / 6)),
        Activation.Mish => g.Multiply(x, g.Unary("Tanh", g.Unary("Softplus", x))),
        Activation.HardShrink => Shrink(g, x, 0.5, 0),
        Activation.SoftShrink => Shrink(g, x, 0.5, 0.5),
        Activation.Threshold => Threshold(g, x, 0, 0),
        _ => throw new ExportRefusal($"has the activation {activation}, which has no operators of ONNX"),
    };

    public static GraphValue Relu(GraphWriter g, GraphValue x, double negativeSlope, double? maxValue, double threshold)
    {
        var rising = threshold == 0 ? g.Unary("Relu", x) : Threshold(g, x, threshold, 0);
        var capped = maxValue is { } max ? g.Clip(rising, null, max) : rising;
        return negativeSlope == 0 ? capped
            : g.Subtract(capped, g.Multiply(g.Unary("Relu", g.From(threshold, x)), negativeSlope));
    }

    public static GraphValue Leaky(GraphWriter g, GraphValue x, double slope) => g.Unary("LeakyRelu", x, ("alpha", (float)slope));

    public static GraphValue HardSigmoid(GraphWriter g, GraphValue x, double slope)
        => g.Unary("HardSigmoid", x, ("alpha", (float)slope), ("beta", 0.5f));

    public static GraphValue Shrink(GraphWriter g, GraphValue x, double threshold, double bias)
        => g.Unary("Shrink", x, ("lambd", (float)threshold), ("bias", (float)bias));

    public static GraphValue Threshold(GraphWriter g, GraphValue x, double threshold, double value)
        => g.Where(g.Compare("Greater", x, threshold), x, value);

    public static GraphValue Squareplus(GraphWriter g, GraphValue x, double b)
        => g.Multiply(g.Add(x, g.Unary("Sqrt", g.Add(g.Square(x), b))), 0.5);

    public static GraphValue Gelu(GraphWriter g, GraphValue x, bool approximate)
    {
        if (g.Opset >= GeluOpset) return g.Unary("Gelu", x, ("approximate", approximate ? "tanh" : "none"));
        var share = approximate
            ? g.Unary("Tanh", g.Multiply(g.Add(x, g.Multiply(g.Multiply(g.Square(x), x), 0.044715)), Math.Sqrt(2 / Math.PI)))
            : g.Unary("Erf", g.Multiply(x, Math.Sqrt(0.5)));
        return g.Multiply(g.Multiply(x, 0.5), g.Add(share, 1));
    }

    public static GraphValue Glu(GraphWriter g, GraphValue x, int axis)
    {
        var place = Axes.Resolve(axis, x.Rank);
        var half = ExportContext.Known(x, place, "a gate") / 2;
        var halves = g.Split(x, place, [half, half]);
        return g.Multiply(halves[0], g.Unary("Sigmoid", halves[1]));
    }

    /// <summary>The largest k of which 1 + k x_k exceeds their sum; what lies above their common threshold.</summary>
    public static GraphValue Sparsemax(GraphWriter g, GraphValue x, int axis)
    {
        var last = g.Move(x, axis, -1);
        var (sorted, _) = g.TopK(last, -1, Dim.Along(last, -1));
        var ranks = g.Add(g.Positions(Dim.Along(last, -1)), 1);
        var sums = g.CumulativeSum(sorted, -1);
        var support = g.Cast(g.Compare("Greater", g.Add(g.Multiply(sorted, ranks), 1), sums), DataType.Float32);
        var size = g.Sum(support, [-1]);
        var total = g.Sum(g.Multiply(sorted, support), [-1]);
        return g.Move(g.Unary("Relu", g.Subtract(last, g.Divide(g.Subtract(total, 1), size))), -1, axis);
    }

    private static GraphValue SparsePlus(GraphWriter g, GraphValue x)
    {
        var between = g.Multiply(g.Square(g.Add(x, 1)), 0.25);
        var above = g.Where(g.Compare("GreaterOrEqual", x, 1), x, between);
        return g.Where(g.Compare("LessOrEqual", x, -1), g.Number(0), above);
    }
}
