namespace DeepGpu.Hardware;

/// <summary>Something about a GPU that a user should look at.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">The rule, the figures, and what to do.</param>
public sealed record GpuWarning(GpuWarningKind Kind, string Text)
{
    /// <summary>The text.</summary>
    public override string ToString() => Text;
}

/// <summary>What a warning is about.</summary>
public enum GpuWarningKind
{
    /// <summary>The PCI Express link is slower than it could be.</summary>
    LinkBelowMaximum,

    /// <summary>Nearly all memory is in use.</summary>
    MemoryNearlyFull,

    /// <summary>The clock is held down by heat or power.</summary>
    Throttling,

    /// <summary>The newest toolkit does not support the card.</summary>
    SupportEnded,

    /// <summary>The driver is older than the card needs.</summary>
    DriverTooOld,

    /// <summary>The toolkit installed on this machine is older than the card needs.</summary>
    ToolkitTooOld,

    /// <summary>The toolkit installed on this machine no longer supports the card.</summary>
    ToolkitTooNew,

    /// <summary>The driver printed a message beside the card's readings.</summary>
    DriverMessage,
}
