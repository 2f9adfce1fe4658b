using DeepGpu.Models;
using DeepGpu.Runtime;
using DeepGpu.Weights;

namespace DeepGpu;

/// <summary>Makes live models of descriptions.</summary>
public static class LiveModels
{
    private const int MostShown = 8;

    /// <summary>Makes a live model. Weights are drawn, or come from where the description says: a file,
    /// or a published one that is fetched.</summary>
    /// <param name="spec">The description.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="seed">Decides weights, order of samples and dropout; null draws a seed.</param>
    /// <param name="precision">The formats of layers that name none. Default single precision.</param>
    /// <param name="extensions">The classes of your own that it may have; null for none.</param>
    /// <exception cref="TorchRuntimeException">The native libraries cannot be loaded.</exception>
    /// <exception cref="ModelFormatException">A file with weights is damaged or does not fit, or a class of your own would not come back
    /// from a file as it was.</exception>
    /// <exception cref="DeepGpuException">A layer is neither this library's nor registered with how it runs, or the description has
    /// <see cref="ModelSpec.Obstacles"/>.</exception>
    /// <exception cref="DeepGpuArgumentException">An initializer, regularizer or constraint is neither this library's nor
    /// registered with what it does.</exception>
    /// <exception cref="DownloadException">Published weights cannot be fetched.</exception>
    /// <exception cref="OutOfGpuMemoryException">The weights do not fit into memory.</exception>
    public static Model ToModel(this ModelSpec spec, Device device, int? seed = null, PrecisionPolicy precision = PrecisionPolicy.Float32,
        Extensions? extensions = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(device);
        if (spec.Obstacles.Count > 0) throw new DeepGpuException(NotLive(spec));
        return ProcessEnd.During(() =>
        {
            TorchRuntime.Start();
            var own = extensions ?? Extensions.None;
            Model Make(IReadOnlyList<string> loaded) => new(spec, device, seed ?? Random.Shared.Next(), precision, own, loaded);
            return TorchBorder.Run(nameof(ToModel), () => StartingWeights.Of(spec).Make(Make));
        });
    }

    private static Fault NotLive(ModelSpec spec) => new(
        "onnx_not_live",
        "A model runs where all of its graph is layers that this library has,",
        $"but '{spec.Name}' has {spec.Obstacles.Count} nodes in the way: {string.Join("; ", spec.Obstacles.Take(MostShown))}"
            + $"{(spec.Obstacles.Count > MostShown ? "; and others." : ".")}",
        "Run the file with ONNX Runtime; describe and forecast it here. ModelSpec.Obstacles lists all of them.");

    /// <summary>Makes a live model whose weights are not drawn: each must be loaded.</summary>
    internal static Model ToEmptyModel(this ModelSpec spec, Device device, Extensions extensions)
    {
        ArgumentNullException.ThrowIfNull(device);
        TorchRuntime.Start();
        return new(spec, device, seed: null, PrecisionPolicy.Float32, extensions);
    }
}
