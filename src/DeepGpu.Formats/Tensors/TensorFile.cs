using System.Security.Cryptography;
using DeepGpu.Formats.Tensors;

namespace DeepGpu.Formats;

/// <summary>An open file of named tensors. Opening checks the whole structure and every checksum;
/// bytes are read only when asked for.</summary>
public abstract class TensorFile : IDisposable
{
    private const int PieceLength = 1 << 20;

    private readonly Dictionary<string, StoredTensor> _byName;
    private readonly IReadOnlyList<IDisposable> _owned;

    private protected TensorFile(FileFormat format, IReadOnlyList<StoredTensor> tensors, string? path, IReadOnlyList<IDisposable> owned,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        Format = format;
        Path = path;
        Tensors = [.. tensors.Select(tensor => tensor.Entry)];
        Metadata = metadata ?? new Dictionary<string, string>();
        _byName = tensors.ToDictionary(tensor => tensor.Entry.Name, StringComparer.Ordinal);
        _owned = owned;
    }

    /// <summary>The file's format; of the weights in an archive, that of the weights.</summary>
    public FileFormat Format { get; }

    /// <summary>The file's path; null if its bytes were given in memory.</summary>
    public string? Path { get; }

    /// <summary>Every tensor, in the order of the file.</summary>
    public IReadOnlyList<TensorEntry> Tensors { get; }

    /// <summary>Texts the writer added.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensor of a name, or null.</summary>
    public TensorEntry? Find(string name) => _byName.GetValueOrDefault(name)?.Entry;

    /// <summary>Reads a tensor's bytes, row-major and little-endian, into memory of exactly its length. Nothing is kept.</summary>
    /// <exception cref="DeepGpuArgumentException">The tensor is not of this file, or the memory has another length.</exception>
    /// <exception cref="IOException">The file cannot be read any more.</exception>
    public void Read(TensorEntry tensor, Span<byte> destination)
    {
        var bytes = Bytes(tensor);
        if (destination.Length != tensor.ByteLength)
            throw Require.OutOfRange(nameof(TensorFile), nameof(destination), $"{tensor.ByteLength} bytes", destination.Length);
        bytes.Read(destination);
    }

    /// <summary>Whether the tensor's bytes lie in the file as they are wanted, so that <see cref="ReadPart"/> can read some of them;
    /// false for compressed and strided ones.</summary>
    /// <exception cref="DeepGpuArgumentException">The tensor is not of this file.</exception>
    public bool HasParts(TensorEntry tensor) => Bytes(tensor).Plain is not null;

    /// <summary>Reads some of a tensor's bytes, row-major and little-endian, so that a large tensor never lies
    /// in memory as a whole.</summary>
    /// <param name="tensor">A tensor that <see cref="HasParts"/>.</param>
    /// <param name="start">The first byte, at the start of an element.</param>
    /// <param name="destination">Memory for whole elements that lie inside the tensor.</param>
    /// <exception cref="DeepGpuArgumentException">The tensor is not of this file or has no parts,
    /// or the part does not lie inside it.</exception>
    /// <exception cref="IOException">The file cannot be read any more.</exception>
    public void ReadPart(TensorEntry tensor, long start, Span<byte> destination)
    {
        var plain = Bytes(tensor).Plain
            ?? throw Require.OutOfRange(nameof(TensorFile), nameof(tensor), "a tensor that can be read in parts", tensor.Name);
        var size = tensor.Type.ByteSize();
        if (start < 0 || destination.Length > tensor.ByteLength - start || start % size != 0 || destination.Length % size != 0)
            throw Require.OutOfRange(nameof(TensorFile), nameof(start), $"elements inside {tensor.ByteLength} bytes",
                $"{start} + {destination.Length}");
        plain.Read(start, destination);
    }

    /// <summary>Reads a tensor into a new array.</summary>
    /// <exception cref="DeepGpuArgumentException">The tensor is not of this file, or has more bytes than one .NET
    /// array holds (2 GiB).</exception>
    public NDArray Read(TensorEntry tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.ByteLength > Array.MaxLength)
            throw Require.OutOfRange(nameof(TensorFile), nameof(tensor), $"a tensor of at most {Array.MaxLength} bytes", tensor.ByteLength);
        var bytes = GC.AllocateUninitializedArray<byte>((int)tensor.ByteLength);
        Read(tensor, bytes);
        return new(tensor.Type, [.. tensor.Shape.Select(length => checked((int)length))], bytes);
    }

    /// <summary>The SHA-256 of a tensor's bytes, row-major and little-endian, in lower-case hexadecimal.
    /// Large tensors are read in pieces.</summary>
    public string Sha256(TensorEntry tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (_byName.GetValueOrDefault(tensor.Name)?.Bytes.Plain is not { } plain || tensor.ByteLength <= PieceLength)
            return Convert.ToHexStringLower(SHA256.HashData(Read(tensor).Bytes.Span));
        return Sha256(plain, tensor.ByteLength);
    }

    private static string Sha256(PlainBytes plain, long length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[PieceLength];
        for (var done = 0L; done < length; done += piece.Length)
        {
            var part = piece.AsSpan(0, (int)Math.Min(piece.Length, length - done));
            plain.Read(done, part);
            hash.AppendData(part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what the file holds open.</summary>
    protected virtual void Dispose(bool disposing)
    {
        foreach (var owned in _owned) owned.Dispose();
    }

    /// <summary>The description in the archive that the tensors belong to; null where they are a file by themselves.</summary>
    internal StoredDescription? Beside { get; set; }

    /// <summary>The tensors with where their bytes are, for files made of files.</summary>
    internal StoredTensor Stored(string name) => _byName[name];

    private ITensorBytes Bytes(TensorEntry tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return _byName.TryGetValue(tensor.Name, out var stored) && stored.Entry == tensor
            ? stored.Bytes
            : throw Require.OutOfRange(nameof(TensorFile), nameof(tensor), "a tensor of this file", tensor.Name);
    }
}
