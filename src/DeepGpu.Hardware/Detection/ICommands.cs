namespace DeepGpu.Hardware.Detection;

/// <summary>Runs commands of the machine.</summary>
internal interface ICommands
{
    /// <summary>Where a command is in the system's folders, or null. The working folder is never searched.</summary>
    string? Find(string name);

    /// <summary>Runs a command to its end, or ends it and its children when the time is over.</summary>
    Task<CommandResult> RunAsync(string path, IEnumerable<string> arguments, TimeSpan timeout, CancellationToken cancellationToken);
}

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Its exit code; null where it was ended or could not start.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="End">How it ended.</param>
internal sealed record CommandResult(int? ExitCode, string Output, CommandEnd End);

/// <summary>How a command ended.</summary>
internal enum CommandEnd
{
    Exited,
    TimedOut,
    WroteTooMuch,
    NotStarted,
}
