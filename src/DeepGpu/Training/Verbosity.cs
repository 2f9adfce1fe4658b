namespace DeepGpu;

/// <summary>What <c>Fit</c> writes to the console: Keras's <c>verbose</c>.</summary>
public enum Verbosity
{
    /// <summary>A bar in a terminal, one line an epoch where the output goes to a file; nothing where
    /// <see cref="FitOptions.Progress"/> is told, or where the switch "DeepGpu.Silent" of <see cref="AppContext"/> is on.</summary>
    Auto,

    /// <summary>Nothing.</summary>
    Silent,

    /// <summary>A bar that moves, with the time left.</summary>
    Bar,

    /// <summary>One line an epoch.</summary>
    Lines,
}
