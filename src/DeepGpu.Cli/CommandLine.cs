using System.CommandLine;
using DeepGpu.Cli.Commands;

namespace DeepGpu.Cli;

/// <summary>The commands, and how each ends: 0 done, 1 a problem was found, 2 wrong usage, 3 a file or argument was refused.</summary>
internal static class CommandLine
{
    public const int Problem = 1;
    public const int WrongUsage = 2;
    public const int Refused = 3;

    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("Which GPU to choose, what a model needs, and whether this machine is ready.") { Doctor.Create(), Gpus.Create(), Detect.Create(), Summary.Create(), Inspect.Create(), Predict.Create(), ConvertFile.Create(), Forecast.Create(), Choose.Create() };
        var parsed = root.Parse(args);
        var json = args.Contains("--json");
        if (json && parsed.Errors.Count > 0) return Refuse(parsed.Errors, output);
        try
        {
            var code = parsed.Invoke(new() { EnableDefaultExceptionHandler = false, Output = output, Error = errors });
            return parsed.Errors.Count > 0 ? WrongUsage : code;
        }
        catch (Exception e) when (e is IFaultSource or IOException or UnauthorizedAccessException)
        {
            ErrorReport.Write(e, json ? output : errors, json);
            return Refused;
        }
    }

    private static int Refuse(IEnumerable<System.CommandLine.Parsing.ParseError> faults, TextWriter output)
    {
        var said = string.Join(" ", faults.Select(fault => fault.Message));
        ErrorReport.Write(new DeepGpuArgumentException(new("wrong_usage", "The command must be written as its help says,", $"but: {said}", "Run it with --help."), null), output, json: true);
        return WrongUsage;
    }
}
