using System.Runtime.InteropServices;

namespace DeepGpu.Runtime;

/// <summary>The sizes of the processor's caches as oneDNN keeps them inside libtorch, and their repair.</summary>
/// <remarks>
/// <para>oneDNN 3.2 to 3.7 reads AMD's CPUID leaf 0x8000001D without a look at the cache type: where a virtual machine leaves it empty
/// each cache becomes (0 + 1) x (0 + 1) x (0 + 1) x (0 + 1) = 1 byte.
/// Its reorder of weights then splits blocks that are padded, and the copy
/// overwrites weights with zeros: convolutions and LSTMs are wrong in silence. oneDNN 3.8.1 stops at the empty leaf and guesses
/// 32 KiB, 512 KiB and 1 MiB instead; older ones do the same guess once the number of known cache levels is 0.
/// The repair sets it to 0.</para>
/// <para>The object is a static one of the function <c>dnnl::impl::cpu::x64::cpu()</c>, which no library exports: its place is known for
/// the builds below only, each by the build id of its file, and nothing is touched in any other. Kernels made before the repair stay in
/// oneDNN's cache of primitives, so that cache is emptied too. Field offsets: xbyak 7's class <c>Xbyak::util::Cpu</c>.</para>
/// </remarks>
internal sealed unsafe class OneDnnCaches
{
    internal const int Sizes = 0x1c;
    internal const int Sharing = 0x44;
    internal const int Levels = 0x6c;
    private const int MostLevels = 10;

    /// <summary>No processor has a data cache this small.</summary>
    private const uint Smallest = 1024;

    private static readonly Build[] Known =
    [
        new("e59a73f8ca02c19463bd923dc568ce765b2a1106", GlobalContext: 0x1c784f0, Processor: 0xf89b1a0, SetKernelCapacity: 0x1129e7f0),
    ];

    private readonly byte* _processor;
    private readonly delegate* unmanaged<int, int> _setKernelCapacity;

    private OneDnnCaches(nint origin, Build build)
    {
        _processor = ((delegate* unmanaged<byte*>)(origin + build.Processor))();
        _setKernelCapacity = (delegate* unmanaged<int, int>)(origin + build.SetKernelCapacity);
    }

    /// <summary>Whether oneDNN believes in a cache that no processor has.</summary>
    public bool AreImpossible => Enumerable.Range(0, (int)Math.Min(*LevelCount, MostLevels)).Any(level => PerCore(level) < Smallest);

    /// <summary>The object's address.</summary>
    internal nint Address => (nint)_processor;

    private uint* LevelCount => (uint*)(_processor + Levels);

    /// <summary>Finds them in a loaded libtorch_cpu; null if the build is not known.</summary>
    /// <param name="library">The library's handle.</param>
    /// <param name="buildId">The build id of its file.</param>
    public static OneDnnCaches? Find(nint library, string? buildId)
        => Known.FirstOrDefault(build => build.Id == buildId) is { } build
            && NativeLibrary.TryGetExport(library, OneDnnSwitch.GlobalContext, out var context)
            ? new(context - build.GlobalContext, build)
            : null;

    /// <summary>Lets oneDNN guess the sizes instead, and forget the kernels it made before.</summary>
    public void Repair()
    {
        *LevelCount = 0;
        _setKernelCapacity(0);
        _setKernelCapacity(OneDnnSwitch.KernelCapacity());
    }

    private uint PerCore(int level) => ((uint*)(_processor + Sizes))[level] / Math.Max(((uint*)(_processor + Sharing))[level], 1);

    /// <summary>Where a build keeps the symbols, as addresses of its file.</summary>
    private sealed record Build(string Id, nint GlobalContext, nint Processor, nint SetKernelCapacity);
}
