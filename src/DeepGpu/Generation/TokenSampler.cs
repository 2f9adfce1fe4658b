using DeepGpu.Numbers;

namespace DeepGpu.Generation;

/// <summary>Chooses the next word of a sequence.</summary>
/// <param name="options">How.</param>
/// <param name="seed">Decides what is drawn.</param>
/// <param name="sequence">The sequence's number: each draws numbers of its own.</param>
internal sealed class TokenSampler(GenerationOptions options, int seed, int sequence)
{
    private readonly StableRandom _random = new(seed, sequence);

    /// <summary>The next word.</summary>
    /// <param name="logits">One for each word.</param>
    /// <exception cref="NonFiniteException">A logit is no number, or none is finite.</exception>
    public int Next(ReadOnlySpan<float> logits)
    {
        foreach (var logit in logits)
        {
            if (float.IsNaN(logit) || float.IsPositiveInfinity(logit)) throw NotFinite($"one is {Text(logit)}");
        }

        var best = Likeliest(logits);
        if (float.IsNegativeInfinity(logits[best])) throw NotFinite($"all are {Text(logits[best])}");
        return options.Temperature == 0 ? best : Drawn(WithinP(WithinK(logits, logits[best])));
    }

    /// <summary>The first of the likeliest words.</summary>
    private static int Likeliest(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var word = 1; word < logits.Length; word++)
        {
            if (logits[word] > logits[best]) best = word;
        }

        return best;
    }

    private int Drawn(List<Candidate> candidates)
    {
        var drawn = _random.NextDouble() * candidates.Sum(candidate => candidate.Share);
        foreach (var (word, share) in candidates)
        {
            drawn -= share;
            if (drawn < 0) return word;
        }

        return candidates[^1].Word;
    }

    /// <summary>The words whose logits are at least the k-th, in their order, and how likely they are beside the likeliest.</summary>
    private List<Candidate> WithinK(ReadOnlySpan<float> logits, float highest)
    {
        var (least, kept) = (Least(logits), new List<Candidate>());
        for (var word = 0; word < logits.Length; word++)
        {
            var share = logits[word] < least ? 0 : Math.Exp(((double)logits[word] - highest) / options.Temperature);
            if (share > 0) kept.Add(new(word, share));
        }

        return kept;
    }

    private float Least(ReadOnlySpan<float> logits)
    {
        if (options.TopK is not { } k || k >= logits.Length) return float.NegativeInfinity;
        var sorted = logits.ToArray();
        Array.Sort(sorted);
        return sorted[^k];
    }

    /// <summary>The fewest words that make up the part of all that is asked for, the likeliest first, of equal ones the first.</summary>
    private List<Candidate> WithinP(List<Candidate> candidates)
    {
        if (options.TopP is not { } part || part == 1) return candidates;
        var (missing, kept) = (part * candidates.Sum(candidate => candidate.Share), new List<Candidate>());
        foreach (var candidate in candidates.OrderByDescending(candidate => candidate.Share))
        {
            if (kept.Count > 0 && missing <= 0) break;
            kept.Add(candidate);
            missing -= candidate.Share;
        }

        return kept;
    }

    private static string Text(float logit) => FormattableString.Invariant($"{logit}");

    private static NonFiniteException NotFinite(string received) => new(new(
        "non_finite",
        "The logits of the next word must be numbers, at least one of them finite,",
        $"but {received}.",
        "Check the weights, or compute in a format of a wider range, such as PrecisionPolicy.BFloat16."));

    /// <summary>A word that may be drawn.</summary>
    /// <param name="Word">Its number.</param>
    /// <param name="Share">How likely it is; shares need not add up to 1.</param>
    private readonly record struct Candidate(int Word, double Share);
}
