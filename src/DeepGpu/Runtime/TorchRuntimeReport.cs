using DeepGpu.Runtime;

namespace DeepGpu;

/// <summary>What was found of the native libraries, what was loaded from where, and what is wrong.</summary>
public sealed record TorchRuntimeReport
{
    /// <summary>Whether torch can be used.</summary>
    public required bool IsUsable { get; init; }

    /// <summary>The managed TorchSharp's version.</summary>
    public required string TorchSharpVersion { get; init; }

    /// <summary>The libtorch release TorchSharp is built for.</summary>
    public required string ExpectedLibTorchVersion { get; init; }

    /// <summary>The libtorch release found; null where its folder does not say.</summary>
    public string? LibTorchVersion { get; init; }

    /// <summary>The processor's name for itself; null where it has none to tell.</summary>
    public string? Processor { get; } = ProcessorCaches.Name();

    /// <summary>The build id of libtorch's file, which no other build has; null where it carries none.</summary>
    public string? LibTorchBuildId { get; init; }

    /// <summary>The folder libtorch comes from; null if none was found.</summary>
    public string? LibTorchFolder { get; init; }

    /// <summary>How that folder was found: "LIBTORCH", "application" or "NuGet package cache".</summary>
    public string? LibTorchSource { get; init; }

    /// <summary>The TorchSharp native library that is loaded: the package's own, or what the private copy for an older libstdc++ was made
    /// of.</summary>
    public string? TorchSharpNativeFile { get; init; }

    /// <summary>Whether not that file itself is loaded but a private copy for an older libstdc++, from memory.</summary>
    public bool IsPatchedCopy { get; init; }

    /// <summary>Whether libtorch was built with CUDA.</summary>
    public bool HasCudaLibraries { get; init; }

    /// <summary>Whether libtorch computes right on this processor, and what was switched so that it does.</summary>
    public EngineCheck Engine { get; init; } = new();

    /// <summary>Every problem, each with a remedy; empty when all is well.</summary>
    public required IReadOnlyList<Fault> Problems { get; init; }
}
