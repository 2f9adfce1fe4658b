namespace DeepGpu.Formats.Bytes;

/// <summary>Makes the refusals of one format, which share a remedy.</summary>
internal sealed class Refusals(string remedy)
{
    /// <summary>A refusal.</summary>
    /// <param name="code">The stable name.</param>
    /// <param name="rule">What must hold.</param>
    /// <param name="received">What was found.</param>
    /// <param name="entry">The member, tensor or key; text from a file is made printable here.</param>
    /// <param name="offset">The byte.</param>
    /// <param name="help">A better remedy than the format's own.</param>
    /// <param name="inner">The cause.</param>
    public ModelFormatException Because(string code, string rule, string received, string? entry = null, long? offset = null,
        string? help = null, Exception? inner = null)
        => new(new(code, rule, received, help ?? remedy), offset: offset,
            entry: entry is null ? null : StrictJson.Printable(entry), innerException: inner);
}
