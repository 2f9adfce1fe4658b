using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DeepGpu.Runtime;

/// <summary>Lets TorchSharp's native library load where the system's libstdc++ is older than the one it was linked with.</summary>
/// <remarks>
/// <para>libLibTorchSharp.so asks for symbol version GLIBCXX_3.4.32 (GCC 13); Debian 12, Ubuntu 22.04 and RHEL 9 end at 3.4.30
/// or earlier, and the loader refuses the whole library. Its only symbol of that version is <c>std::ios_base_library_init()</c>,
/// an anchor the linker leaves in every C++ program and that no code of this library calls.</para>
/// <para>So a private copy is loaded in which that version is marked weak: the loader then no longer insists on it. The copy is never
/// kept, so nobody can change it (<see cref="PrivateLibrary"/>), and is made only when the system's libstdc++ really lacks the symbol, and
/// only after the file itself proves that the anchor is the sole symbol bound to the version and that no relocation uses it. Switch it off
/// with <see cref="TorchRuntimeOptions.AllowOlderLibstdcxx"/>.</para>
/// </remarks>
internal static class OlderLibstdcxx
{
    private const string Version = "GLIBCXX_3.4.32";
    private const string Anchor = "_ZSt21ios_base_library_initv";
    private const ushort Weak = 2;

    /// <summary>Whether the system's libstdc++ lacks the version that TorchSharp's native library asks for.</summary>
    public static bool SystemLacksVersion()
        => OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libstdc++.so.6", out var library)
            && !NativeLibrary.TryGetExport(library, Anchor, out _);

    /// <summary>The file with the version marked weak; null if it does not ask for the version.</summary>
    /// <exception cref="InvalidDataException">The file uses the version for more than the anchor: a copy would not be safe.</exception>
    public static byte[]? MarkWeak(byte[] library)
    {
        var elf = new ElfFile(library);
        var needs = elf.NeededVersions().Where(need => need.Name == Version).ToList();
        if (needs.Count == 0) return null;
        var copy = (byte[])library.Clone();
        foreach (var need in needs)
        {
            if (elf.SymbolsOfVersion(need.Index).FirstOrDefault(s => s.Name != Anchor || elf.IsRelocated(s.Position)) is { Name: { } used })
            {
                throw new InvalidDataException($"The symbol '{used}' really needs {Version}.");
            }

            var flags = copy.AsSpan(need.FlagsOffset);
            BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | Weak));
        }

        return copy;
    }

    /// <summary>The bytes of a copy that loads here; null where none is needed.</summary>
    public static byte[]? Copy(string original) => SystemLacksVersion() ? MarkWeak(RegularFile.ReadAllBytes(original)) : null;
}
