using DeepGpu.Models.Onnx;

namespace DeepGpu.Models;

/// <content>Networks in ONNX files.</content>
public sealed partial class ModelSpec
{
    /// <summary>Describes the network in an ONNX file, of whatever framework: shapes, parameters, operations. Nothing is run.</summary>
    /// <remarks>Where all of the graph is layers that this library has, the description is of those, and <c>ToModel</c> makes it live with
    /// the file's weights. Else each node is an <see cref="OnnxOperation"/>, and <see cref="Obstacles"/> says why. Axes are in the
    /// file's order, so that the live model takes the arrays that other runtimes take. A fixed batch is read as any batch where the graph
    /// can take others. What follows from constants and shapes alone is folded. An operator that is not known is listed with its share
    /// unknown. Versions 7 and newer of ONNX's operators are read; docs/onnx.md lists them.</remarks>
    /// <param name="path">The file; external data must lie in its folder or below.</param>
    /// <param name="options">Values and lengths that the file leaves open; null for none.</param>
    /// <exception cref="ModelFormatException">The file is damaged, hostile or of another kind, uses operators older than version 7, or
    /// decides or repeats while it runs (If, Loop, Scan).</exception>
    /// <exception cref="DeepGpuArgumentException">An option names an input or a length that the file has not.</exception>
    public static ModelSpec FromOnnx(string path, OnnxImportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            return OnnxImport.Read(path, options ?? new());
        }
        catch (ModelFormatException e)
        {
            throw e.InFile(path);
        }
    }
}
