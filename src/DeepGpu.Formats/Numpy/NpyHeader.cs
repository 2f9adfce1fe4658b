using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Numpy;

/// <summary>What the header of a .npy file says.</summary>
/// <param name="Type">The element type.</param>
/// <param name="IsBigEndian">Whether elements are stored with their highest byte first.</param>
/// <param name="IsFortranOrder">Whether the first axis varies fastest.</param>
/// <param name="Shape">The length of each axis.</param>
/// <param name="DataOffset">Where the elements start.</param>
internal sealed partial record NpyHeader(DataType Type, bool IsBigEndian, bool IsFortranOrder, long[] Shape, int DataOffset)
{
    private const int MagicLength = 6;
    private const int MaxHeader = 1 << 16;
    private const int MaxRank = 64;

    internal static readonly Refusals Refusals = new("Save it again with numpy.save and a plain numeric array.");

    private static readonly Dictionary<DataType, string> Names = new()
    {
        [DataType.Bool] = "|b1",
        [DataType.UInt8] = "|u1",
        [DataType.Int8] = "|i1",
        [DataType.UInt16] = "<u2",
        [DataType.Int16] = "<i2",
        [DataType.UInt32] = "<u4",
        [DataType.Int32] = "<i4",
        [DataType.UInt64] = "<u8",
        [DataType.Int64] = "<i8",
        [DataType.Float16] = "<f2",
        [DataType.Float32] = "<f4",
        [DataType.Float64] = "<f8",
    };

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.</summary>
    public static NpyHeader Read(ByteSource source, string name)
    {
        var (text, dataOffset) = Text(source, name);
        var match = Dictionary().Match(text);
        if (!match.Success)
            throw Refusals.Because("header_malformed", "A .npy header must hold descr, fortran_order and shape and nothing else,",
                $"but is {StrictJson.Printable(text.Trim())}.", name, MagicLength);
        var (type, big) = Element(match.Groups["descr"].Value, name);
        return new(type, big, match.Groups["fortran"].Value == "True", Axes(match.Groups["shape"].Value, name), dataOffset);
    }

    /// <summary>NumPy's name of a type; null where it has none.</summary>
    public static string? NameOf(DataType type) => Names.GetValueOrDefault(type);

    private static (string Text, int DataOffset) Text(ByteSource source, string name)
    {
        var start = source.ReadBytes(0, (int)Math.Min(MagicLength + 6, source.Length));
        if (!start.AsSpan().StartsWith(Magic)) throw NotNpy(source, name);
        if (start.Length < MagicLength + 6) throw Truncated(name);
        var major = start[MagicLength];
        if (major is < 1 or > 3)
            throw Refusals.Because("unsupported_version", "A .npy file has version 1, 2 or 3,",
                $"but this one has {major}.", name, MagicLength);
        var field = major == 1 ? 2 : 4;
        var length = major == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(MagicLength + 2))
            : BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(MagicLength + 2));
        var offset = MagicLength + 2 + field;
        if (length > MaxHeader)
            throw Refusals.Because("header_too_large", $"A .npy header has at most {MaxHeader} bytes,",
                $"but {length} are announced.", name, MagicLength + 2);
        return source.Holds(offset, length)
            ? (Encoding.Latin1.GetString(source.ReadBytes(offset, (int)length)), offset + (int)length)
            : throw Truncated(name);
    }

    private static ModelFormatException NotNpy(ByteSource source, string name)
    {
        var kind = FileStart.Of(source);
        return kind is FileStart.Kind.Npy ? Truncated(name) : FileStart.Unexpected(source, kind, "a NumPy .npy array", Refusals);
    }

    private static ModelFormatException Truncated(string name)
        => Refusals.Because("truncated", "The file must hold its whole header,", "but ends before.", name);

    private static (DataType Type, bool IsBigEndian) Element(string descr, string name)
    {
        DataType? type = descr.TrimStart('<', '>', '|', '=') switch
        {
            "b1" or "?" => DataType.Bool,
            "u1" => DataType.UInt8,
            "i1" => DataType.Int8,
            "u2" => DataType.UInt16,
            "i2" => DataType.Int16,
            "u4" => DataType.UInt32,
            "i4" => DataType.Int32,
            "u8" => DataType.UInt64,
            "i8" => DataType.Int64,
            "f2" => DataType.Float16,
            "f4" => DataType.Float32,
            "f8" => DataType.Float64,
            _ => null,
        };
        if (descr.EndsWith('O'))
            throw Refusals.Because("python_objects", "A .npy array must hold numbers,",
                "but this one holds Python objects, which are a pickle.", name, MagicLength);
        return type is { } known
            ? (known, descr[0] == '>')
            : throw Refusals.Because("unsupported_dtype", "A .npy array must hold integers, floats or bools,",
                $"but has the unsupported dtype '{StrictJson.Printable(descr)}'.", name, MagicLength);
    }

    private static long[] Axes(string text, string name)
    {
        var parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length > MaxRank)
            throw Refusals.Because("header_malformed", $"An array has at most {MaxRank} axes,",
                $"but this one has {parts.Length}.", name, MagicLength);
        return [.. parts.Select(part => long.TryParse(part.TrimEnd('L'), out var length)
            ? length
            : throw Refusals.Because("size_overflow", "An axis here has at most 2^31 - 1 positions,",
                $"but one has {StrictJson.Printable(part)}.", name, MagicLength))];
    }

    /// <summary>The one form that numpy.save writes: a Python dict literal of three sorted keys.</summary>
    [GeneratedRegex(
        @"^\s*\{\s*'descr'\s*:\s*'(?<descr>[<>|=]?[A-Za-z?][0-9]*)'\s*,\s*'fortran_order'\s*:\s*(?<fortran>True|False)\s*,"
            + @"\s*'shape'\s*:\s*\((?<shape>(\s*[0-9]+L?\s*,)*\s*([0-9]+L?)?\s*)\)\s*,?\s*\}\s*$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Dictionary();
}
