namespace DeepGpu.Export;

/// <summary>Products whose inputs and kernel are rounded to 8 bits, four of them the exponent (E4M3), as Keras's float8 layers
/// do.</summary>
internal static class Float8Rules
{
    private const int Mantissa = 3;

    private const int LowestExponent = -6;

    private const int HighestExponent = 8;

    private const double Largest = 448;

    private static readonly double[] Powers = [.. Enumerable.Range(LowestExponent, HighestExponent - LowestExponent + 1)
        .Select(exponent => Math.ScaleB(1, exponent))];

    public static GraphValue Product(ExportContext context, GraphValue x, string equation)
    {
        var g = context.Graph;
        var kernel = context.Keep("kernel", () => Rounded(context.Numbers("kernel"), context.Numbers("kernel_scale").Data[0]));
        var product = AdaptedRules.Einsum(g, equation, Rounded(g, x, context.Numbers("inputs_scale").Data[0]), kernel);
        return context.OptionalWeight("bias", bias => bias.Map(Shortened)) is { } added ? g.Add(product, added) : product;
    }

    private static WeightNumbers Rounded(WeightNumbers numbers, float scale) => numbers.Map(number =>
    {
        var x = Math.Clamp(number / scale, -(float)Largest, (float)Largest);
        var step = (float)Math.ScaleB(Powers[Math.Max(0, Powers.Count(power => power <= Math.Abs(x)) - 1)], -Mantissa);
        return MathF.Round(x / step) * step * scale;
    });

    /// <summary>Each number to the nearest multiple of the step that its power of two has.</summary>
    private static GraphValue Rounded(GraphWriter g, GraphValue input, float scale)
    {
        var x = g.Clip(g.Divide(input, scale), -Largest, Largest);
        var reached = g.Compare("GreaterOrEqual", g.Unsqueeze(g.Unary("Abs", x), -1), g.Floats(Powers));
        var count = g.Sum(g.Cast(reached, DataType.Float32), [-1], keepsAxes: false);
        var place = g.Cast(g.Clip(g.Subtract(count, 1), 0, null), DataType.Int64);
        var step = g.Gather(g.Floats(Powers.Select(power => Math.ScaleB(power, -Mantissa))), place, 0);
        return g.Multiply(g.Multiply(g.Unary("Round", g.Divide(x, step)), step), scale);
    }

    /// <summary>The nearest number of bfloat16, halves to the even one.</summary>
    private static float Shortened(float number)
    {
        var bits = BitConverter.SingleToUInt32Bits(number);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000);
    }
}
