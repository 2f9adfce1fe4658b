using System.Text;

namespace DeepGpu.Generate;

/// <summary>C# as it is written line by line, documentation wrapped.</summary>
internal sealed class CodeText
{
    private const int Width = 140;

    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>The start of a file.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="usings">The other namespaces whose types the file names.</param>
    public static CodeText File(string space, params IEnumerable<string> usings)
    {
        var code = new CodeText();
        foreach (var name in usings.Order(StringComparer.Ordinal)) code.Line($"using {name};");
        return code._text.Length == 0 ? code.Line($"namespace {space};").Line("") : code.Line("").Line($"namespace {space};").Line("");
    }

    /// <summary>The text under a line that says where it comes from.</summary>
    public override string ToString() => $"// Written by eng/Generate from the classes' declarations: change those, then run it.\n{_text}";

    /// <summary>The lines alone.</summary>
    public string Lines => _text.ToString();

    /// <summary>Lines that are indented already.</summary>
    public CodeText Raw(string lines)
    {
        _text.Append(lines);
        return this;
    }

    public CodeText Line(string line)
    {
        _text.Append(line.Length == 0 ? "" : new string(' ', 4 * _depth)).Append(line).Append('\n');
        return this;
    }

    /// <summary>Lines in braces.</summary>
    public CodeText Block(Action lines, string after = "")
    {
        Line("{");
        Indented(lines);
        return Line("}" + after);
    }

    public CodeText Indented(Action lines)
    {
        _depth++;
        lines();
        _depth--;
        return this;
    }

    /// <summary>An element of documentation, wrapped.</summary>
    public CodeText Document(string element, string text, string attribute = "")
    {
        var line = new StringBuilder($"<{element}{attribute}>");
        foreach (var word in Words($"{text}</{element}>"))
        {
            if (line.Length + word.Length + 4 * _depth + 5 > Width)
            {
                Line($"/// {line.ToString().TrimEnd()}");
                line.Clear();
            }

            line.Append(word).Append(' ');
        }

        return Line($"/// {line.ToString().TrimEnd()}");
    }

    /// <summary>Words; what is inside a tag stays together.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '<' => 1, '>' => -1, _ => 0 };
            if (text[i] != ' ' || depth > 0) continue;
            yield return text[start..i];
            start = i + 1;
        }

        yield return text[start..];
    }
}
