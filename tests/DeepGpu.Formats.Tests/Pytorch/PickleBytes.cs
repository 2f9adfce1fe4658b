using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DeepGpu.Formats.Tests;

/// <summary>Writes pickles by hand, also those that no pickler writes.</summary>
internal sealed class PickleBytes
{
    private readonly List<byte> _bytes = [];

    public static PickleBytes Protocol2 => new PickleBytes().Raw(0x80, 2);

    /// <summary>A state dict of one tensor "w" of 2 x 3 floats in record 0, with one part replaced.</summary>
    public static byte[] Tensor(long count = 6, long offset = 0, long[]? shape = null, long[]? strides = null,
        string storage = "torch\nFloatStorage", string key = "0", string kind = "storage")
        => Protocol2
            .Global("collections", "OrderedDict").Op(")R(").Text("w").Global("torch._utils", "_rebuild_tensor_v2").Op("((").Text(kind)
            .Op("c").Line(storage).Text(key).Text("cpu").Long(count).Op("tQ")
            .Long(offset).Op("(").Longs(shape ?? [2, 3]).Op("t(").Longs(strides ?? [3, 1]).Raw((byte)'t', 0x89)
            .Global("collections", "OrderedDict").Op(")RtRu.").ToArray();

    public PickleBytes Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleBytes Op(string opcodes) => Raw(Encoding.Latin1.GetBytes(opcodes));

    public PickleBytes Line(string lines) => Op(lines + "\n");

    public PickleBytes Global(string module, string name) => Op("c").Line(module).Line(name);

    public PickleBytes Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Op("X").Raw(BitConverter.GetBytes(bytes.Length)).Raw(bytes);
    }

    public PickleBytes Long(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Raw(0x8a, 8).Raw(bytes);
    }

    public PickleBytes Longs(long[] values) => values.Aggregate(this, (bytes, value) => bytes.Long(value));

    public byte[] ToArray() => [.. _bytes];

    /// <summary>A zip archive around a pickle and some records.</summary>
    public static byte[] Archive(byte[] pickle, params (string Name, byte[] Bytes)[] records)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in records.Prepend(("archive/data.pkl", pickle)).Append(("archive/version", "3\n"u8.ToArray())))
            {
                using var member = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                member.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The archive of <see cref="Tensor"/>: its record holds six floats.</summary>
    public static byte[] TensorArchive(byte[] pickle) => Archive(pickle, ("archive/data/0", Record));

    public static byte[] Record { get; } = [.. Enumerable.Range(0, 6).SelectMany(i => BitConverter.GetBytes((float)i))];
}
