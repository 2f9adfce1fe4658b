using System.Runtime.InteropServices;

namespace DeepGpu.Runtime;

/// <summary>What glibc runs when the process exits: the destructors of the libraries it loaded, the last one first.</summary>
internal static unsafe class ExitHandlers
{
    private const string Library = "libc.so.6";

    /// <summary>Puts the end of the process before the destructors that are registered so far: they free what other threads still use. The
    /// exit code stays.</summary>
    /// <remarks>Only glibc has such a list; elsewhere nothing happens. Reference: on_exit(3), _exit(2).</remarks>
    public static void SkipDestructors()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad(Library, out var library)) return;
        if (!NativeLibrary.TryGetExport(library, "on_exit", out var register)) return;
        if (!NativeLibrary.TryGetExport(library, "_exit", out var end)) return;
        ((delegate* unmanaged[Cdecl]<nint, nint, int>)register)(end, 0);
    }
}
