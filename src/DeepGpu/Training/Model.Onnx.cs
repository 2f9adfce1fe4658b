using DeepGpu.Export;
using DeepGpu.Weights;

namespace DeepGpu;

/// <content>The model for other engines.</content>
public sealed partial class Model
{
    /// <summary>Writes the model as ONNX, whole or not at all.</summary>
    /// <remarks>The graph is that of prediction, in single precision: inputs and outputs have their layers' names and Keras's shapes, the
    /// batch is open. Layers that act in training only are left out. What each layer becomes is listed in docs/onnx.md.
    /// See https://onnx.ai/onnx/operators/.</remarks>
    /// <param name="path">The file, whose name ends in ".onnx".</param>
    /// <param name="options">The version of the operators, and what the file tells of the model.</param>
    /// <exception cref="DeepGpuArgumentException">The name ends otherwise.</exception>
    /// <exception cref="DeepGpuException">ONNX cannot express a layer, or the weights are 2 GiB or more; nothing is written.</exception>
    public void Save(string path, OnnxOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(options);
        if (!path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
            throw Require.OutOfRange(nameof(Save), nameof(path), "a name that ends in .onnx", Path.GetFileName(path));
        Write(nameof(Save), content => ModelWriting.Save(content with { Onnx = options }, path));
    }

    /// <summary>The model as the bytes of an ONNX file.</summary>
    /// <param name="options">How it is written. Default <see cref="OnnxOptions.Default"/>.</param>
    /// <returns>What <see cref="Save(string, OnnxOptions)"/> writes.</returns>
    /// <exception cref="DeepGpuException">ONNX cannot express a layer, or the weights are 2 GiB or more.</exception>
    public byte[] ToOnnx(OnnxOptions? options = null)
    {
        using var bytes = new MemoryStream();
        Write(nameof(ToOnnx), content => OnnxExport.Write(content.Spec, content.Values, options ?? OnnxOptions.Default, bytes));
        return bytes.ToArray();
    }
}
