using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace DeepGpu.Models.Optimizers;

/// <summary>Regular expressions that are looked for in the names of weights. Equal where their texts are.</summary>
internal sealed class NamePatterns : IEquatable<NamePatterns>
{
    /// <summary>A pattern may come from a file: one that never ends is given up.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly ImmutableArray<Regex> _patterns;

    private NamePatterns(ImmutableArray<string> texts) => (Texts, _patterns) = (texts, [.. texts.Select(Compiled)]);

    /// <summary>No pattern.</summary>
    public static NamePatterns None { get; } = new([]);

    /// <summary>The patterns as they were given.</summary>
    public ImmutableArray<string> Texts { get; }

    /// <summary>Patterns of texts.</summary>
    /// <exception cref="DeepGpuArgumentException">A text is empty or no regular expression.</exception>
    public static NamePatterns Of(ImmutableArray<string> texts, string owner, string name)
    {
        if (texts.IsDefault) return None;
        if (texts.Any(string.IsNullOrEmpty)) throw Require.OutOfRange(owner, name, "texts of at least one character", "empty");
        try
        {
            return new(texts);
        }
        catch (ArgumentException e)
        {
            throw Require.OutOfRange(owner, name, "regular expressions", StrictJson.Printable(e.Message));
        }
    }

    /// <summary>Whether a pattern is found in a name.</summary>
    /// <exception cref="DeepGpuArgumentException">The search does not end in time.</exception>
    public bool Match(string name)
    {
        try
        {
            return _patterns.Any(pattern => pattern.IsMatch(name));
        }
        catch (RegexMatchTimeoutException e)
        {
            throw Require.OutOfRange(nameof(Muon), nameof(Muon.ExcludeLayers), "regular expressions that end", e.Pattern);
        }
    }

    public bool Equals(NamePatterns? other) => other is not null && Texts.SequenceEqual(other.Texts);

    public override bool Equals(object? obj) => Equals(obj as NamePatterns);

    public override int GetHashCode() => Texts.Aggregate(Texts.Length, HashCode.Combine);

    private static Regex Compiled(string text) => new(text, RegexOptions.CultureInvariant, Limit);
}
