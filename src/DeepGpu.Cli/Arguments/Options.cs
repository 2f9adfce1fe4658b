using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace DeepGpu.Cli;

/// <summary>Options that several commands have.</summary>
internal static class Options
{
    public static Option<bool> Json() => new("--json") { Description = "Print JSON instead of text." };

    /// <summary>A number above 0, with a point in every culture.</summary>
    public static Option<double?> Number(string name, string description)
        => new(name) { Description = description, HelpName = "number", CustomParser = ParseNumber };

    /// <summary>A whole number, at least 1.</summary>
    public static Option<int> Count(string name, string description, int standard)
        => new(name) { Description = description, HelpName = "count", DefaultValueFactory = _ => standard, CustomParser = ParseCount };

    /// <summary>One of some words, whatever their case.</summary>
    public static Option<T?> Word<T>(string name, string description, IReadOnlyDictionary<string, T> words)
        where T : struct
        => new(name)
        {
            Description = description + ".",
            HelpName = string.Join('|', words.Keys),
            CustomParser = argument => ParseWord(argument, words)
        };

    /// <summary>The members of an enumeration as words: "DataCenter" is "datacenter".</summary>
    public static IReadOnlyDictionary<string, T> Words<T>()
        where T : struct, Enum
        => Enum.GetValues<T>().ToDictionary(value => value.ToString().ToLowerInvariant(), StringComparer.OrdinalIgnoreCase);

    private static double? ParseNumber(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var number)
            && number > 0 && double.IsFinite(number))
            return number;
        argument.AddError($"{Name(argument)} must be a number above 0, but is '{text}'. Write it with a point, e.g. 12.5.");
        return null;
    }

    private static int ParseCount(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0) return number;
        argument.AddError($"{Name(argument)} must be a whole number, at least 1, but is '{text}'. Write it in digits.");
        return 1;
    }

    private static T? ParseWord<T>(ArgumentResult argument, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        var text = argument.Tokens[0].Value;
        if (words.TryGetValue(text, out var value)) return value;
        argument.AddError($"{Name(argument)} must be one of {string.Join(", ", words.Keys)}, but is '{text}'. Use one of these words.");
        return null;
    }

    private static string Name(ArgumentResult argument) => (argument.Parent as OptionResult)?.Option.Name ?? argument.Argument.Name;

    public static Option<DirectoryInfo?> LibTorch()
        => new("--libtorch")
        {
            Description = "The lib folder of a PyTorch install; else the environment variable LIBTORCH, else the NuGet package cache."
        };

    public static Option<string?> InputShape()
        => new("--input-shape")
        {
            Description = "The first input's shape, the batch left out, e.g. 224,224,3; 'none' leaves a length open."
        };

    public static Option<int?> TimeSteps()
        => new("--time-steps") { Description = "The number of time steps where the model leaves it open." };
}
