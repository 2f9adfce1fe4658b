using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace DeepGpu.Hardware.Detection;

/// <summary>Runs commands as processes.</summary>
internal sealed class SystemCommands : ICommands
{
    private const int MostOutput = 1 << 20;

    public string? Find(string name)
    {
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return Folders().Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }

    public async Task<CommandResult> RunAsync(string path, IEnumerable<string> arguments, TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new(path, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
                UseShellExecute = false,
                CreateNoWindow = true,
                StandardOutputEncoding = Encoding.UTF8
            }
        };
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is ExternalException or InvalidOperationException or PlatformNotSupportedException)
        {
            return new(null, e.Message, CommandEnd.NotStarted);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            return await FinishAsync(process, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(null, "", CommandEnd.TimedOut);
        }
        finally
        {
            End(process);
        }
    }

    private static async Task<CommandResult> FinishAsync(Process process, CancellationToken cancellationToken)
    {
        process.StandardInput.Close();
        var errors = ReadAsync(process.StandardError, cancellationToken);
        var output = await ReadAsync(process.StandardOutput, cancellationToken).ConfigureAwait(false);
        if (output.Length > MostOutput) return new(null, "", CommandEnd.WroteTooMuch);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return new(process.ExitCode, output.Length > 0 ? output : await errors.ConfigureAwait(false), CommandEnd.Exited);
    }

    /// <summary>All text, or a little more than the most that is accepted.</summary>
    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var (text, buffer) = (new StringBuilder(), new char[8192]);
        int count;
        while (text.Length <= MostOutput && (count = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            text.Append(buffer, 0, count);
        return text.ToString();
    }

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or ExternalException or AggregateException)
        {
            // It ended by itself in the meantime, or the system does not let it be ended: nothing more can be done.
        }
    }

    private static IEnumerable<string> Folders()
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(OperatingSystem.IsWindows()
                ? [Environment.SystemDirectory,
                    Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "NVIDIA Corporation", "NVSMI")]
                : ["/usr/bin", "/usr/local/bin", "/usr/sbin", "/opt/rocm/bin", "/usr/lib/wsl/lib"]);
}
