namespace DeepGpu.Formats;

/// <summary>Reads PyTorch files (.pth, .pt): zip archives of torch 1.6 and later, and the stream before it.
/// The pickle inside is read as data; nothing in it is run.</summary>
/// <remarks>Nested checkpoints give names like "state_dict.conv1.weight"; <see cref="Root"/> has the tree with the plain values.</remarks>
public sealed class PthFile : TensorFile
{
    internal static readonly FileFormat Declaration = new("pth", ".pth", ".pt");

    internal static readonly Refusals Refusals = new(
        "Save the state dict again with torch.save(model.state_dict(), path); the file is damaged or not from torch.save.");

    private PthFile(ByteSource source, PthContent content, CheckpointGroup root, CheckpointTree tree)
        : base(Declaration, [.. tree.Tensors.Select(tensor => new StoredTensor(tensor.Entry, Bytes(tensor.Tensor, content.IsBigEndian)))],
            source.Path, [source])
        => Root = root;

    /// <summary>The whole value of the file: groups, tensors and plain values.</summary>
    public CheckpointGroup Root { get; }

    /// <summary>Opens a file, reads its pickle and checks every size, place and checksum; no tensor's bytes are kept.</summary>
    /// <exception cref="ModelFormatException">The file breaks a rule of the format or asks for more than data.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static PthFile Open(string path) => ByteSource.Open(path, Open);

    /// <summary>Opens the bytes of a file that is already in memory.</summary>
    /// <exception cref="ModelFormatException">The bytes break a rule of the format or ask for more than data.</exception>
    public static PthFile Open(ReadOnlyMemory<byte> bytes) => ByteSource.Open(bytes, Open);

    internal static PthFile Open(ByteSource source)
    {
        return FileStart.Of(source) switch
        {
            FileStart.Kind.Zip => Open(ZipContainer.Open(source)),
            FileStart.Kind.Pickle => Of(source, PthStream.Read(source)),
            var other => throw FileStart.Unexpected(source, other, "a PyTorch file", Refusals),
        };
    }

    internal static PthFile Open(ZipContainer zip) => Of(zip.Source, PthArchive.Read(zip));

    private static PthFile Of(ByteSource source, PthContent content)
    {
        var tree = new CheckpointTree();
        var root = tree.Build(content.Root);
        SharedBytes.Check(tree.Tensors.Select(tensor => tensor.Entry), source.Length, Refusals);
        return new(source, content, root, tree);
    }

    private static StridedBytes Bytes(PickledTensor tensor, bool isBigEndian)
    {
        var size = tensor.Type.ByteSize();
        var start = tensor.Part.Offset * tensor.Part.Storage.Element.ByteSize + tensor.Offset * size;
        return new(tensor.Part.Storage.Bytes!, start, size, [.. tensor.Shape], [.. tensor.Strides], isBigEndian);
    }
}

/// <summary>What a PyTorch file holds, whatever its container.</summary>
internal sealed record PthContent(object? Root, bool IsBigEndian);
