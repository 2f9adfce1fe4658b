using System.Collections.Immutable;

namespace DeepGpu.Generation;

/// <summary>The text of words that are generated one by one. What may still change is held back: letters whose bytes are not all there,
/// and what may be the start of a text that stops.</summary>
/// <param name="tokenizer">Makes text of numbers.</param>
/// <param name="prompt">The numbers before the first word.</param>
/// <param name="stops">The texts that stop.</param>
internal sealed class GeneratedText(Tokenizer tokenizer, IReadOnlyList<int> prompt, ImmutableArray<string> stops)
{
    /// <summary>What stands for bytes that are no letter, or not yet.</summary>
    private const char Broken = '\uFFFD';

    private readonly List<int> _numbers = [.. prompt];
    private readonly int _start = tokenizer.Decode(prompt).Length;
    private int _given;

    /// <summary>Whether a text that stops has come.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Adds a word. One that the tokenizer does not know, as models have whose tables are filled up, has no text.</summary>
    /// <returns>What is certain by now and was not before; may be empty.</returns>
    public string Add(int number)
    {
        if (number < tokenizer.VocabularySize) _numbers.Add(number);
        return Next(isLast: false);
    }

    /// <summary>What was held back to the end.</summary>
    public string End() => IsStopped ? "" : Next(isLast: true);

    private string Next(bool isLast)
    {
        var text = tokenizer.Decode(_numbers)[_start..];
        var end = Stop(text) ?? (isLast ? text.Length : Certain(text));
        if (end <= _given) return "";
        var next = text[_given..end];
        _given = end;
        return next;
    }

    /// <summary>Where the first text that stops starts; null where there is none.</summary>
    private int? Stop(string text)
    {
        var places = stops.Select(stop => text.IndexOf(stop, StringComparison.Ordinal)).Where(place => place >= 0).ToList();
        IsStopped = places.Count > 0;
        return IsStopped ? places.Min() : null;
    }

    /// <summary>How many letters cannot change any more.</summary>
    private int Certain(string text)
    {
        var whole = text.AsSpan().TrimEnd(Broken).Length;
        return whole - stops.Select(stop => Begun(text.AsSpan(0, whole), stop)).DefaultIfEmpty(0).Max();
    }

    /// <summary>How many letters at the end of a text a text that stops may have begun with.</summary>
    private static int Begun(ReadOnlySpan<char> text, string stop)
    {
        for (var count = Math.Min(stop.Length - 1, text.Length); count > 0; count--)
        {
            if (text.EndsWith(stop.AsSpan(0, count), StringComparison.Ordinal)) return count;
        }

        return 0;
    }
}
