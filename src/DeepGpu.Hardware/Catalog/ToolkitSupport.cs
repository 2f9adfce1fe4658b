namespace DeepGpu.Hardware;

/// <summary>Whether a vendor's platform still supports a card.</summary>
public enum ToolkitSupport
{
    /// <summary>The newest release supports it.</summary>
    Current,

    /// <summary>An older release was the last.</summary>
    Ended,
}
