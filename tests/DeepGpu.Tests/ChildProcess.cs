using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DeepGpu.Tests;

/// <summary>Runs tests of this assembly in a process of its own.</summary>
internal static class ChildProcess
{
    private static readonly string DotNet
        = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>How a process is started that runs one explicit test.</summary>
    /// <param name="type">The class of the test.</param>
    /// <param name="method">Its explicit method.</param>
    /// <param name="environment">What the method reads its arguments from.</param>
    public static ProcessStartInfo Info(Type type, string method, params IEnumerable<(string Name, string Value)> environment)
        => Info(["-explicit", "only", "-method", $"{type.FullName}.{method}"], environment);

    /// <summary>How a process is started that runs any tests of this assembly.</summary>
    /// <param name="arguments">The runner's.</param>
    /// <param name="environment">Variables added to this process's.</param>
    public static ProcessStartInfo Info(string[] arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        string[] all = ["exec", typeof(ChildProcess).Assembly.Location, .. arguments];
        var info = new ProcessStartInfo(DotNet, all) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) info.Environment[name] = value;
        return info;
    }

    /// <summary>Runs one to its end.</summary>
    /// <param name="info">What is run.</param>
    /// <param name="said">Called for every line it prints; may be null.</param>
    /// <returns>The exit code, 128 and the signal's number if one ended it, and what it printed.</returns>
    public static (int ExitCode, string Output) Run(ProcessStartInfo info, Action<Process, string>? said = null)
    {
        using var process = new Process { StartInfo = info };
        var lines = new List<string>();
        void Read(string? line)
        {
            if (line is null) return;
            lock (lines) lines.Add(line);
            said?.Invoke(process, line);
        }

        process.OutputDataReceived += (_, e) => Read(e.Data);
        process.ErrorDataReceived += (_, e) => Read(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return (process.ExitCode, string.Join('\n', lines));
    }
}
