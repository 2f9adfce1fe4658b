namespace DeepGpu.Hardware.Catalog;

/// <summary>Matches a name as a person writes it to the names of cards or processors.</summary>
internal sealed class GpuNames<T>
    where T : class
{
    private readonly List<(T Item, string[] Words, string Compact)> _names;

    public GpuNames(IEnumerable<T> items, Func<T, IEnumerable<string>> names)
        => _names = [.. items.SelectMany(item => names(item).Select(name => GpuWords.Split(name)),
            (item, words) => (item, words, string.Concat(words)))];

    /// <summary>The items meant: those whose name is exactly the query, else those whose name ends in it,
    /// else those that hold all its words.</summary>
    public IReadOnlyList<T> Match(string query)
    {
        var words = GpuWords.Split(query);
        if (words.Length == 0) return [];
        var compact = string.Concat(words);
        return First(name => name.Compact == compact) ?? First(name => EndsWith(name.Words, name.Compact, compact))
            ?? First(name => words.All(name.Words.Contains)) ?? [];
    }

    /// <summary>The items whose names are spelled most like the query.</summary>
    public IReadOnlyList<T> Nearest(string query, int count)
    {
        var target = string.Concat(GpuWords.Split(query));
        return [.. _names.GroupBy(name => name.Item).OrderBy(names => names.Min(name => Distance(target, name.Words)))
            .Take(count).Select(names => names.Key)];
    }

    private List<T>? First(Func<(T Item, string[] Words, string Compact), bool> rule)
    {
        var found = _names.Where(rule).Select(name => name.Item).Distinct().ToList();
        return found.Count > 0 ? found : null;
    }

    private static bool EndsWith(string[] words, string compact, string query)
        => compact.EndsWith(query, StringComparison.Ordinal)
            && Enumerable.Range(1, words.Length).Any(n => string.Concat(words[^n..]) == query);

    /// <summary>Leading words may be left out at the price of one edit each.</summary>
    private static int Distance(string target, string[] words)
        => Enumerable.Range(0, words.Length).Min(skip => Spelling.Distance(target, string.Concat(words[skip..])) + skip);
}

/// <summary>The words of a name by which cards differ.</summary>
internal static class GpuWords
{
    private static readonly HashSet<string> Noise = new(StringComparer.Ordinal) { "nvidia", "nv", "amd", "intel", "apple", "google", "gpu",
        "graphics", "accelerator", "the" };

    private static readonly char[] Separators = [' ', '-', '_', '(', ')', '/', ',', '\t', '\u00AE', '\u2122'];

    public static string[] Split(string name)
        => [.. name.ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries).Where(word => !Noise.Contains(word))];
}
