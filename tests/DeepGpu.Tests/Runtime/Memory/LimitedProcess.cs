using System.Runtime.InteropServices;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Runtime.Memory;

/// <summary>A limit on the addresses of a process, as ulimit -v sets it: allocations really fail. Only for processes of its own.</summary>
internal static class LimitedProcess
{
    private const string ResultVariable = "DEEPGPU_TEST_RESULT";
    private const int Addresses = 9;

    /// <summary>Runs an explicit test of a class in a process of its own.</summary>
    /// <returns>What it wrote with <see cref="Report"/>, line by line.</returns>
    public static string[] Run(Type test, string method)
    {
        var result = Path.GetTempFileName();
        try
        {
            var (code, output) = ChildProcess.Run(ChildProcess.Of(test, method, (ResultVariable, result)));
            code.Should().Be(0, $"the process said {output}");
            return File.ReadAllLines(result);
        }
        finally
        {
            File.Delete(result);
        }
    }

    /// <summary>Tells the process that started this one.</summary>
    public static void Report(string line) => File.AppendAllLines(Environment.GetEnvironmentVariable(ResultVariable)!, [line]);

    /// <summary>Runs something with so many more bytes of addresses than are mapped now.</summary>
    public static T WithRoomFor<T>(long bytes, Func<T> run)
    {
        var mapped = long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[0],
            System.Globalization.CultureInfo.InvariantCulture) * Environment.SystemPageSize;
        var before = new Limit();
        getrlimit(Addresses, ref before).Should().Be(0);
        setrlimit(Addresses, new() { Soft = (nuint)(mapped + bytes), Hard = before.Hard }).Should().Be(0);
        try
        {
            return run();
        }
        finally
        {
            setrlimit(Addresses, before).Should().Be(0);
        }
    }

    [DllImport("libc")]
    private static extern int getrlimit(int resource, ref Limit limit);

    [DllImport("libc")]
    private static extern int setrlimit(int resource, in Limit limit);

    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
