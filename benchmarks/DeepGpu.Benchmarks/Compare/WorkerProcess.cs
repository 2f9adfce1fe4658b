using System.Diagnostics;
using System.Globalization;

namespace DeepGpu.Benchmarks;

/// <summary>The parent's side of a contender: a process that waits for its turn.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    public WorkerProcess(string contender, string program, params string[] arguments)
    {
        Contender = contender;
        var start = OwnProcess.Start(program, arguments);
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        _process = Process.Start(start)!;
        Answer();
    }

    public string Contender { get; }

    /// <summary>Milliseconds a batch.</summary>
    public double Take(string turn)
    {
        _process.StandardInput.WriteLine(turn);
        _process.StandardInput.Flush();
        return double.Parse(Answer(), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000)) _process.Kill();
        _process.Dispose();
    }

    private string Answer()
        => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The process of '{Contender}' ended.");
}
