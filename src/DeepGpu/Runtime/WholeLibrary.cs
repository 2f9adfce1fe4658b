using System.Buffers.Binary;

namespace DeepGpu.Runtime;

/// <summary>Finds native libraries whose end is missing, after a broken unpacking or a full disk. Loading one ends the process with
/// SIGBUS.</summary>
internal static class WholeLibrary
{
    private const int HeaderLength = 64;
    private const int ProgramHeaderLength = 56;
    private const uint Loaded = 1;

    /// <summary>What torch is made of, and what its libraries load themselves.</summary>
    private static readonly string[] Prefixes = ["libtorch", "libc10", "libgomp", "libshm", "libcu", "libnv", "libLibTorchSharp"];

    /// <summary>Checks every library of torch in a folder. Linux only: other loaders look themselves.</summary>
    /// <exception cref="DeepGpuException">One is shorter than its own tables say.</exception>
    public static void CheckFolder(string folder)
    {
        if (!OperatingSystem.IsLinux()) return;
        var files = Directory.EnumerateFiles(folder, "lib*.so*").Where(file => Prefixes.Any(Path.GetFileName(file).StartsWith));
        foreach (var file in files) Check(file);
    }

    /// <summary>Checks a library.</summary>
    /// <exception cref="DeepGpuException">It is shorter than its own tables say.</exception>
    public static void Check(string path)
    {
        using var file = RegularFile.OpenRead(path, FileShare.ReadWrite | FileShare.Delete);
        if (End(file) is { } end && end > (ulong)file.Length) throw new DeepGpuException(RuntimeFaults.Truncated(path, end, file.Length));
    }

    /// <summary>Where the last of the section table and the segments ends; null for what is no 64-bit little-endian ELF file, which the
    /// loader refuses.</summary>
    private static UInt128? End(FileStream file)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength
            || !header.StartsWith("\u007fELF\u0002\u0001"u8)) return null;
        var (programs, sections) = (U64(header[0x20..]), U64(header[0x28..]));
        var (programSize, programCount, sectionSize, sectionCount) = (U16(header[0x36..]), U16(header[0x38..]), U16(header[0x3A..]),
            U16(header[0x3C..]));
        var table = (UInt128)programs + (uint)(programSize * programCount);
        var end = UInt128.Max(table, (UInt128)sections + (uint)(sectionSize * sectionCount));
        return table > (ulong)file.Length || programSize != ProgramHeaderLength ? end
            : UInt128.Max(end, EndOfSegments(file, programs, programCount));
    }

    private static UInt128 EndOfSegments(FileStream file, ulong table, int count)
    {
        var (end, segment) = ((UInt128)0, new byte[ProgramHeaderLength]);
        file.Position = (long)table;
        for (var i = 0; i < count; i++)
        {
            file.ReadExactly(segment);
            if (U32(segment) == Loaded) end = UInt128.Max(end, (UInt128)U64(segment.AsSpan(8)) + U64(segment.AsSpan(32)));
        }

        return end;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static ulong U64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
