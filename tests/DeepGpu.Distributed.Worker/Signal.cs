using System.Runtime.InteropServices;

namespace DeepGpu.Distributed.Worker;

internal static class Signal
{
    public static void Send(int number) => _ = Kill(Environment.ProcessId, number);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
