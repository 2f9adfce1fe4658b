using System.Globalization;
using System.Text;

namespace DeepGpu;

/// <summary>Texts that come from outside, made safe to show: names in files, names of files, arguments.</summary>
/// <remarks>A terminal obeys control characters (move, clear, retitle, fake a line), and formatting characters such as U+202E turn text
/// around. They are written as JSON writes them, \u001b, so that JSON means the same with and without it.</remarks>
public static class PrintableText
{
    /// <summary>Whether a text has no control or formatting character, no line or paragraph separator, and no half of a surrogate
    /// pair.</summary>
    public static bool Is(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var i = 0; i < text.Length; i += LengthAt(text, i)) if (IsHidden(text, i)) return false;
        return true;
    }

    /// <summary>The text on one line, each such character written as an escape.</summary>
    public static string Of(string text) => Is(text) ? text : Escape(text, keepsLines: false);

    /// <summary>The text with its line ends and tabs, every other such character written as an escape.</summary>
    public static string OfLines(string text) => Is(text) ? text : Escape(text, keepsLines: true);

    private static string Escape(string text, bool keepsLines)
    {
        var shown = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i += LengthAt(text, i))
        {
            var part = text.AsSpan(i, LengthAt(text, i));
            if (!IsHidden(text, i) || (keepsLines && IsLayout(text, i))) shown.Append(part);
            else foreach (var unit in part) shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
        }

        return shown.ToString();
    }

    /// <summary>1, or 2 for a surrogate pair.</summary>
    private static int LengthAt(string text, int at)
        => char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;

    private static bool IsHidden(string text, int at) => CharUnicodeInfo.GetUnicodeCategory(text, at)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>A tab or the end of a line: a carriage return alone would go back to its start.</summary>
    private static bool IsLayout(string text, int at)
        => text[at] is '\n' or '\t' || (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n');
}
