using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Measures;

/// <summary>
/// Runs of equal tokens in src. A pair is two places whose tokens agree over at least <see cref="Shortest"/> tokens and differ before them;
/// using directives, comments and white space do not count, names and literals do. Three equal places are three pairs.
/// </summary>
internal static class Duplicates
{
    private static readonly int Shortest = int.Parse(Environment.GetEnvironmentVariable("N") ?? "40");
    private const int Limit = 74;

    public static Measure Pairs(SourceTree code)
    {
        var files = code.Product.Select(Tokens).ToList();
        var pairs = Windows(files).Values.Where(places => places.Count > 1).SelectMany(places => Starts(files, places))
            .OrderByDescending(pair => pair.Length).ToList();
        return new($"pairs of at least {Shortest} equal tokens in src", pairs.Count, Limit, [.. pairs.Select(pair => pair.Text)]);
    }

    private sealed record Stream(SourceFile File, SyntaxToken[] Tokens, string[] Texts)
    {
        public string Place(int at) => $"{File.Path}:{Tokens[at].GetLocation().GetLineSpan().StartLinePosition.Line + 1}";
    }

    private static Stream Tokens(SourceFile file)
    {
        var tokens = file.Tree.GetRoot().DescendantTokens(node => node is not UsingDirectiveSyntax).Where(token => token.Parent is not UsingDirectiveSyntax).ToArray();
        return new(file, tokens, [.. tokens.Select(token => token.Text)]);
    }

    /// <summary>Where each run of the shortest length stands.</summary>
    private static Dictionary<string, List<(int File, int At)>> Windows(List<Stream> files)
    {
        var windows = new Dictionary<string, List<(int, int)>>();
        foreach (var (index, file) in files.Index())
            for (var at = 0; at + Shortest <= file.Texts.Length; at++)
            {
                var key = string.Join(' ', file.Texts, at, Shortest);
                if (!windows.TryGetValue(key, out var places)) windows[key] = places = [];
                places.Add((index, at));
            }
        return windows;
    }

    private static IEnumerable<(int Length, string Text)> Starts(List<Stream> files, List<(int File, int At)> places)
        => from first in places.Index()
           from second in places.Skip(first.Index + 1)
           let one = (Stream: files[first.Item.File], first.Item.At)
           let other = (Stream: files[second.File], second.At)
           where one.Stream != other.Stream || other.At - one.At >= Shortest
           where !SameBefore(one.Stream, one.At, other.Stream, other.At)
           let length = Length(one.Stream, one.At, other.Stream, other.At)
           select (length, $"{one.Stream.Place(one.At)} = {other.Stream.Place(other.At)}, {length} tokens");

    private static bool SameBefore(Stream one, int at, Stream other, int otherAt)
        => at > 0 && otherAt > 0 && one.Texts[at - 1] == other.Texts[otherAt - 1];

    private static int Length(Stream one, int at, Stream other, int otherAt)
        => one.Texts.Skip(at).Zip(other.Texts.Skip(otherAt)).TakeWhile(pair => pair.First == pair.Second).Count();
}
