using System.CommandLine;
using DeepGpu.Cli.Commands;
using DeepGpu.Cli.Output;

namespace DeepGpu.Cli;

/// <summary>The commands, and how each ends: 0 done, 1 a problem was found, 2 wrong usage, 3 a file or argument was refused.</summary>
internal static class CommandLine
{
    /// <summary>An argument means itself: none that begins with '@' is read as a file of arguments.</summary>
    private static readonly ParserConfiguration Plain = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs a command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Where results go, made printable.</param>
    /// <param name="errors">Where errors go, made printable.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        using var results = new PrintableWriter(output);
        using var faults = new PrintableWriter(errors);
        return Run(Root(args), args, results, faults);
    }

    private static readonly CommandRow[] Commands =
    [
        new(Doctor.Name, Doctor.About, Doctor.Create), new(Gpus.Name, Gpus.About, Gpus.Create),
        new(Detect.Name, Detect.About, Detect.Create), new(Summary.Name, Summary.About, Summary.Create),
        new(Inspect.Name, Inspect.About, Inspect.Create), new(Predict.Name, Predict.About, Predict.Create),
        new(ConvertFile.Name, ConvertFile.About, ConvertFile.Create), new(Forecast.Name, Forecast.About, Forecast.Create),
        new(Choose.Name, Choose.About, Choose.Create), new(Plot.Name, Plot.About, Plot.Create),
        new(Check.Name, Check.About, Check.Create),
    ];

    /// <summary>The command that the arguments name with its options; the others by name and description alone, so that the tool
    /// starts without making them.</summary>
    private static Command Root(IReadOnlyList<string> args)
    {
        var root = new Command("deepgpu", "Which GPU to choose, what a model needs, and whether this machine is ready.")
        {
            new System.CommandLine.Help.HelpOption { Recursive = true }, new VersionOption(),
        };
        foreach (var row in Commands) root.Add(args.Contains(row.Name) ? row.Create() : new(row.Name, row.About));
        return root;
    }

    private static int Run(Command root, string[] args, PrintableWriter output, PrintableWriter errors)
    {
        var parsed = root.Parse(args, Plain);
        var json = args.Contains("--json");
        if (parsed.Errors.Count > 0) return json ? Refuse(parsed.Errors, output) : Explain(root, args, output, errors);
        try
        {
            return parsed.Invoke(new() { EnableDefaultExceptionHandler = false, Output = output, Error = errors });
        }
        catch (Exception e) when (e is IFaultSource or IOException or UnauthorizedAccessException)
        {
            ErrorReport.Write(e, json ? output : errors, json);
            return ExitCode.Refused;
        }
    }

    /// <summary>What is wrong, and the help. Both repeat arguments, which are made printable first: a line end in one would look like one
    /// of ours.</summary>
    private static int Explain(Command root, string[] args, PrintableWriter output, PrintableWriter errors)
    {
        var shown = root.Parse([.. args.Select(PrintableText.Of)], Plain);
        if (shown.Errors.Count > 0) shown.Invoke(new() { EnableDefaultExceptionHandler = false, Output = output, Error = errors });
        return ExitCode.WrongUsage;
    }

    private static int Refuse(IEnumerable<System.CommandLine.Parsing.ParseError> faults, TextWriter output)
    {
        var said = string.Join(" ", faults.Select(fault => fault.Message));
        ErrorReport.Write(new DeepGpuArgumentException(new("wrong_usage", "The command must be written as its help says,", $"but: {said}",
            "Run it with --help."), null), output, json: true);
        return ExitCode.WrongUsage;
    }
}

/// <summary>A command: its name, what it does, and how it is made with its options.</summary>
internal sealed record CommandRow(string Name, string About, Func<Command> Create);
