using System.CommandLine;

namespace DeepGpu.Cli.Arguments;

/// <summary>What --precision names: a number format of any model, or how a language model's weights are stored.</summary>
/// <param name="Format">The number format; null where only stored weights are called so.</param>
/// <param name="Text">The word.</param>
internal sealed record PrecisionWord(NumberFormat? Format, string Text)
{
    public static Option<PrecisionWord?> Create(string name, string description) => new(name)
    {
        Description = description + ".",
        HelpName = string.Join('|', OptionWords.Precisions.Keys),
        CustomParser = argument =>
        {
            var text = argument.Tokens[0].Value;
            if (OptionWords.Precisions.TryGetValue(text, out var format)) return new(format, text);
            if (WeightFormat.TryFind(text, out _)) return new(null, text);
            argument.AddError($"{name} must be one of {string.Join(", ", OptionWords.Precisions.Keys)}, "
                + $"but is '{text}'. Use one of these words.");
            return null;
        },
    };

    /// <summary>The number format of a model that is no language model.</summary>
    /// <exception cref="DeepGpuArgumentException">Only a language model's weights are stored so.</exception>
    public NumberFormat OfModel() => Format ?? throw new DeepGpuArgumentException(new(
        "precision_of_weights", "Weights are stored in blocks only where MODEL is a transformer's config.json,",
            $"but --precision is {Text}.",
        $"Pass one of {string.Join(", ", OptionWords.Precisions.Keys)}, or a config.json."), "precision");
}
