using System.CommandLine;

namespace DeepGpu.Cli;

/// <summary>Options that several commands have.</summary>
internal static class Options
{
    public static Option<bool> Json() => new("--json") { Description = "Print JSON instead of text." };
}
