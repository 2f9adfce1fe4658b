using DeepGpu.Formats.Bytes;
using DeepGpu.Formats.Tensors;

namespace DeepGpu.Formats.Hdf5;

/// <summary>Reads a dataspace (section IV.A.2.b): the shape of a dataset or attribute.</summary>
internal static class H5Dataspace
{
    private const int MaxRank = 32;
    private const int NullSpace = 2;

    /// <summary>The length of each axis; empty for a single value.</summary>
    public static long[] Read(ref ByteCursor cursor, string name)
    {
        var version = cursor.UInt8();
        var (rank, flags) = (cursor.UInt8(), cursor.UInt8());
        if (version is not (1 or 2) || rank > MaxRank || (flags & 2) != 0)
            throw H5Space.Malformed($"the shape of '{StrictJson.Printable(name)}' has version {version} and {rank} axes", cursor.Offset);
        var type = cursor.UInt8();
        if (version == 1) cursor.Skip(4);
        else if (type == NullSpace) return [0];
        var shape = new long[rank];
        for (var axis = 0; axis < rank; axis++) shape[axis] = Axis(cursor.UInt64(), name, cursor.Offset);
        if ((flags & 1) != 0) cursor.Skip(rank * sizeof(ulong));
        return shape;
    }

    private static long Axis(ulong length, string name, long offset) => length <= (ulong)TensorSize.MaxAxis
        ? (long)length
        : throw H5File.Refusals.Because("size_overflow", "An axis here has at most 2^31 - 1 positions,",
            $"but one has {length}.", name, offset);
}
