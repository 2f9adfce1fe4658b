using System.CommandLine;

namespace DeepGpu.Cli;

/// <summary>Options that several commands have.</summary>
internal static class Options
{
    public static Option<bool> Json() => new("--json") { Description = "Print JSON instead of text." };

    public static Option<string?> InputShape() => new("--input-shape") { Description = "The first input's shape, the batch left out, e.g. 224,224,3; 'none' leaves a length open." };

    public static Option<int?> TimeSteps() => new("--time-steps") { Description = "The number of time steps where the model leaves it open." };
}
