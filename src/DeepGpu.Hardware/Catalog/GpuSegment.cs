namespace DeepGpu.Hardware;

/// <summary>Where a card is meant to be used.</summary>
public enum GpuSegment
{
    /// <summary>A consumer's desktop.</summary>
    Desktop,

    /// <summary>A laptop.</summary>
    Laptop,

    /// <summary>A professional workstation.</summary>
    Workstation,

    /// <summary>A server, often passively cooled.</summary>
    DataCenter,

    /// <summary>An embedded module.</summary>
    Edge,
}
