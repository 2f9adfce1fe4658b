using System.Collections.Immutable;

namespace DeepGpu.Models.Layers;

/// <summary>Counts tokens, and makes a vocabulary of them as Keras does: the most frequent first, equal ones in falling order.</summary>
/// <param name="order">The order of the tokens themselves.</param>
internal sealed class TokenCounts<T>(IComparer<T> order)
    where T : notnull
{
    private readonly Dictionary<T, (long Tokens, long Documents)> _counts = [];
    private long _documents;

    /// <summary>Counts a document's tokens.</summary>
    public void Add(IEnumerable<T> document)
    {
        var seen = new HashSet<T>();
        foreach (var token in document)
        {
            var (tokens, documents) = _counts.GetValueOrDefault(token);
            _counts[token] = (tokens + 1, documents + (seen.Add(token) ? 1 : 0));
        }

        _documents++;
    }

    /// <summary>The vocabulary and each token's inverse document frequency, log(1 + documents / (1 + documents with it)).</summary>
    /// <param name="without">Tokens that have a place of their own.</param>
    /// <param name="most">The most tokens; null for all.</param>
    public (ImmutableArray<T> Tokens, ImmutableArray<double> Weights) Vocabulary(IEnumerable<T> without, int? most)
    {
        foreach (var token in without) _counts.Remove(token);
        var ordered = _counts.OrderByDescending(pair => pair.Value.Tokens).ThenByDescending(pair => pair.Key, order)
            .Take(most ?? int.MaxValue).ToList();
        return ([.. ordered.Select(pair => pair.Key)],
            [.. ordered.Select(pair => Math.Log(1 + _documents / (1.0 + pair.Value.Documents)))]);
    }
}
