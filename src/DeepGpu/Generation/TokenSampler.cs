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
    /// <exception cref="NonFiniteException">A logit is no number.</exception>
    public int Next(ReadOnlySpan<float> logits)
    {
        foreach (var logit in logits)
        {
            if (float.IsNaN(logit) || float.IsPositiveInfinity(logit)) throw NotFinite(logit);
        }

        return options.Temperature == 0 ? Likeliest(logits) : Drawn(logits);
    }

    private static int Likeliest(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var word = 1; word < logits.Length; word++)
        {
            if (logits[word] > logits[best]) best = word;
        }

        return best;
    }

    private int Drawn(ReadOnlySpan<float> logits)
    {
        var (words, shares) = Kept(logits);
        var drawn = _random.NextDouble() * shares.Sum();
        for (var i = 0; i < words.Length; i++)
        {
            drawn -= shares[i];
            if (drawn < 0) return words[i];
        }

        return words[^1];
    }

    /// <summary>The words that may be drawn, the likeliest first, and how likely they are.</summary>
    private (int[] Words, double[] Shares) Kept(ReadOnlySpan<float> logits)
    {
        int[] words = [.. Enumerable.Range(0, logits.Length)];
        double[] scores = new double[logits.Length];
        for (var word = 0; word < scores.Length; word++) scores[word] = logits[word] / options.Temperature;
        var highest = scores.Max();
        double[] order = [.. scores.Select(score => -score)];
        Array.Sort(order, words);
        var count = TopK([.. words.Select(word => scores[word])]);
        double[] shares = [.. words.Take(count).Select(word => Math.Exp(scores[word] - highest))];
        count = TopP(shares);
        return (words[..count], shares[..count]);
    }

    /// <summary>How many of the scores, the largest first, are at least the k-th.</summary>
    private int TopK(double[] scores)
    {
        if (options.TopK is not { } k || k >= scores.Length) return scores.Length;
        var count = k;
        while (count < scores.Length && scores[count] == scores[k - 1]) count++;
        return count;
    }

    /// <summary>The fewest of the shares, the largest first, that make up the part of their sum that is asked for.</summary>
    private int TopP(double[] shares)
    {
        if (options.TopP is not { } part) return shares.Length;
        var (wanted, sum) = (part * shares.Sum(), 0.0);
        for (var count = 0; count < shares.Length; count++)
        {
            sum += shares[count];
            if (sum >= wanted) return count + 1;
        }

        return shares.Length;
    }

    private static NonFiniteException NotFinite(float logit) => new(new(
        "non_finite",
        "The logits of the next word must be numbers,",
        FormattableString.Invariant($"but one is {logit}."),
        "Check the weights, or compute in a format of a wider range, such as PrecisionPolicy.BFloat16."));
}
