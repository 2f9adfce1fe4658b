using System.Runtime.InteropServices;

namespace DeepGpu.Tests.Runtime;

/// <summary>Makes the loaded libtorch compute wrong, as it does where oneDNN takes every cache for one byte.
/// Only in child processes.</summary>
/// <remarks>Its places are known for one build of libtorch, that of the referenced package on Linux.</remarks>
internal static unsafe class FaultyEngine
{
    public const string Variable = "DEEPGPU_TEST_FAULT";

    private const nint GlobalContext = 0x1c784f0;
    private const nint CacheSizeOfCore = 0xfa22b40;
    private const int PageSize = 4096;
    private const int ReadWriteExecute = 7;

    /// <summary>The sizes themselves are wrong, as on processors that hide them.</summary>
    public const string Sizes = "sizes";

    /// <summary>The function that tells them is wrong: no repair of the sizes helps, and nothing foretells it.</summary>
    public const string Function = "function";

    /// <summary>Ends with this where the engine must be trusted all the same.</summary>
    public const string Trusted = "-trusted";

    /// <summary>Whether this process was asked for it, and how the runtime is to be started then.</summary>
    public static TorchRuntimeOptions? Inject()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } fault) return null;
        var library = Load();
        if (fault.StartsWith(Sizes, StringComparison.Ordinal)) SpoilSizes(library);
        if (fault.StartsWith(Function, StringComparison.Ordinal)) SpoilFunction(library);
        return new() { Numerics = fault.EndsWith(Trusted, StringComparison.Ordinal) ? TorchNumerics.Trust : TorchNumerics.Check };
    }

    private static nint Load()
    {
        var (folder, _) = NativeFolders.Find("torch_cpu",
            NativeFolders.Default($"libtorch-cpu-{NativePlatform.Rid}", NativeFolders.ExpectedLibTorch.ToString(3)))!.Value;
        return new[] { "torch_global_deps", "c10", "torch_cpu" }
            .Select(name => NativeLibrary.Load(Path.Combine(folder, NativePlatform.FileName(name)))).Last();
    }

    private static void SpoilSizes(nint library)
    {
        var processor = (byte*)OneDnnCaches.Find(library, BuildId())!.Address;
        *(uint*)(processor + OneDnnCaches.Levels) = 3;
        for (var level = 0; level < 3; level++)
        {
            ((uint*)(processor + OneDnnCaches.Sizes))[level] = 1;
            ((uint*)(processor + OneDnnCaches.Sharing))[level] = 1;
        }
    }

    /// <summary>Puts "mov eax, 1; ret" over its start.</summary>
    private static void SpoilFunction(nint library)
    {
        if (BuildId() != "e59a73f8ca02c19463bd923dc568ce765b2a1106") throw new InvalidOperationException("Another build of libtorch.");
        var function = NativeLibrary.GetExport(library, OneDnnSwitch.GlobalContext) - GlobalContext + CacheSizeOfCore;
        var page = function & ~(PageSize - 1);
        if (mprotect(page, 2 * PageSize, ReadWriteExecute) != 0) throw new InvalidOperationException("mprotect failed.");
        new byte[] { 0xb8, 1, 0, 0, 0, 0xc3 }.CopyTo(new Span<byte>((void*)function, 6));
    }

    private static string? BuildId()
        => LibTorchBuild.Id(File.ReadLines("/proc/self/maps")
            .First(line => line.EndsWith("/libtorch_cpu.so", StringComparison.Ordinal)) is { } line
            ? line[line.IndexOf('/', StringComparison.Ordinal)..] : "");

    [DllImport("libc")]
    private static extern int mprotect(nint address, nint length, int protection);
}
