using System.Collections.Immutable;

namespace DeepGpu;

/// <summary>How a language model goes on with a prompt.</summary>
public sealed record GenerationOptions
{
    /// <summary>The most words that are added, at least 1; null, the default, for 128, or fewer where the model's positions end.</summary>
    public int? MaxNewTokens
    {
        get; init => field = value is { } n ? Require.AtLeast(n, 1, nameof(GenerationOptions), nameof(MaxNewTokens)) : null;
    }

    /// <summary>What logits are divided by before one is drawn, at least 0: below 1 likely words grow likelier. 0, the default, takes the
    /// likeliest word and draws nothing: greedy.</summary>
    public double Temperature { get; init => field = Require.AtLeast(value, 0, nameof(GenerationOptions), nameof(Temperature)); }

    /// <summary>Draws only among this many likeliest words (and those as likely as the last of them), at least 1; null, the default, for
    /// all. Fan et al., 2018, https://arxiv.org/abs/1805.04833.</summary>
    public int? TopK { get; init => field = value is { } n ? Require.AtLeast(n, 1, nameof(GenerationOptions), nameof(TopK)) : null; }

    /// <summary>Draws only among the fewest likeliest words whose shares add up to at least this, above 0 and at most 1, after
    /// <see cref="TopK"/>; null, the default, for all. Holtzman et al., 2019, https://arxiv.org/abs/1904.09751.</summary>
    public double? TopP
    {
        get;
        init => field = value is null or > 0 and <= 1 ? value
            : throw Require.OutOfRange(nameof(GenerationOptions), nameof(TopP), "above 0 and at most 1", value);
    }

    /// <summary>The words that end a sequence; they are not among those yielded. Default none; where a <see cref="Tokenizer"/> is passed,
    /// its "eos_token" ends a text in any case.</summary>
    public ImmutableArray<int> StopTokens { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The texts that end a text, at least a letter each; they are not part of it, however they are divided into words. They need
    /// a <see cref="Tokenizer"/>. Default none.</summary>
    public ImmutableArray<string> StopTexts
    {
        get;
        init => field = value.IsDefault ? [] : !value.Any(string.IsNullOrEmpty) ? value
            : throw Require.OutOfRange(nameof(GenerationOptions), nameof(StopTexts), "texts of at least one letter", "an empty one");
    } = [];

    /// <summary>Decides what is drawn; null draws a seed. Each sequence of a batch has numbers of its own. The same seed, model and machine
    /// give the same words.</summary>
    public int? Seed { get; init; }

    /// <summary>Whether keys and values of earlier steps are kept, so that each word costs one step; else each runs over all. Null, the
    /// default, keeps them where every layer can. The words are the same.</summary>
    public bool? UseCache { get; init; }
}
