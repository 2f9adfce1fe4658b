using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using DeepGpu.Formats;

namespace DeepGpu.Weights;

/// <summary>The order of names that numbers in them say: "net.2" before "net.10".</summary>
internal static partial class NaturalOrder
{
    /// <summary>Compares names piece by piece, numbers by value.</summary>
    public static IComparer<string> Comparer { get; } = Comparer<string>.Create((a, b) => Compare(a, b).Sign);

    /// <summary>Whether tensors lie in the order of the alphabet, those of one element type together: a writer that sorts, so that their
    /// order says
    /// nothing.</summary>
    public static bool IsAlphabet(IReadOnlyList<TensorEntry> tensors)
        => tensors.Zip(tensors.Skip(1))
            .All(pair => pair.First.Type != pair.Second.Type || string.CompareOrdinal(pair.First.Name, pair.Second.Name) <= 0);

    /// <summary>Whether numbers decide between every two names that follow one another.</summary>
    public static bool IsSaid(IReadOnlyList<string> names) => names.Zip(names.Skip(1)).All(pair => Compare(pair.First, pair.Second).IsSaid);

    private static (int Sign, bool IsSaid) Compare(string left, string right)
    {
        var (a, b) = (Pieces(left), Pieces(right));
        for (var i = 0; i < Math.Min(a.Count, b.Count); i++)
        {
            if (a[i] == b[i]) continue;
            if (char.IsAsciiDigit(a[i][0]) && char.IsAsciiDigit(b[i][0])) return (BigInteger.Parse(a[i], CultureInfo.InvariantCulture)
                .CompareTo(BigInteger.Parse(b[i], CultureInfo.InvariantCulture)), true);
            return (string.CompareOrdinal(a[i], b[i]), false);
        }

        return (a.Count.CompareTo(b.Count), IsNumbered(a.Count < b.Count ? b : a, Math.Min(a.Count, b.Count)));
    }

    /// <summary>Whether a name is another with a number after it: "dense", "dense_1".</summary>
    private static bool IsNumbered(List<string> pieces, int common)
        => pieces.Count == common || (pieces.Count == common + 2 && pieces[common] is "_" or "."
            && char.IsAsciiDigit(pieces[common + 1][0]))
            || (pieces.Count == common + 1 && char.IsAsciiDigit(pieces[common][0]));

    private static List<string> Pieces(string name) => [.. Piece().Matches(name).Select(match => match.Value)];

    [GeneratedRegex(@"[0-9]+|[^0-9]+")]
    private static partial Regex Piece();
}
