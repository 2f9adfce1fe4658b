namespace DeepGpu.Cli;

/// <summary>How a command ends where not with 0, done.</summary>
internal static class ExitCode
{
    /// <summary>A problem was found.</summary>
    public const int Problem = 1;

    /// <summary>The command was not written as its help says.</summary>
    public const int WrongUsage = 2;

    /// <summary>A file or argument was refused.</summary>
    public const int Refused = 3;
}
