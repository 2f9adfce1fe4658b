using System.Globalization;

namespace DeepGpu.Distributed.Tests;

/// <summary>The operations themselves, and their memory.</summary>
public sealed class CollectiveTests : IDisposable
{
    private const int Processes = 3;
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-collectives").FullName;

    [Fact]
    public void Each_operation_gives_every_process_what_MPI_says()
    {
        Run("collectives", Processes);
        for (var rank = 0; rank < Processes; rank++)
        {
            var lines = File.ReadAllLines(Path.Combine(_folder, $"collectives.{rank}"));
            lines[0].Should().StartWith($"{rank} of {Processes}, local {rank}, ");
            lines[1..].Should().Equal(((int[])[1, 3, 1001]).SelectMany(count => Expected(count, rank)));
        }
    }

    [Fact]
    public void Memory_stays_flat_over_25000_operations()
    {
        Run("soak", 2);
        foreach (var rank in (int[])[0, 1])
            long.Parse(File.ReadAllText(Path.Combine(_folder, $"soak.{rank}")),
                CultureInfo.InvariantCulture).Should().BeLessThan(10_000_000);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<string> Expected(int count, int rank)
    {
        string Line(Func<int, long> value)
            => string.Join(' ', Enumerable.Range(0, count).Select(i => value(i).ToString(CultureInfo.InvariantCulture)));
        var all = Enumerable.Range(0, Processes).Sum(other => Enumerable.Range(0, count).Sum(i => i + 10L * other));
        return [Line(i => 3 * i + 30), Line(i => i + 20), Line(i => i), Line(i => i + 10), Line(i => i + 10 * rank) + " " + all];
    }

    private void Run(string command, int processes)
    {
        var ended = MpiRun.Start(processes, command, _folder);
        ended.ExitCode.Should().Be(0, ended.Text);
    }
}
