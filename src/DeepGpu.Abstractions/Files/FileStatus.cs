using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DeepGpu.Files;

/// <summary>What a Unix system says of a file: its kind, who may do what with it, and whose it is.</summary>
/// <remarks>Asked of the library .NET's own file classes call (libSystem.Native): the same on every Unix, glibc, musl or macOS.
/// They show neither kind nor owner.</remarks>
/// <param name="Mode">The bits of st_mode.</param>
/// <param name="Owner">The number of the user it belongs to.</param>
internal readonly record struct FileStatus(int Mode, uint Owner)
{
    /// <summary>Read, write and execute for the user, the group and others.</summary>
    public const UnixFileMode Permissions = (UnixFileMode)0x1FF;

    private const int KindMask = 0xF000;

    /// <summary>The user this process acts as.</summary>
    public static uint User => SystemNative_GetEUid();

    /// <summary>What the file is: "a regular file", "a folder", "a named pipe", "a device" and so on.</summary>
    public string Kind => (Mode & KindMask) switch
    {
        0x8000 => "a regular file",
        0x4000 => "a folder",
        0xA000 => "a link",
        0x1000 => "a named pipe",
        0xC000 => "a socket",
        _ => "a device",
    };

    /// <summary>Whether it holds bytes that stay: no folder, pipe, socket or device.</summary>
    public bool IsRegular => (Mode & KindMask) == 0x8000;

    /// <summary>Whether only its owner may remove or replace what is in this folder, whoever may write to it.</summary>
    public bool IsSticky => ((UnixFileMode)Mode & UnixFileMode.StickyBit) != 0;

    /// <summary>Who may do what with it.</summary>
    public UnixFileMode Access => (UnixFileMode)Mode & Permissions;

    /// <summary>The status of what a path leads to, links followed; null on Windows and where there is nothing that may be looked
    /// at.</summary>
    public static FileStatus? Of(string path)
        => !OperatingSystem.IsWindows() && SystemNative_Stat(Native(path), out var status) == 0 ? new(status.Mode, status.Owner) : null;

    /// <summary>The status of a path itself, a link where it is one; null on Windows and where there is nothing that may be looked
    /// at.</summary>
    public static FileStatus? OfEntry(string path)
        => !OperatingSystem.IsWindows() && SystemNative_LStat(Native(path), out var status) == 0 ? new(status.Mode, status.Owner) : null;

    /// <summary>The status of an open file; null on Windows.</summary>
    public static FileStatus? Of(SafeFileHandle file)
        => !OperatingSystem.IsWindows() && SystemNative_FStat(file, out var status) == 0 ? new(status.Mode, status.Owner) : null;

    private static byte[] Native(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libSystem.Native")]
    private static extern int SystemNative_Stat(byte[] path, out NativeStatus status);

    [DllImport("libSystem.Native")]
    private static extern int SystemNative_LStat(byte[] path, out NativeStatus status);

    [DllImport("libSystem.Native")]
    private static extern int SystemNative_FStat(SafeFileHandle file, out NativeStatus status);

    [DllImport("libSystem.Native")]
    private static extern uint SystemNative_GetEUid();

    /// <summary>The first fields of .NET's FileStatus, with more room than it has ever taken.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 512)]
    private readonly struct NativeStatus
    {
        [FieldOffset(4)]
        public readonly int Mode;

        [FieldOffset(8)]
        public readonly uint Owner;
    }
}
