using System.CommandLine;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu inspect FILE: what a file holds, or why it is refused (exit code 3).</summary>
internal static class Inspect
{
    /// <summary>What each kind is read with.</summary>
    private static readonly Dictionary<string, Func<string, InspectOptions, Inspection>> Readers = new(StringComparer.Ordinal)
    {
        ["catalog"] = (path, _) => InspectHardware.Catalog(path),
        ["nvidia-smi"] = (path, options) => InspectHardware.NvidiaSmi(path, options.ExitCode),
        ["sysfs"] = (path, _) => InspectHardware.Sysfs(path),
    };

    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The file to read." };
        var kind = new Option<string?>("--kind") { Description = "What the file is; told from its name where omitted." };
        kind.AcceptOnlyFromAmong([.. Readers.Keys]);
        var exitCode = new Option<int>("--exit-code") { Description = "nvidia-smi: the exit code with which the text was printed. Default 0." };
        var json = Options.Json();
        var command = new Command("inspect", "Show what a file holds, or say why it is refused.") { file, kind, exitCode, json };
        command.SetAction(parsed => Run(parsed.GetValue(file)!.FullName, parsed.GetValue(kind), new(parsed.GetValue(exitCode)), parsed.GetValue(json), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static void Run(string path, string? kind, InspectOptions options, bool json, TextWriter output)
    {
        var inspection = Readers[kind ?? Guess(path)](path, options);
        output.WriteLine(json ? inspection.Json() : inspection.Text());
    }

    /// <summary>The kind from the name.</summary>
    private static string Guess(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".json" => "catalog",
        ".csv" or ".txt" => "nvidia-smi",
        _ => "sysfs",
    };
}

/// <summary>The options of a kind.</summary>
internal sealed record InspectOptions(int ExitCode);

/// <summary>What was found in a file, as text and as JSON.</summary>
internal sealed record Inspection(Func<string> Text, Func<string> Json);
