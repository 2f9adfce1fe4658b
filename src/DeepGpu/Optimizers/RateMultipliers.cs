using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Finds the factor of the learning rate for each weight.</summary>
internal sealed class RateMultipliers
{
    private readonly LayerRate[] _longestFirst;

    /// <summary>Checks that each factor is of some weight.</summary>
    /// <exception cref="DeepGpuArgumentException">A factor fits no weight of the model.</exception>
    public RateMultipliers(Optimizer options, IReadOnlyList<LiveWeight> weights)
    {
        _longestFirst = [.. options.LayerRates.OrderByDescending(rate => rate.Layer.TrimEnd('*').Length)];
        foreach (var rate in _longestFirst.Where(rate => !weights.Any(weight => rate.Covers(weight.Name)))) throw Unknown(rate, weights);
    }

    /// <summary>The factor of the longest name that fits a weight; 1 if none does.</summary>
    public double Of(LiveWeight weight)
        => Array.Find(_longestFirst, rate => rate.Covers(weight.Name)) is { Layer: not null } rate ? rate.Multiplier : 1;

    private static DeepGpuArgumentException Unknown(LayerRate rate, IReadOnlyList<LiveWeight> weights)
    {
        var layers = weights.Select(weight => weight.Name.Split('/')[0]).Distinct().ToList();
        return new(
            new(
                "unknown_layer",
                "A factor of the learning rate must be for layers with weights,",
                $"but no weight is of '{rate.Layer}': there are {string.Join(", ", layers.Take(8))}{(layers.Count > 8 ? ", ..." : "")}.",
                "Use a layer's name, or the beginning of several names and '*'."),
            nameof(rate));
    }
}
