using System.Runtime.Intrinsics.X86;
using System.Text;

namespace DeepGpu.Runtime;

/// <summary>What the processor says of its caches and of itself, by the CPUID instruction.</summary>
/// <remarks>References: AMD64 Architecture Programmer's Manual, volume 3, appendix E (Fn8000_001D: cache properties);
/// Intel SDM, volume 2A, CPUID.</remarks>
internal static class ProcessorCaches
{
    private const int AmdCacheProperties = unchecked((int)0x8000001D);
    private const int HighestExtended = unchecked((int)0x80000000);

    /// <summary>Whether this is an AMD processor whose leaf of cache properties is empty, as some virtual machines leave it:
    /// oneDNN before 3.8 then takes every cache for 1 byte, and its copies of weights overwrite one another.</summary>
    public static bool AreHidden => X86Base.IsSupported && Vendor() == "AuthenticAMD"
        && (uint)X86Base.CpuId(HighestExtended, 0).Eax >= unchecked((uint)AmdCacheProperties)
        && X86Base.CpuId(AmdCacheProperties, 0) is { Ebx: 0, Ecx: 0 };

    /// <summary>All that decides which kernels an engine picks: vendor, model, features and caches;
    /// the architecture where CPUID is missing.</summary>
    public static string Signature()
    {
        if (!X86Base.IsSupported)
            return $"{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture} {Environment.ProcessorCount}";
        (int Leaf, int Sub)[] leaves = [(0, 0), (1, 0), (4, 0), (4, 1), (4, 2), (4, 3), (7, 0), (7, 1),
            (AmdCacheProperties, 0), (AmdCacheProperties, 1)];
        return string.Join(' ', leaves.Select(leaf => Registers(leaf.Leaf, leaf.Sub)).Append(Brand()));
    }

    /// <summary>The processor's name for itself; null where CPUID is missing.</summary>
    public static string? Name() => X86Base.IsSupported ? Brand().Trim() : null;

    /// <summary>Leaf 1 also tells which core answered (EBX, bits 24 to 31): left out.</summary>
    private static string Registers(int leaf, int sub)
    {
        var (eax, ebx, ecx, edx) = X86Base.CpuId(leaf, sub);
        return $"{eax:x}.{(leaf == 1 ? ebx & 0x00ffffff : ebx):x}.{ecx:x}.{edx:x}";
    }

    private static string Vendor()
    {
        var (_, ebx, ecx, edx) = X86Base.CpuId(0, 0);
        return Ascii([ebx, edx, ecx]);
    }

    private static string Brand() => string.Concat(Enumerable.Range(2, 3).Select(part =>
    {
        var (eax, ebx, ecx, edx) = X86Base.CpuId(HighestExtended + part, 0);
        return Ascii([eax, ebx, ecx, edx]);
    }));

    private static string Ascii(int[] registers)
        => Encoding.ASCII.GetString([.. registers.SelectMany(BitConverter.GetBytes)]).TrimEnd('\0');
}
