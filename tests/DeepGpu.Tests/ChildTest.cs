using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DeepGpu.Tests;

/// <summary>Runs tests in a process of its own.</summary>
internal static class ChildTest
{
    /// <summary>How to start an explicit test, one that runs in a child alone.</summary>
    /// <param name="type">The test class.</param>
    /// <param name="method">A test without parameters.</param>
    /// <param name="environment">Variables added to this process's.</param>
    public static ProcessStartInfo Start(Type type, string method, params (string Name, string Value)[] environment)
        => Start(["-explicit", "only", "-method", $"{type.FullName}.{method}"], environment);

    /// <summary>How to start any tests of this assembly.</summary>
    /// <param name="arguments">The runner's.</param>
    /// <param name="environment">Variables added to this process's.</param>
    public static ProcessStartInfo Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        var info = new ProcessStartInfo(dotnet, ["exec", typeof(ChildTest).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) info.Environment[name] = value;
        return info;
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>The exit code and everything it printed.</returns>
    public static (int ExitCode, string Output) Run(ProcessStartInfo info)
    {
        using var process = Process.Start(info)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
