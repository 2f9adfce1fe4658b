using DeepGpu.Models;
using DeepGpu.Models.Layers;

namespace DeepGpu.Export;

/// <summary>Kernels with LoRA beside them, which is added, and kernels kept in 8 or 4 bits.</summary>
internal static class AdaptedRules
{
    /// <summary>A layer's kernel with its adapter added.</summary>
    public static GraphValue Kernel(IAdaptable layer, ExportContext context)
        => context.Keep("kernel", () => WithLora(layer, context, "kernel", context.Numbers("kernel")));

    /// <summary>The vectors of an embedding, in full precision, with its adapter added.</summary>
    public static GraphValue Table(Embedding layer, ExportContext context)
    {
        IAdaptable adapted = layer;
        return context.Keep("embeddings", () => WithLora(layer, context, "embeddings", layer.Quantization is null
            ? context.Numbers("embeddings") : QuantizedNumbers.Dequantized(adapted.Form(new Shape(null, 1)), layer, context)));
    }

    /// <summary>A product with a quantised kernel, and its bias.</summary>
    public static GraphValue Product(IAdaptable layer, ExportContext context, GraphValue x, string equation)
    {
        var g = context.Graph;
        if (layer.Quantization is Float8Quantization) return Float8Rules.Product(context, x, equation);
        var output = Quantized(layer, context, x, equation);
        if (layer.LoraRank is not null)
        {
            var adapter = context.Keep("lora_kernel", () => Adapter(layer.LoraScale, context, "", "kernel"));
            output = g.Add(output, Einsum(g, equation, x, adapter));
        }

        return context.OptionalWeight("bias") is { } bias ? g.Add(output, bias) : output;
    }

    /// <summary>A product of an input and a kernel by their letters.</summary>
    public static GraphValue Einsum(GraphWriter g, string equation, GraphValue x, GraphValue kernel)
    {
        var (input, matrix, output) = Models.Layers.Einsum.Letters(equation, x.Rank);
        if (matrix.Length == 2 && input[^1] == matrix[0] && output == input[..^1] + matrix[1]) return g.MatMul(x, kernel);
        var lengths = input.Zip(x.Shape.Axes).Concat(matrix.Zip(kernel.Shape.Axes)).DistinctBy(axis => axis.First)
            .ToDictionary(axis => axis.First, axis => axis.Second);
        return g.Einsum($"{input},{matrix}->{output}", [x, kernel], new(output.Select(letter => lengths[letter])));
    }

    /// <summary>The kernel of a layer's part with the part's adapter added.</summary>
    public static WeightNumbers WithLora(WeightNumbers kernel, LoraAdapter? adapter, ExportContext context) => adapter is null ? kernel
        : Sum(kernel, Adapter((adapter.Alpha ?? adapter.Rank) / adapter.Rank, context, adapter.Layer + "/", "kernel"));

    private static WeightNumbers WithLora(IAdaptable layer, ExportContext context, string name, WeightNumbers kernel)
        => layer.LoraRank is null ? kernel : Sum(kernel, Adapter(layer.LoraScale, context, "", name));

    private static WeightNumbers Sum(WeightNumbers kernel, WeightNumbers added)
        => kernel with { Data = [.. kernel.Data.Zip(added.Data, (a, b) => a + b)] };

    private static WeightNumbers Adapter(double scale, ExportContext context, string prefix, string name)
    {
        var (a, b) = (context.Numbers($"{prefix}lora_{name}_a"), context.Numbers($"{prefix}lora_{name}_b"));
        var (rank, columns) = (b.Shape[0], b.Shape[1]);
        var product = WeightNumbers.Of([a.Data.Length / rank, columns], at => scale
            * Enumerable.Range(0, rank).Sum(i => (double)a.Data[at[0] * rank + i] * b.Data[i * columns + at[1]]));
        return product.Reshape([.. a.Shape[..^1], columns]);
    }

    private static GraphValue Quantized(IAdaptable layer, ExportContext context, GraphValue x, string equation)
    {
        var (g, form) = (context.Graph, layer.Form(x.Shape));
        var quantizer = layer.Quantization is Int8Quantization whole ? whole.ActivationQuantizer
            : ((Int4Quantization)layer.Quantization!).ActivationQuantizer;
        GraphValue Dequantized() => context.Keep("kernel", () => QuantizedNumbers.Dequantized(form, layer, context));
        if (quantizer is null) return Einsum(g, equation, x, Dequantized());
        var letters = Models.Layers.Einsum.Letters(equation, x.Rank);
        var (values, scale) = AbsMax(g, x, quantizer, [.. letters.Input.Index().Where(l => !letters.Output.Contains(l.Item))
            .Select(l => l.Index)]);
        var aligned = Aligned(g, scale, letters.Input, letters.Output);
        return layer.Quantization is Int8Quantization
            ? g.Divide(Einsum(g, equation, values, context.Weight("kernel")), g.Multiply(context.Weight("kernel_scale"), aligned))
            : g.Divide(Einsum(g, equation, values, Dequantized()), aligned);
    }

    /// <summary>Values rounded to whole numbers between limits, and the scale of each row.</summary>
    private static (GraphValue Values, GraphValue Scale) AbsMax(GraphWriter g, GraphValue x, AbsMaxQuantizer quantizer, int[] axes)
    {
        var most = g.Add(g.Reduce("ReduceMax", g.Unary("Abs", x), axes, keepsAxes: true), quantizer.Epsilon);
        var scale = g.Multiply(g.Unary("Reciprocal", most), quantizer.High);
        return (g.Clip(g.Unary("Round", g.Multiply(x, scale)), quantizer.Low, quantizer.High), scale);
    }

    /// <summary>The scale of an input's rows, along the axes of the product.</summary>
    private static GraphValue Aligned(GraphWriter g, GraphValue scale, string input, string output)
    {
        var kept = output.Where(letter => input.Contains(letter)).Select(letter => input.IndexOf(letter)).ToList();
        var ordered = g.Transpose(scale, [.. kept, .. Enumerable.Range(0, input.Length).Except(kept)]);
        var at = 0;
        return g.Reshape(ordered, [.. output.Select(letter => input.Contains(letter) ? Dim.Along(ordered, at++) : 1)]);
    }
}
