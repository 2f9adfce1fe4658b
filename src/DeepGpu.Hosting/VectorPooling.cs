using System.Numerics.Tensors;

namespace DeepGpu.Hosting;

/// <summary>Vectors out of a model's output.</summary>
internal static class VectorPooling
{
    /// <summary>One vector a sample.</summary>
    /// <param name="output">(samples, dimensions), or (samples, steps, dimensions).</param>
    /// <param name="mask">1 at tokens, 0 at padding: (samples, steps).</param>
    /// <param name="pooling">How the steps become one.</param>
    /// <param name="normalize">Whether the length becomes 1.</param>
    public static IEnumerable<float[]> Vectors(NDArray output, NDArray? mask, EmbeddingPooling pooling, bool normalize)
    {
        if (output.Type != DataType.Float32 || output.Rank is not (2 or 3) || (output.Rank == 3 && mask is null)) throw NoVectors(output);
        for (var sample = 0; sample < output.Shape[0]; sample++)
        {
            var vector = output.Rank == 2 ? output.Slice(sample, 1).ToArray<float>()
                : Pooled(output.Slice(sample, 1), mask!.Slice(sample, 1).AsSpan<int>(), pooling);
            yield return normalize ? Normalized(vector) : vector;
        }
    }

    private static float[] Pooled(NDArray steps, ReadOnlySpan<int> mask, EmbeddingPooling pooling)
    {
        var values = steps.AsSpan<float>();
        var length = steps.Shape[2];
        return pooling switch
        {
            EmbeddingPooling.First => values[..length].ToArray(),
            EmbeddingPooling.Last => values.Slice(Math.Max(mask.LastIndexOf(1), 0) * length, length).ToArray(),
            _ => Mean(values, mask, length),
        };
    }

    private static float[] Mean(ReadOnlySpan<float> values, ReadOnlySpan<int> mask, int length)
    {
        var sum = new float[length];
        var count = 0;
        for (var step = 0; step < mask.Length; step++)
        {
            if (mask[step] == 0) continue;
            TensorPrimitives.Add(sum, values.Slice(step * length, length), sum);
            count++;
        }

        TensorPrimitives.Divide(sum, (float)Math.Max(count, 1), sum);
        return sum;
    }

    /// <summary>A vector of zeros stays.</summary>
    private static float[] Normalized(float[] vector)
    {
        var norm = TensorPrimitives.Norm(vector);
        if (norm > 0) TensorPrimitives.Divide(vector, norm, vector);
        return vector;
    }

    private static DeepGpuException NoVectors(NDArray output) => new(new("embedding_output",
        "A model of embeddings gives Float32 (samples, dimensions), or (texts, steps, dimensions),", $"but this one gives {output}.",
        "Choose another TextEmbeddingOptions.Output, or end the model in a layer that gives vectors."));
}
