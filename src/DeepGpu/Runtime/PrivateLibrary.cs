using System.Runtime.InteropServices;
using System.Text;
using DeepGpu.Downloads;
using DeepGpu.Formats;
using Microsoft.Win32.SafeHandles;

namespace DeepGpu.Runtime;

/// <summary>Loads a native library from bytes at hand, so that no other user can change what was made between making and loading it. Linux
/// only.</summary>
/// <remarks>
/// From memory (memfd_create(2)), which needs no folder at all. Where the system does not allow that, from a fresh folder (0700) in the
/// cache or among the temporary files, if nobody else may write there; it is removed as soon as the library is loaded.
/// </remarks>
internal static class PrivateLibrary
{
    private const uint CloseOnExec = 1;

    /// <summary>Loads a library.</summary>
    /// <param name="library">The file's bytes.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="DeepGpuException">Neither memory nor a folder takes it: each reason.</exception>
    public static void Load(byte[] library, string name)
    {
        var reasons = new List<string>();
        Action[] ways =
        [
            () => FromMemory(library, name),
            () => FromFolder(library, name, Path.Combine(CacheFolder.Root, "native")),
            () => FromFolder(library, name, Path.GetTempPath()),
        ];
        if (!ways.Any(way => Try(way, reasons))) throw new DeepGpuException(RuntimeFaults.NoPlace(name, reasons));
    }

    /// <summary>Loads a library from memory.</summary>
    /// <exception cref="IOException">The system gives no such memory.</exception>
    /// <exception cref="DllNotFoundException">The loader refuses it.</exception>
    public static void FromMemory(byte[] library, string name)
    {
        using var memory = new SafeFileHandle(memfd_create(Encoding.UTF8.GetBytes(name + '\0'), CloseOnExec), ownsHandle: true);
        if (memory.IsInvalid) throw new IOException($"memory: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        RandomAccess.Write(memory, library, fileOffset: 0);
        NativeLibrary.Load($"/proc/self/fd/{memory.DangerousGetHandle()}");
    }

    /// <summary>Loads a library from a fresh folder of the user's own.</summary>
    /// <param name="library">The file's bytes.</param>
    /// <param name="name">Its name.</param>
    /// <param name="parent">Where the folder is made.</param>
    /// <exception cref="IOException">The folder cannot be made, or others may write to where it would lie.</exception>
    /// <exception cref="DllNotFoundException">The loader refuses the library.</exception>
    public static void FromFolder(byte[] library, string name, string parent)
    {
        PrivateFiles.CreateFolder(parent);
        if (FileTrust.WeaknessOfFolder(Path.GetFullPath(parent)) is { } weakness) throw new IOException(weakness);
        var folder = Path.Combine(parent, $"load-{Guid.NewGuid():N}");
        PrivateFiles.CreateFolder(folder);
        try
        {
            var file = Path.Combine(folder, name);
            using (var stream = PrivateFiles.Open(file, FileMode.CreateNew)) stream.Write(library);
            NativeLibrary.Load(file);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Try(Action load, List<string> reasons)
    {
        try
        {
            load();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TypeLoadException or IFaultSource)
        {
            reasons.Add(RuntimeFaults.Reason(e));
            return false;
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int memfd_create(byte[] name, uint flags);
}
