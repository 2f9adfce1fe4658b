namespace DeepGpu.Formats.Hdf5;

/// <summary>The pieces of an HDF5 file in the order they will lie in it, each at a known address.</summary>
internal sealed class H5Output
{
    private const int Alignment = 8;
    private static readonly byte[] Padding = new byte[Alignment];

    private readonly List<ReadOnlyMemory<byte>> _pieces = [];

    /// <summary>Where the next piece will be.</summary>
    public long Position { get; private set; }

    /// <summary>Places a piece and gives its address.</summary>
    public long Place(ReadOnlyMemory<byte> piece)
    {
        var address = Position;
        _pieces.Add(piece);
        var padding = (int)((Alignment - piece.Length % Alignment) % Alignment);
        _pieces.Add(Padding.AsMemory(0, padding));
        Position += piece.Length + padding;
        return address;
    }

    public void CopyTo(Stream stream)
    {
        foreach (var piece in _pieces) stream.Write(piece.Span);
    }
}
