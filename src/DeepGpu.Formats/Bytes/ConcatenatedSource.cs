namespace DeepGpu.Formats.Bytes;

/// <summary>Several sources one after another, as if they were one. They are closed by who opened them.</summary>
internal sealed class ConcatenatedSource(IReadOnlyList<ByteSource> parts) : ByteSource
{
    public override long Length { get; } = parts.Sum(part => part.Length);

    public override bool TryRead(long offset, Span<byte> target)
    {
        if (!Holds(offset, target.Length)) return false;
        foreach (var part in parts)
        {
            var count = (int)Math.Clamp(part.Length - offset, 0, target.Length);
            if (count > 0) part.Read(offset, target[..count]); // a part that has shrunk is named by its own refusal
            target = target[count..];
            offset = Math.Max(0, offset - part.Length);
        }

        return true;
    }
}
