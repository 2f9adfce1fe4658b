namespace DeepGpu.Formats;

/// <summary>A tensor of a file and where its bytes are.</summary>
internal sealed record StoredTensor(TensorEntry Entry, ITensorBytes Bytes);

/// <summary>Gives a tensor's bytes, row-major and little-endian.</summary>
internal interface ITensorBytes
{
    /// <summary>The bytes as one piece of a file, which can be read part by part; null where only the whole can be made.</summary>
    PlainBytes? Plain => null;

    /// <summary>Fills memory of exactly the tensor's length.</summary>
    void Read(Span<byte> destination);
}

/// <summary>Bytes that lie in a file as they are wanted, or with each element's bytes reversed.</summary>
/// <param name="Source">Holds them.</param>
/// <param name="Offset">Where they start.</param>
/// <param name="ReversedElementSize">Bytes of an element stored big-endian; 1 where nothing is to be reversed.</param>
internal sealed record PlainBytes(ByteSource Source, long Offset, int ReversedElementSize = 1) : ITensorBytes
{
    public PlainBytes? Plain => this;

    /// <summary>Fills memory of whole elements from a place on.</summary>
    public void Read(long start, Span<byte> destination)
    {
        Source.Read(Offset + start, destination);
        ByteOrder.Reverse(destination, ReversedElementSize);
    }

    public void Read(Span<byte> destination) => Read(0, destination);
}
