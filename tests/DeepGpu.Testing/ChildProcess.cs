using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace DeepGpu.Testing;

/// <summary>A process that a test starts: an explicit test method, or any program.</summary>
/// <param name="Code">How it ended.</param>
/// <param name="Output">What it wrote, results and errors.</param>
public sealed record ChildProcess(int Code, string Output)
{
    /// <summary>The user without a name and a home that tests run as.</summary>
    public const int Stranger = 12345;

    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(5);

    /// <summary>The program that runs .NET code here.</summary>
    public static string DotNet { get; }
        = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>A run of an explicit test method, alone.</summary>
    /// <param name="test">The class.</param>
    /// <param name="method">The method.</param>
    /// <param name="environment">Variables to set; null unsets one.</param>
    public static ProcessStartInfo Of(Type test, string method, params ReadOnlySpan<(string Name, string? Value)> environment)
        => Of(test.Assembly, ["-explicit", "only", "-method", $"{test.FullName}.{method}"], environment);

    /// <summary>A run of any tests of an assembly.</summary>
    /// <param name="tests">The assembly.</param>
    /// <param name="arguments">The runner's.</param>
    /// <param name="environment">Variables to set; null unsets one.</param>
    public static ProcessStartInfo Of(Assembly tests, string[] arguments, params ReadOnlySpan<(string Name, string? Value)> environment)
        => With(new(DotNet, ["exec", tests.Location, .. arguments]), environment);

    /// <summary>The same, with variables set; null unsets one.</summary>
    public static ProcessStartInfo With(ProcessStartInfo start, params ReadOnlySpan<(string Name, string? Value)> environment)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        foreach (var (name, value) in environment)
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>The same, after a shell's words: "umask 0".</summary>
    public static ProcessStartInfo After(string words, ProcessStartInfo start)
        => Through(["/bin/sh", "-c", words + "; exec \"$0\" \"$@\""], start);

    /// <summary>The same, as a user without a name who may read every file but write only what is open to all. Skips where that cannot be
    /// set up.</summary>
    public static ProcessStartInfo AsStranger(ProcessStartInfo start)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
            && File.Exists("/usr/bin/setpriv"), "needs Linux, root and setpriv");
        return Through(["/usr/bin/setpriv", $"--reuid={Stranger}", $"--regid={Stranger}", "--clear-groups", "--inh-caps=+dac_read_search",
            "--ambient-caps=+dac_read_search"], start);
    }

    /// <summary>Runs it to the end.</summary>
    /// <param name="start">What is run.</param>
    /// <param name="said">Called for every line it prints; may be null.</param>
    public static ChildProcess Run(ProcessStartInfo start, Action<Process, string>? said = null)
    {
        using var process = new Process { StartInfo = start };
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
        if (!process.WaitForExit(Hang)) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return new(process.ExitCode, string.Join('\n', lines));
    }

    /// <summary>Makes a named pipe.</summary>
    public static string Pipe(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs named pipes in folders");
        Assert.Equal(0, Run(With(new("mkfifo", [path]))).Code);
        return path;
    }

    /// <summary>Makes a device that takes everything and gives nothing, as /dev/null. Skips where that is not allowed.</summary>
    public static string NullDevice(string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "needs Linux and root");
        Assert.SkipUnless(Run(With(new("mknod", [path, "c", "1", "3"]))).Code == 0, "needs a system that allows mknod");
        return path;
    }

    private static ProcessStartInfo Through(IReadOnlyList<string> command, ProcessStartInfo start)
    {
        var through = new ProcessStartInfo(command[0],
            [.. command.Skip(1), start.FileName, .. start.ArgumentList])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        through.Environment.Clear();
        foreach (var (name, value) in start.Environment) through.Environment[name] = value;
        through.WorkingDirectory = start.WorkingDirectory;
        return through;
    }
}
