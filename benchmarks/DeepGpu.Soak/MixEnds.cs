using System.Diagnostics;
using System.Globalization;
using DeepGpu.Benchmarks;

namespace DeepGpu.Soak;

/// <summary>Lets processes end in the middle of the mix, one after the other, and looks at what they leave.</summary>
/// <param name="root">Where each has a folder.</param>
/// <param name="seed">Decides how each ends.</param>
internal sealed class MixEnds(string root, int seed)
{
    private const int Killed = 128 + 9;
    private const int Terminated = 128 + 15;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly int[] _processes = new int[Enum.GetValues<MixEnd>().Length];
    private readonly int[] _wrong = new int[Enum.GetValues<MixEnd>().Length];
    private int _files;

    public int Wrong => _wrong.Sum();

    /// <summary>Runs until a time is over.</summary>
    public void Run(TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        var random = new Random(seed);
        for (var number = 0; clock.Elapsed < duration; number++)
        {
            var end = (MixEnd)random.Next(_processes.Length);
            _processes[(int)end]++;
            var folder = Directory.CreateDirectory(Path.Combine(root, number.ToString(CultureInfo.InvariantCulture))).FullName;
            if (!EndsWell(folder, random.Next(), end, random)) _wrong[(int)end]++;
        }
    }

    public void Print()
    {
        Console.WriteLine("\n| End of the process | processes | ended otherwise, wrong or torn |\n| --- | --- | --- |");
        foreach (var end in Enum.GetValues<MixEnd>()) Console.WriteLine($"| {end} | {_processes[(int)end]} | {_wrong[(int)end]} |");
        Console.WriteLine($"\n{_files} files were left by them and read.");
    }

    private bool EndsWell(string folder, int number, MixEnd end, Random random)
    {
        string[] arguments = [MixVictim.Name, folder, number.ToString(CultureInfo.InvariantCulture), end.ToString()];
        var start = OwnProcess.Start(OwnProcess.Program, arguments);
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var isReady = process.StandardOutput.ReadLine() == MixVictim.Ready;
        if (end is MixEnd.Kill or MixEnd.Terminate) Stop(process, end, random.Next(2000));
        if (!process.WaitForExit(Patience)) return Hangs(process, end);
        var expected = end switch { MixEnd.Kill => Killed, MixEnd.Terminate => Terminated, _ => 0 };
        if (process.ExitCode != expected) Console.Error.WriteLine($"{end}: exit code {process.ExitCode}, seed {number}.");
        return isReady & process.ExitCode == expected & AreWhole(folder);
    }

    private static void Stop(Process process, MixEnd end, int after)
    {
        Thread.Sleep(after);
        if (end == MixEnd.Kill) process.Kill();
        else Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
    }

    private static bool Hangs(Process process, MixEnd end)
    {
        Console.Error.WriteLine($"{end}: the process did not end.");
        process.Kill();
        return false;
    }

    private bool AreWhole(string folder)
    {
        var files = Directory.GetFiles(folder).Where(MixWork.IsComplete).ToList();
        var torn = files.Where(file => !IsWhole(file)).ToList();
        torn.ForEach(file => Console.Error.WriteLine($"{file} is damaged."));
        _files += files.Count;
        if (torn.Count == 0) Directory.Delete(folder, recursive: true);
        return torn.Count == 0;
    }

    private static bool IsWhole(string file)
    {
        try
        {
            return MixWork.IsWhole(file);
        }
        catch (Exception e) when (e is IFaultSource)
        {
            return false;
        }
    }
}
