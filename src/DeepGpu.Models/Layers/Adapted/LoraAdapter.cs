using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>Two matrices A and B of a rank, trained beside one frozen kernel of a layer that has several: kernel + alpha / rank * (A . B)
/// takes its place. Hu et al., 2021, https://arxiv.org/abs/2106.09685.</summary>
public sealed record LoraAdapter
{
    /// <summary>Creates the matrices of a kernel.</summary>
    /// <param name="layer">The name of the part whose kernel it is, as in the names of its weights, e.g. "query_dense".</param>
    /// <param name="rank">The rank, at least 1.</param>
    /// <param name="alpha">How much the product of A and B counts; null for as much as the rank: a factor of 1.</param>
    /// <exception cref="DeepGpuArgumentException">The rank is below 1, or alpha is not finite.</exception>
    public LoraAdapter(string layer, int rank, double? alpha = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(layer);
        (Layer, Rank, Alpha) = (layer, rank, alpha);
    }

    /// <summary>The name of the part whose kernel it is, as in the names of its weights, e.g. "query_dense".</summary>
    public string Layer { get; init; }

    /// <summary>The rank, at least 1.</summary>
    public int Rank { get; init => field = Require.AtLeast(value, 1, nameof(LoraAdapter), nameof(Rank)); }

    /// <summary>How much the product of A and B counts; null for as much as the rank: a factor of 1.</summary>
    public double? Alpha { get; init => field = Lora.CheckedAlpha(value, nameof(LoraAdapter)); }
}
