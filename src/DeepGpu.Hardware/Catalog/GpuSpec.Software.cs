namespace DeepGpu.Hardware;

public sealed partial record GpuSpec
{
    /// <summary>CUDA compute capability, e.g. 8.6. Null for other vendors.</summary>
    public Version? ComputeCapability { get; init; }

    /// <summary>LLVM target of an AMD processor, e.g. "gfx1100". Null for other vendors.</summary>
    public string? GfxTarget { get; init; }

    /// <summary>The compute platform its maker provides.</summary>
    public GpuPlatform? Platform { get; init; }

    /// <summary>The first release of that platform (CUDA toolkit, ROCm) that supports the card.</summary>
    public Version? FirstToolkit { get; init; }

    /// <summary>The last one. Null with a known first release means that support goes on as of the catalogue's date.</summary>
    public Version? LastToolkit { get; init; }

    /// <summary>The last branch of its maker's driver that supports the card, e.g. 580; null where the newest still does,
    /// or no source says.</summary>
    public int? LastDriverBranch { get; init; }

    /// <summary>The first PyTorch whose wheels run on the card; null where no source says.</summary>
    public Version? FirstPyTorch { get; init; }

    /// <summary>The last PyTorch with a published wheel that runs on the card, built for a toolkit no newer than
    /// <see cref="LastToolkit"/>; null where the newest still does, or no source says.</summary>
    public Version? LastPyTorch { get; init; }

    /// <summary>The last TensorFlow whose published wheel runs on the card; null where the newest still does, or no source says.</summary>
    public Version? LastTensorFlow { get; init; }

    /// <summary>Frameworks with a published build that runs on the card, an older one for cards whose support has ended.</summary>
    public IReadOnlyList<MachineLearningFramework> Frameworks { get; init; } = [];

    /// <summary>Whether the platform's releases support the card, as of the catalogue's date; null where no source says.</summary>
    public ToolkitSupport? ToolkitSupport => (FirstToolkit, LastToolkit) switch
    {
        (_, not null) => Hardware.ToolkitSupport.Ended,
        (not null, null) => Hardware.ToolkitSupport.Current,
        _ => null,
    };
}
