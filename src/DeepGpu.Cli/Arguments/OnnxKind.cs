namespace DeepGpu.Cli.Arguments;

/// <summary>Tells ONNX files by their names: a message of Protocol Buffers does not say what it is.</summary>
internal static class OnnxKind
{
    /// <summary>Whether a file is called as ONNX files are.</summary>
    public static bool Is(string path) => path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);
}
