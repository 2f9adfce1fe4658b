using Microsoft.Extensions.Logging;

namespace DeepGpu;

/// <summary>How the native libraries are found. Give it to <see cref="TorchRuntime.Start"/> before anything else uses torch.</summary>
public sealed record TorchRuntimeOptions
{
    /// <summary>A folder with libtorch, of a PyTorch install for example (".../site-packages/torch/lib").
    /// Default: the environment variable LIBTORCH, else the referenced package.</summary>
    /// <remarks>An absolute path; a relative one is refused, because it would load code from the working folder. It is trusted as it
    /// is.</remarks>
    public string? LibTorchFolder { get; init; } = Environment.GetEnvironmentVariable("LIBTORCH") is { Length: > 0 } folder ? folder : null;

    /// <summary>Whether TorchSharp's native library may be copied and its libstdc++ version marked optional where the system's is
    /// older. Default true.</summary>
    public bool AllowOlderLibstdcxx { get; init; } = true;

    /// <summary>Whether the engine's numbers are checked before they are used. Default <see cref="TorchNumerics.Check"/>.</summary>
    public TorchNumerics Numerics { get; init; }

    /// <summary>Told once if the engine computes wrong and what was switched for it. Default none: the report tells as well.</summary>
    public ILogger? Logger { get; init; }
}
