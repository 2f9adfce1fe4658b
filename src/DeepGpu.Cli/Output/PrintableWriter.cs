using System.Text;

namespace DeepGpu.Cli;

/// <summary>What every command writes to: control and formatting characters other than line ends and tabs come out as escapes, whoever put
/// them in.</summary>
/// <remarks>An escape is written as JSON writes it, so JSON stays what it is.</remarks>
/// <param name="target">Where the text goes.</param>
internal sealed class PrintableWriter(TextWriter target) : TextWriter(target.FormatProvider)
{
    /// <summary>Where the text goes.</summary>
    public TextWriter Target => target;

    /// <inheritdoc/>
    public override Encoding Encoding => target.Encoding;

    /// <inheritdoc/>
    public override void Write(char value)
        => target.Write(char.IsSurrogate(value) ? value.ToString() : PrintableText.OfLines(value.ToString()));

    /// <inheritdoc/>
    public override void Write(string? value) => target.Write(value is null ? null : PrintableText.OfLines(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(new string(buffer));

    /// <inheritdoc/>
    public override void Flush() => target.Flush();
}
