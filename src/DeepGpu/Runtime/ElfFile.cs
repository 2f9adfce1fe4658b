using System.Buffers.Binary;
using System.Text;

namespace DeepGpu.Runtime;

/// <summary>The little of a 64-bit little-endian ELF library that symbol versions need.
/// Layout: the System V ABI and the LSB's symbol versioning.</summary>
internal sealed class ElfFile
{
    private const int SectionHeaderOffset = 0x28;
    private const int SectionHeaderSize = 0x3A;
    private const uint Rela = 4;
    private const uint DynamicSymbols = 11;
    private const uint VersionNeeds = 0x6ffffffe;
    private const uint VersionOfSymbol = 0x6fffffff;

    private readonly byte[] _bytes;
    private readonly List<Section> _sections = [];

    public ElfFile(byte[] bytes)
    {
        _bytes = bytes;
        if (!bytes.AsSpan().StartsWith("\u007fELF\u0002\u0001"u8)) throw new InvalidDataException("Not a 64-bit little-endian ELF file.");
        var (start, size, count) = (checked((int)U64(SectionHeaderOffset)), U16(SectionHeaderSize), U16(SectionHeaderSize + 2));
        for (var i = 0; i < count; i++) _sections.Add(ReadSection(start + i * size));
    }

    /// <summary>A version a library is needed in: where its flags stand and the index symbols refer to it by.</summary>
    public readonly record struct NeededVersion(string Library, string Name, int FlagsOffset, ushort Index);

    /// <summary>Every version of every library the file needs.</summary>
    public IEnumerable<NeededVersion> NeededVersions()
    {
        foreach (var section in _sections.Where(s => s.Type == VersionNeeds))
        {
            var strings = _sections[section.Link].Offset;
            for (var (need, i) = (section.Offset, 0); i < section.Info; i++, need += (int)U32(need + 12))
            {
                var library = Text(strings + (int)U32(need + 4));
                var auxiliary = need + (int)U32(need + 8);
                for (var j = 0; j < U16(need + 2); j++, auxiliary += (int)U32(auxiliary + 12))
                {
                    yield return new(library, Text(strings + (int)U32(auxiliary + 8)), auxiliary + 4, U16(auxiliary + 6));
                }
            }
        }
    }

    /// <summary>The dynamic symbols bound to a version's index: position in the table and name.</summary>
    public IEnumerable<(int Position, string Name)> SymbolsOfVersion(ushort index)
    {
        var symbols = _sections.First(s => s.Type == DynamicSymbols);
        var versions = _sections.First(s => s.Type == VersionOfSymbol);
        for (var i = 0; i < versions.Size / 2; i++)
        {
            if ((U16(versions.Offset + 2 * i) & 0x7fff) == index)
                yield return (i, Text(_sections[symbols.Link].Offset + (int)U32(symbols.Offset + 24 * i)));
        }
    }

    /// <summary>Whether any relocation refers to a dynamic symbol.</summary>
    public bool IsRelocated(int symbol)
    {
        foreach (var section in _sections.Where(s => s.Type == Rela))
        {
            for (var entry = section.Offset; entry < section.Offset + section.Size; entry += 24)
            {
                if (U64(entry + 8) >> 32 == (ulong)symbol) return true;
            }
        }

        return false;
    }

    private Section ReadSection(int at)
        => new(U32(at + 4), checked((int)U64(at + 24)), checked((int)U64(at + 32)), (int)U32(at + 40), (int)U32(at + 44));

    private string Text(int at) => Encoding.ASCII.GetString(_bytes.AsSpan(at, _bytes.AsSpan(at).IndexOf((byte)0)));

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at));

    private ulong U64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(at));

    private readonly record struct Section(uint Type, int Offset, int Size, int Link, int Info);
}
