using DeepGpu.Models;

namespace DeepGpu.Generation;

/// <summary>What is known of a model and prompts before the first word is generated.</summary>
/// <param name="Spec">The model.</param>
/// <param name="Words">How many words there are.</param>
/// <param name="MaxNewTokens">The most words that are added to a prompt.</param>
/// <param name="MostSteps">The most steps of a sequence.</param>
/// <param name="UsesCache">Whether what earlier steps need is kept.</param>
internal sealed record LanguageModelCheck(ModelSpec Spec, int Words, int MaxNewTokens, int MostSteps, bool UsesCache)
{
    private const int DefaultNewTokens = 128;

    private readonly RotaryScaling[] _scalings = [.. StepwiseLayers.Of<DecoderAttention>(Spec).Select(layer => layer.RotaryScaling)
        .Where(scaling => scaling?.DependsOnLength == true).Select(scaling => scaling!).Distinct()];

    /// <summary>Checks a call.</summary>
    /// <exception cref="ModelStateException">The model is no language model.</exception>
    /// <exception cref="DeepGpuArgumentException">A prompt or an option does not fit it.</exception>
    public static LanguageModelCheck Of(ModelSpec spec, IReadOnlyList<IReadOnlyList<int>> prompts, GenerationOptions options)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        var words = Vocabulary(spec);
        var longest = Longest(prompts, words);
        CheckStops(options, words);
        var (limit, wanted) = (Positions(spec), options.MaxNewTokens);
        if (limit is { } most && longest + (wanted ?? 1) > most)
            throw Require.OutOfRange(nameof(LanguageModels.Generate),
                wanted is null ? nameof(prompts) : nameof(GenerationOptions.MaxNewTokens),
                $"so that prompt and added words are at most the {most} positions of '{spec.Name}'",
                wanted is null ? $"a prompt of {longest}" : $"{wanted} after a prompt of {longest}");
        var added = wanted ?? (limit is { } end ? Math.Min(DefaultNewTokens, end - longest) : DefaultNewTokens);
        return new(spec, words, added, checked(longest + added), Cache(spec, options.UseCache));
    }

    /// <summary>Whether the angles of earlier steps are others once a sequence has grown.</summary>
    public bool AnglesChange(int before, int now) => _scalings.Any(scaling => now > scaling.OriginalLength && now != before
        && (scaling.Kind == RotaryScalingKind.Dynamic || before <= scaling.OriginalLength));

    private static bool Cache(ModelSpec spec, bool? wanted)
    {
        if (wanted == false) return false;
        var other = StepwiseLayers.FirstOther(spec);
        return other is null || wanted is null ? other is null
            : throw Require.OutOfRange(nameof(LanguageModels.Generate), nameof(GenerationOptions.UseCache),
                $"false or null, because '{other}' must see all steps at once", true);
    }

    private static int Vocabulary(ModelSpec spec)
        => spec is { Inputs: [{ OutputShapes: [{ Rank: 2 }] }], Outputs: [{ Shape: { Rank: 3 } output }] } && output[^1] is { } words
            ? words
            : throw new ModelStateException(new(
                "no_language_model",
                "A model that generates takes the numbers of words (batch, steps) and yields logits (batch, steps, words),",
                $"but this one is {spec}.",
                "Describe one that ends in a Dense layer or a reversed ReversibleEmbedding over every step."));

    private static int Longest(IReadOnlyList<IReadOnlyList<int>> prompts, int words)
    {
        if (prompts.Count == 0 || prompts.Any(prompt => prompt is not { Count: > 0 }))
            throw Require.OutOfRange(nameof(LanguageModels.Generate), nameof(prompts), "at least one prompt of at least one word", "none");
        foreach (var word in prompts.SelectMany(prompt => prompt))
        {
            if (word < 0 || word >= words)
                throw Require.OutOfRange(
                    nameof(LanguageModels.Generate), nameof(prompts), $"numbers of words, from 0 to {words - 1}", word);
        }

        return prompts.Max(prompt => prompt.Count);
    }

    private static void CheckStops(GenerationOptions options, int words)
    {
        foreach (var word in options.StopTokens.Where(word => word < 0 || word >= words))
            throw Require.OutOfRange(nameof(LanguageModels.Generate), nameof(GenerationOptions.StopTokens),
                $"numbers of words, from 0 to {words - 1}", word);
        if (!options.StopTexts.IsEmpty)
            throw Require.OutOfRange(nameof(LanguageModels.Generate), nameof(GenerationOptions.StopTexts),
                "empty where no Tokenizer is passed, because numbers have no text", $"{options.StopTexts.Length} of them");
    }

    /// <summary>The most steps that a model can run over; null for any number.</summary>
    private static int? Positions(ModelSpec spec)
    {
        int?[] limits = [spec.InputShape[1], .. StepwiseLayers.Of<PositionEmbedding>(spec).Select(layer => (int?)layer.SequenceLength),
            .. StepwiseLayers.Of<TokenAndPositionEmbedding>(spec).Select(layer => (int?)layer.SequenceLength)];
        return limits.Min();
    }
}
