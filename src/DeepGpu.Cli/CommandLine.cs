using System.CommandLine;
using DeepGpu.Cli.Commands;

namespace DeepGpu.Cli;

/// <summary>The commands, and how each ends: 0 done, 1 a problem was found, 2 wrong usage, 3 a file or argument was refused.</summary>
internal static class CommandLine
{
    public const int Problem = 1;
    public const int Refused = 3;

    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("Which GPU to choose, what a model needs, and whether this machine is ready.") { Doctor.Create(), Gpus.Create(), Summary.Create(), Inspect.Create() };
        var parsed = root.Parse(args);
        var json = args.Contains("--json");
        try
        {
            return parsed.Invoke(new() { EnableDefaultExceptionHandler = false, Output = output, Error = errors });
        }
        catch (Exception e) when (e is IFaultSource or IOException or UnauthorizedAccessException)
        {
            ErrorReport.Write(e, json ? output : errors, json);
            return Refused;
        }
    }
}
