namespace DeepGpu.Onnx.Files;

/// <summary>Makes the refusals of ONNX files, which share a remedy.</summary>
internal static class OnnxFault
{
    private const string Again = "Export the network again, or download the file again.";

    /// <summary>A refusal.</summary>
    /// <param name="code">The stable name.</param>
    /// <param name="rule">What must hold.</param>
    /// <param name="received">What was found.</param>
    /// <param name="entry">The tensor or node; text from a file is made printable here.</param>
    /// <param name="help">A better remedy than the common one.</param>
    /// <param name="inner">The cause.</param>
    public static ModelFormatException Because(string code, string rule, string received, string? entry = null, string? help = null,
        Exception? inner = null)
        => new(new(code, rule, received, help ?? Again), entry: entry is null ? null : StrictJson.Printable(entry), innerException: inner);
}
