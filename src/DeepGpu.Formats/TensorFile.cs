using System.Security.Cryptography;

namespace DeepGpu.Formats;

/// <summary>An open file of named tensors. Opening checks the whole structure; bytes are read only when asked for.</summary>
public abstract class TensorFile : IDisposable
{
    private readonly Dictionary<string, TensorEntry> _byName;

    /// <summary>Makes a file of some tensors.</summary>
    protected TensorFile(string format, IReadOnlyList<TensorEntry> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        Format = format;
        Tensors = tensors;
        Metadata = metadata ?? new Dictionary<string, string>();
        _byName = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>The file's format, e.g. "safetensors".</summary>
    public string Format { get; }

    /// <summary>Every tensor, in the order of the file.</summary>
    public IReadOnlyList<TensorEntry> Tensors { get; }

    /// <summary>Texts the writer added.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensor of a name, or null.</summary>
    public TensorEntry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Reads a tensor's bytes, row-major and little-endian, into memory of exactly its length.</summary>
    public abstract void Read(TensorEntry tensor, Span<byte> destination);

    /// <summary>Reads a tensor into a new array.</summary>
    public NDArray Read(TensorEntry tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var bytes = new byte[tensor.ByteLength];
        Read(tensor, bytes);
        return new(tensor.Type, [.. tensor.Shape.Select(length => checked((int)length))], bytes);
    }

    /// <summary>The SHA-256 of a tensor's bytes, row-major and little-endian, in lower-case hexadecimal.</summary>
    public string Sha256(TensorEntry tensor) => Convert.ToHexStringLower(SHA256.HashData(Read(tensor).Bytes.Span));

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what the file holds open.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
