using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Measures;

/// <summary>
/// Runs of equal tokens in src, generated files left out. A pair is two places whose tokens agree over at least <see cref="Shortest"/>
/// tokens and differ before them; using directives, comments and white space do not count, names and literals do. Three equal places are
/// three pairs. At commit 3611b2b, for which a review by another method found 149 pairs, this one finds 155.
/// </summary>
internal static class Duplicates
{
    private const int Shortest = 40, Limit = 74;

    public static Measure Pairs(SourceTree code)
    {
        var files = code.Written.Select(TokenRun.Of).ToList();
        var pairs = Windows(files).Values.Where(places => places.Count > 1).SelectMany(Pairs)
            .OrderByDescending(pair => pair.Length).ToList();
        return new($"pairs of at least {Shortest} equal tokens in src", pairs.Count, Limit, [.. pairs.Select(pair => pair.Text)]);
    }

    /// <summary>Where each run of the shortest length stands.</summary>
    private static Dictionary<string, List<Place>> Windows(List<TokenRun> files)
    {
        var windows = new Dictionary<string, List<Place>>(StringComparer.Ordinal);
        foreach (var place in files.SelectMany(file => file.Places(Shortest)))
        {
            var key = string.Join(' ', place.File.Texts, place.At, Shortest);
            if (!windows.TryGetValue(key, out var places)) windows[key] = places = [];
            places.Add(place);
        }

        return windows;
    }

    /// <summary>Each two places that differ before the run: the others are inside a longer one. In a file they do not overlap.</summary>
    private static IEnumerable<(int Length, string Text)> Pairs(List<Place> places)
        => from one in places.Index()
           from other in places.Skip(one.Index + 1)
           where one.Item.File != other.File || other.At - one.Item.At >= Shortest
           where !one.Item.SameBefore(other)
           let length = one.Item.SameLength(other)
           select (length, $"{one.Item} = {other}, {length} tokens");

    private sealed record TokenRun(SourceFile File, SyntaxToken[] Tokens, string[] Texts)
    {
        public static TokenRun Of(SourceFile file)
        {
            SyntaxToken[] tokens = [.. file.Tree.GetRoot().DescendantTokens(node => node is not UsingDirectiveSyntax)
                .Where(token => token.Parent is not UsingDirectiveSyntax)];
            return new(file, tokens, [.. tokens.Select(token => token.Text)]);
        }

        public IEnumerable<Place> Places(int length)
            => Enumerable.Range(0, Math.Max(0, Texts.Length - length + 1)).Select(at => new Place(this, at));
    }

    private readonly record struct Place(TokenRun File, int At)
    {
        public bool SameBefore(Place other) => At > 0 && other.At > 0 && File.Texts[At - 1] == other.File.Texts[other.At - 1];

        public int SameLength(Place other)
            => File.Texts.Skip(At).Zip(other.File.Texts.Skip(other.At)).TakeWhile(pair => pair.First == pair.Second).Count();

        public override string ToString() => $"{File.File.Path}:{File.Tokens[At].GetLocation().GetLineSpan().StartLinePosition.Line + 1}";
    }
}
