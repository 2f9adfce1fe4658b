using System.IO.Compression;

namespace DeepGpu.Formats;

/// <summary>Reads and writes NumPy's .npz files: a zip archive of .npy arrays.</summary>
public sealed class NpzFile : TensorFile
{
    internal static readonly FileFormat Declaration = new("npz", ".npz");

    internal const string Extension = ".npy";

    private NpzFile(ZipContainer zip, IReadOnlyList<IDisposable> owned)
        : base(Declaration, [.. zip.Members.Select(member => Array(zip, member))], zip.Source.Path, owned)
    {
    }

    /// <summary>Opens a file, checks every array's header and every checksum.</summary>
    /// <exception cref="ModelFormatException">The file breaks a rule of the format.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static NpzFile Open(string path) => ByteSource.Open(path, Open);

    /// <summary>Opens the bytes of a file that is already in memory.</summary>
    /// <exception cref="ModelFormatException">The bytes break a rule of the format.</exception>
    public static NpzFile Open(ReadOnlyMemory<byte> bytes) => ByteSource.Open(bytes, Open);

    /// <summary>Writes named arrays as numpy.savez does.</summary>
    /// <param name="stream">Where to write; must seek.</param>
    /// <param name="tensors">The arrays by name, written in this order.</param>
    /// <exception cref="DeepGpuArgumentException">A name appears twice, has a control or formatting character or cannot be a member's, or
    /// NumPy has no such element type.</exception>
    public static void Write(Stream stream, IReadOnlyList<KeyValuePair<string, NDArray>> tensors)
    {
        ArgumentNullException.ThrowIfNull(stream);
        TensorNames.Check(tensors, nameof(NpzFile));
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, values) in tensors)
        {
            if (!RelativeNames.IsSafe(name)) throw Require.OutOfRange(nameof(NpzFile), nameof(name), "a relative path without '..'", name);
            using var member = zip.CreateEntry(name + Extension, CompressionLevel.NoCompression).Open();
            NpyFile.Write(member, values);
        }
    }

    internal static NpzFile Open(ByteSource source) => Open(source, [source]);

    internal static NpzFile Open(ByteSource source, IReadOnlyList<IDisposable> owned)
    {
        var kind = FileStart.Of(source);
        return kind == FileStart.Kind.Zip
            ? Open(ZipContainer.Open(source), owned)
            : throw FileStart.Unexpected(source, kind, "a NumPy .npz archive", NpyHeader.Refusals);
    }

    internal static NpzFile Open(ZipContainer zip, IReadOnlyList<IDisposable> owned) => new(zip, owned);

    private static StoredTensor Array(ZipContainer zip, ZipMember member)
    {
        if (!member.Name.EndsWith(Extension, StringComparison.Ordinal))
            throw NpyHeader.Refusals.Because("unexpected_member", "A .npz archive holds .npy arrays,",
                "but this member is none.", member.Name);
        Expansion.Check(member.StoredLength, member.Length, member.Name, NpyHeader.Refusals);
        zip.CheckCrc(member);
        return NpyFile.Open(zip.OpenMember(member), member.Name[..^Extension.Length]);
    }
}
