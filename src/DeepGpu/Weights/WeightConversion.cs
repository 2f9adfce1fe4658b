using DeepGpu.Formats;

namespace DeepGpu.Weights;

/// <summary>Values of a weight that are worked out from tensors of a file.</summary>
/// <param name="Sources">The tensors.</param>
/// <param name="Convert">Makes the values of the tensors' arrays.</param>
internal sealed record WeightConversion(IReadOnlyList<TensorEntry> Sources, Func<IReadOnlyList<NDArray>, NDArray> Convert)
{
    /// <summary>The values.</summary>
    public NDArray Read(TensorFile file) => Convert([.. Sources.Select(file.Read)]);

    /// <summary>A tensor of the file with what it becomes.</summary>
    /// <param name="shape">The shape of the values.</param>
    /// <param name="sources">The tensors.</param>
    /// <param name="convert">Makes the values.</param>
    public static StoredWeight Of(IEnumerable<long> shape, IReadOnlyList<StoredWeight> sources, Func<IReadOnlyList<NDArray>,
        NDArray> convert)
    {
        var first = sources[0].Tensor;
        var name = string.Join(" + ", sources.Select(source => source.Tensor.Name));
        return new(sources[0].Leaf, new TensorEntry(name, first.Type, [.. shape]))
        {
            Conversion = new([.. sources.Select(source => source.Tensor)], convert),
        };
    }
}
