using DeepGpu.Models;
using DeepGpu.Models.Graphs;
using DeepGpu.Models.Values;

namespace DeepGpu.Weights;

/// <summary>Adds the products of low-rank matrices to the kernels they belong to, as Keras's files hold them: quantised ones are quantised
/// again.</summary>
internal static class LoraMerging
{
    /// <summary>The values of a model's weights as Keras's files hold them.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="values">The weights' values by their names.</param>
    public static Func<string, NDArray> Of(ModelSpec spec, Func<string, NDArray> values)
    {
        var merged = All(spec, values).ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
        return name => merged.TryGetValue(name, out var value) ? value : values(name);
    }

    /// <summary>The weights that change by merging, with their values then.</summary>
    public static IReadOnlyList<(string Name, NDArray Value)> All(ModelSpec spec, Func<string, NDArray> values)
        => [.. AdaptableLayers.Of(spec).Where(node => node.Layer.LoraRank is not null).SelectMany(node => Merged(node, values))];

    private static IEnumerable<(string Name, NDArray Value)> Merged(AdaptableNode node, Func<string, NDArray> values)
    {
        var (form, product) = (node.Form, Product(node, values));
        if (node.Layer.Quantization is not { } quantization)
        {
            var kernel = values(node.Matrix);
            yield return (node.Matrix, AdaptedValues.Like(kernel, [.. ElementNumbers.Of(kernel).Zip(product, (a, b) => a + b)]));
            yield break;
        }

        var known = MatrixQuantizer.Dequantize(QuantizedNames.Read(node, values), form, quantization);
        float[] sums = [.. known.Zip(product, (a, b) => a + (float)b)];
        foreach (var pair in QuantizedNames.Of(node, MatrixQuantizer.Quantize(sums, form, Standard(quantization)))) yield return pair;
    }

    /// <summary>Keras quantises merged kernels with the quantizer of the mode, whatever the config's.</summary>
    private static Quantization Standard(Quantization quantization)
        => quantization is Int8Quantization q ? q with { WeightQuantizer = null } : quantization;

    /// <summary>alpha / rank * (A . B), in Keras's order.</summary>
    private static double[] Product(AdaptableNode node, Func<string, NDArray> values)
    {
        double[] Numbers(string matrix) => ElementNumbers.Of(values(node.Weight($"lora_{node.Form.Name}_{matrix}")));
        var (a, b) = (Numbers("a"), Numbers("b"));
        var (rank, last) = (node.Layer.LoraRank!.Value, node.Form.Shape[^1]);
        var product = new double[node.Form.Count];
        for (var i = 0; i < product.Length; i++)
        {
            var (row, column, sum) = (i / last, i % last, 0.0);
            for (var r = 0; r < rank; r++) sum += a[row * rank + r] * b[r * last + column];
            product[i] = node.Layer.LoraScale * sum;
        }

        return product;
    }
}

/// <summary>The names of a quantised layer's weights.</summary>
internal static class QuantizedNames
{
    /// <summary>A quantised matrix as the layer's weights.</summary>
    public static IEnumerable<(string Name, NDArray Value)> Of(AdaptableNode node, QuantizedMatrix matrix)
    {
        yield return (node.Matrix, matrix.Values);
        yield return (node.Weight($"{node.Form.Name}_scale"), matrix.Scale);
        if (matrix.Zero is { } zero) yield return (node.Weight($"{node.Form.Name}_zero"), zero);
    }

    /// <summary>The quantised matrix of a layer.</summary>
    public static QuantizedMatrix Read(AdaptableNode node, Func<string, NDArray> values) => new(
        values(node.Matrix),
        values(node.Weight($"{node.Form.Name}_scale")),
        node.Layer.Quantization is Int4Quantization { BlockSize: not null } ? values(node.Weight($"{node.Form.Name}_zero")) : null);
}
