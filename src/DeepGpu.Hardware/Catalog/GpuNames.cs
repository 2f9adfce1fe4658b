namespace DeepGpu.Hardware;

/// <summary>Matches a name as a person writes it to the catalogue's names.</summary>
internal static class GpuNames
{
    private static readonly HashSet<string> Noise = new(StringComparer.Ordinal) { "nvidia", "amd", "intel", "apple", "google", "gpu", "graphics", "the" };

    /// <summary>The cards meant: those whose name is exactly the query, else those whose name ends in it, else those that hold all its words.</summary>
    public static IReadOnlyList<GpuSpec> Match(string query, IEnumerable<GpuSpec> cards)
    {
        var words = Words(query);
        if (words.Length == 0) return [];
        var named = cards.SelectMany(card => card.Aliases.Prepend(card.Name), (card, name) => (card, words: Words(name))).ToList();
        foreach (var rule in new Func<string[], bool>[] { name => Compact(name) == Compact(words), name => EndsWith(name, words), name => words.All(name.Contains) })
        {
            var found = named.Where(n => rule(n.words)).Select(n => n.card).Distinct().ToList();
            if (found.Count > 0) return found;
        }

        return [];
    }

    /// <summary>The cards whose names are spelled most like the query.</summary>
    public static IReadOnlyList<GpuSpec> Nearest(string query, IEnumerable<GpuSpec> cards, int count)
    {
        var target = Compact(Words(query));
        return [.. cards.OrderBy(card => card.Aliases.Prepend(card.Name).Min(name => Distance(target, Words(name)))).ThenBy(card => card.Name, StringComparer.Ordinal).Take(count)];
    }

    private static string[] Words(string name)
        => [.. name.ToLowerInvariant().Split([' ', '-', '_', '(', ')', '/', ',', '\t'], StringSplitOptions.RemoveEmptyEntries).Where(word => !Noise.Contains(word))];

    private static string Compact(string[] words) => string.Concat(words);

    private static bool EndsWith(string[] name, string[] words)
        => Compact(name).EndsWith(Compact(words), StringComparison.Ordinal) && Enumerable.Range(1, name.Length).Any(n => Compact(name[^n..]) == Compact(words));

    private static int Distance(string target, string[] name)
        => Enumerable.Range(0, name.Length).Min(skip => Spelling.Distance(target, Compact(name[skip..])) + skip);
}
