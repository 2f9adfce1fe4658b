using System.Collections.Immutable;

namespace DeepGpu.Formats;

/// <summary>One tensor of a file: what it is, before its bytes are read.</summary>
/// <param name="Name">The name in the file.</param>
/// <param name="Type">The element type.</param>
/// <param name="Shape">The length of each axis; empty for a single number.</param>
public sealed record TensorEntry(string Name, DataType Type, ImmutableArray<long> Shape)
{
    /// <summary>The number of bytes: element count times element size.</summary>
    public long ByteLength => Shape.Aggregate((long)Type.ByteSize(), (product, length) => checked(product * length));
}
