using DeepGpu.Onnx.Schema;
using Google.Protobuf;

namespace DeepGpu.Onnx.Files;

/// <summary>An ONNX file as its messages. What it holds is counted before any of it is made.</summary>
/// <param name="Path">The file.</param>
/// <param name="Model">The model.</param>
internal sealed record OnnxFile(string Path, ModelProto Model)
{
    /// <summary>The oldest version of the format that names its operators' versions (November 2017).</summary>
    private const int OldestFormat = 3;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFormatException">It is damaged, hostile or no ONNX.</exception>
    public static OnnxFile Read(string path)
    {
        try
        {
            return new(path, Parse(RegularFile.ReadAllBytes(path)));
        }
        catch (ModelFormatException e)
        {
            throw e.InFile(path);
        }
    }

    /// <summary>Reads a model from bytes.</summary>
    /// <exception cref="ModelFormatException">They are damaged, hostile or no ONNX.</exception>
    public static ModelProto Parse(byte[] bytes)
    {
        try
        {
            MessageCount.Check(bytes);
            return Checked(ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw OnnxFault.Because("onnx_damaged", "An ONNX file is one message of Protocol Buffers,", $"but: {e.Message}", inner: e);
        }
    }

    private static ModelProto Checked(ModelProto model)
    {
        if (model.Graph is null || model.IrVersion < OldestFormat || model.OpsetImport.Count == 0)
            throw OnnxFault.Because("onnx_not_a_model", "An ONNX file holds a graph and says which versions of operators it uses,",
                $"but this one holds {(model.Graph is null ? "no graph" : $"a graph of format {model.IrVersion} without them")}.");
        return model;
    }
}
