using System.Buffers.Binary;

namespace DeepGpu.Runtime;

/// <summary>Which build of libtorch a file is.</summary>
internal static class LibTorchBuild
{
    private const uint NoteSegment = 4;
    private const uint BuildIdNote = 3;

    /// <summary>The linker's build id as hexadecimal digits, which no other build has; null where the file carries none.</summary>
    /// <remarks>Layout: the System V ABI's program headers and note sections; only a few hundred bytes are read.</remarks>
    public static string? Id(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Notes(file).Select(IdOf).FirstOrDefault(id => id is not null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static IEnumerable<byte[]> Notes(FileStream file)
    {
        var header = Read(file, 0, 64);
        if (!header.AsSpan().StartsWith("\u007fELF\u0002\u0001"u8)) yield break;
        var (start, size, count) = (BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(32)), U16(header, 54), U16(header, 56));
        for (var i = 0; i < count; i++)
        {
            var segment = Read(file, start + i * size, 56);
            if (U32(segment, 0) != NoteSegment) continue;
            var length = BinaryPrimitives.ReadInt64LittleEndian(segment.AsSpan(32));
            yield return Read(file, BinaryPrimitives.ReadInt64LittleEndian(segment.AsSpan(8)), (int)Math.Min(length, 4096));
        }
    }

    private static string? IdOf(byte[] notes)
    {
        for (var at = 0; at + 12 <= notes.Length;)
        {
            var (name, value, kind) = ((int)U32(notes, at), (int)U32(notes, at + 4), U32(notes, at + 8));
            var start = at + 12 + Padded(name);
            if (kind == BuildIdNote && notes.AsSpan(at + 12).StartsWith("GNU\0"u8))
                return Convert.ToHexStringLower(notes.AsSpan(start, value));
            at = start + Padded(value);
        }

        return null;
    }

    private static byte[] Read(FileStream file, long offset, int length)
    {
        var bytes = new byte[length];
        file.Position = offset;
        file.ReadExactly(bytes);
        return bytes;
    }

    private static int Padded(int length) => checked((length + 3) & ~3);

    private static int U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
