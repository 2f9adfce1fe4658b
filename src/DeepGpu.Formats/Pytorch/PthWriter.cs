using System.IO.Compression;
using DeepGpu.Formats.Pytorch;
using DeepGpu.Formats.Tensors;

namespace DeepGpu.Formats;

/// <summary>Writes PyTorch files: the zip layout of torch 1.6 and later. torch.load reads them, also with weights_only=True.</summary>
public static class PthWriter
{
    private const string Root = "archive";

    /// <summary>Writes a state dict: an OrderedDict of tensors.</summary>
    /// <param name="stream">Where to write; must seek.</param>
    /// <param name="tensors">The arrays by name, written in this order. UInt16, UInt32 and UInt64 need torch 2.3 to be read.</param>
    /// <exception cref="DeepGpuArgumentException">A name appears twice, or has a control or formatting character.</exception>
    public static void Write(Stream stream, IReadOnlyList<KeyValuePair<string, NDArray>> tensors)
    {
        TensorNames.Check(tensors, nameof(PthWriter));
        var arrays = tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Value, StringComparer.Ordinal);
        Write(stream,
            new([.. tensors.Select(tensor => KeyValuePair.Create<string, CheckpointNode>(tensor.Key, Node(tensor.Key, tensor.Value)))]),
            tensor => arrays[tensor.Name]);
    }

    /// <summary>Writes a nested checkpoint: groups become dicts, tensors are written with their bytes.</summary>
    /// <param name="stream">Where to write; must seek.</param>
    /// <param name="root">The tree.</param>
    /// <param name="read">Gives a tensor's elements; each is asked for once.</param>
    /// <exception cref="DeepGpuArgumentException">A tensor's name has a control or formatting character.</exception>
    public static void Write(Stream stream, CheckpointGroup root, Func<TensorEntry, NDArray> read)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(read);
        var pickle = new PickleWriter();
        var bytes = pickle.Write(root);
        foreach (var tensor in pickle.Tensors) TensorNames.CheckPrintable(tensor.Name, nameof(PthWriter));
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(zip, "data.pkl", bytes);
        Add(zip, "byteorder", "little"u8);
        for (var i = 0; i < pickle.Tensors.Count; i++)
            Add(zip, FormattableString.Invariant($"data/{i}"), read(pickle.Tensors[i]).Bytes.Span);
        Add(zip, "version", "3\n"u8);
    }

    private static CheckpointTensor Node(string name, NDArray values)
        => new(new(name, values.Type, [.. values.Shape.Select(length => (long)length)]));

    private static void Add(ZipArchive zip, string name, ReadOnlySpan<byte> bytes)
    {
        using var member = zip.CreateEntry($"{Root}/{name}", CompressionLevel.NoCompression).Open();
        member.Write(bytes);
    }
}
