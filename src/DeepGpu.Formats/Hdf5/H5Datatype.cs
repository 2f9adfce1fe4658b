using System.Text;
using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Hdf5;

/// <summary>How the elements of a dataset or attribute are stored.</summary>
/// <param name="Size">Bytes of one element.</param>
internal sealed record H5Datatype(int Size)
{
    private const int MaxSize = 1 << 20;

    /// <summary>What the elements are.</summary>
    public enum Content
    {
        /// <summary>Numbers of <see cref="Type"/>.</summary>
        Number,

        /// <summary>Texts of a fixed number of bytes.</summary>
        FixedText,

        /// <summary>Texts of any length, kept in a heap.</summary>
        VariableText,

        /// <summary>Bytes without a meaning of their own.</summary>
        Opaque,

        /// <summary>Something this library does not read.</summary>
        Other,
    }

    public Content Kind { get; private init; } = Content.Other;

    public DataType Type { get; private init; }

    public bool IsBigEndian { get; private init; }

    /// <summary>What it is called in refusals.</summary>
    public string Description { get; private init; } = "values of another kind";

    /// <summary>Reads a datatype (section IV.A.2.d).</summary>
    public static H5Datatype Read(ref ByteCursor cursor)
    {
        var offset = cursor.Offset;
        var (classAndVersion, low, middle) = (cursor.UInt8(), cursor.UInt8(), cursor.UInt8());
        cursor.Skip(1);
        var size = cursor.UInt32();
        if (classAndVersion >> 4 is < 1 or > 4 || size is 0 or > MaxSize)
            throw H5Space.Malformed($"a datatype has version {classAndVersion >> 4} and {size} bytes", offset);
        var bare = new H5Datatype((int)size);
        return (classAndVersion & 15) switch
        {
            0 => bare.Integer(ref cursor, low),
            1 => bare.Float(ref cursor, low, middle),
            3 => bare with { Kind = Content.FixedText, Description = "texts" },
            5 => bare with { Kind = Content.Opaque, Description = "opaque bytes" },
            8 => bare.Enumeration(ref cursor, low, classAndVersion >> 4),
            9 when (low & 15) == 1 => bare with { Kind = Content.VariableText, Description = "texts of any length" },
            9 => bare with { Description = "rows of any length" },
            6 => bare with { Description = "compound values" },
            7 => bare with { Description = "references" },
            10 => bare with { Description = "arrays" },
            _ => bare,
        };
    }

    /// <summary>The same bytes read as Keras marks them: two bytes of an opaque or unsigned type that are bfloat16.</summary>
    public H5Datatype AsBFloat16()
        => Size == 2 && (Kind == Content.Opaque || (Kind == Content.Number && Type == DataType.UInt16))
            ? this with { Kind = Content.Number, Type = DataType.BFloat16 }
            : this;

    private H5Datatype Integer(ref ByteCursor cursor, byte flags)
    {
        var (bitOffset, precision) = (cursor.UInt16(), cursor.UInt16());
        var type = (Size, (flags & 8) != 0) switch
        {
            (1, false) => DataType.UInt8,
            (1, true) => DataType.Int8,
            (2, false) => DataType.UInt16,
            (2, true) => DataType.Int16,
            (4, false) => DataType.UInt32,
            (4, true) => DataType.Int32,
            (8, false) => DataType.UInt64,
            (8, true) => DataType.Int64,
            _ => (DataType?)null,
        };
        return type is { } known && bitOffset == 0 && precision == Size * 8
            ? Number(known, (flags & 1) != 0)
            : this with { Description = $"{precision}-bit integers" };
    }

    /// <summary>Only IEEE's layouts, bfloat16's and those of 8 bits: sign on top, then exponent, then mantissa with a hidden bit.</summary>
    private H5Datatype Float(ref ByteCursor cursor, byte flags, byte signPlace)
    {
        var (bitOffset, precision) = (cursor.UInt16(), cursor.UInt16());
        var (exponentPlace, exponentSize, mantissaPlace, mantissaSize) = (cursor.UInt8(), cursor.UInt8(), cursor.UInt8(), cursor.UInt8());
        var bias = cursor.UInt32();
        var plain = bitOffset == 0 && precision == Size * 8 && signPlace == precision - 1 && exponentPlace == mantissaSize
            && mantissaPlace == 0 && (flags & 0x70) == 0x20;
        var type = (Size, exponentSize, mantissaSize, bias) switch
        {
            (1, 4, 3, 7) => DataType.Float8E4M3,
            (1, 5, 2, 15) => DataType.Float8E5M2,
            (2, 5, 10, 15) => DataType.Float16,
            (2, 8, 7, 127) => DataType.BFloat16,
            (4, 8, 23, 127) => DataType.Float32,
            (8, 11, 52, 1023) => DataType.Float64,
            _ => (DataType?)null,
        };
        return type is { } known && plain
            ? Number(known, (flags & 1) != 0)
            : this with { Description = $"{precision}-bit floats of another layout" };
    }

    /// <summary>h5py stores bool as an enumeration of FALSE and TRUE over one byte.</summary>
    private H5Datatype Enumeration(ref ByteCursor cursor, byte count, int version)
    {
        var values = Integers(ref cursor);
        if (count != 2 || values?.Size != 1 || Size != 1) return this with { Description = "an enumeration" };
        var (first, second) = (Name(ref cursor, version), Name(ref cursor, version));
        var isBool = first == "FALSE" && second == "TRUE" && cursor.UInt8() == 0 && cursor.UInt8() == 1;
        return isBool ? Number(DataType.Bool, isBigEndian: false) : this with { Description = "an enumeration" };
    }

    /// <summary>The integers an enumeration is made of; null if it is made of something else, which is not followed further.</summary>
    private static H5Datatype? Integers(ref ByteCursor cursor)
    {
        var (type, low) = (cursor.UInt8() & 15, cursor.UInt8());
        cursor.Skip(2);
        var bare = new H5Datatype((int)Math.Min(cursor.UInt32(), MaxSize));
        return type == 0 ? bare.Integer(ref cursor, low) : null;
    }

    private static string Name(ref ByteCursor cursor, int version)
    {
        var text = new StringBuilder();
        for (var c = cursor.UInt8(); c != 0; c = cursor.UInt8()) text.Append((char)c);
        if (version < 3) cursor.Skip((8 - (text.Length + 1) % 8) % 8);
        return text.ToString();
    }

    private H5Datatype Number(DataType type, bool isBigEndian)
        => this with { Kind = Content.Number, Type = type, IsBigEndian = isBigEndian && Size > 1, Description = type.ToString() };
}
