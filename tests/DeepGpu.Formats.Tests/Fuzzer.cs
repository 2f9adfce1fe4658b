using System.Diagnostics;

namespace DeepGpu.Formats.Fuzzing;

/// <summary>What a run of the fuzzer found.</summary>
/// <param name="Runs">How many damaged inputs were read.</param>
/// <param name="Loaded">How many of them were read as valid; the others were refused.</param>
/// <param name="Slowest">The longest reading.</param>
/// <param name="MostAllocated">The most bytes one reading allocated.</param>
/// <param name="Failures">What must not happen: another exception than a refusal, too much memory;
/// with the seed that shows it again.</param>
internal sealed record FuzzResult(long Runs, long Loaded, TimeSpan Slowest, long MostAllocated, IReadOnlyList<string> Failures);

/// <summary>Reads damaged files for a time. Run i of seed s always reads the same bytes.</summary>
internal static class Fuzzer
{
    private const int MaxFailures = 10;
    private const long MaxAllocated = 64_000_000;

    public static FuzzResult Run(FuzzTarget target, TimeSpan duration, int seed)
    {
        foreach (var valid in target.Valid) target.Read(valid);
        var (runs, loaded, slowest, most, failures) = (0L, 0L, TimeSpan.Zero, 0L, new List<string>());
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < duration && failures.Count < MaxFailures; runs++)
        {
            var random = new Random(unchecked((int)(seed + runs)));
            var bytes = Mutator.Mutate(target.Valid[random.Next(target.Valid.Count)], random);
            var (time, allocated, failure, wasLoaded) = One(target, bytes);
            if (wasLoaded) loaded++;
            if (time > slowest) slowest = time;
            most = Math.Max(most, allocated);
            if (failure is not null) failures.Add($"{target.Name}, seed {seed + runs}: {failure}");
        }

        return new(runs, loaded, slowest, most, failures);
    }

    private static (TimeSpan Time, long Allocated, string? Failure, bool Loaded) One(FuzzTarget target, byte[] bytes)
    {
        var (watch, before, failure, loaded) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread(), (string?)null, false);
        try
        {
            target.Read(bytes);
            loaded = true;
        }
        catch (ModelFormatException e)
        {
            if (e.Fault.Code.Length == 0 || e.Fault.Received.Length == 0) failure = "a refusal without code or reason";
        }
        catch (Exception e)
        {
            failure = $"{e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n')[0].Trim()}";
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > MaxAllocated) failure ??= $"allocated {allocated} bytes";
        return (watch.Elapsed, allocated, failure, loaded);
    }
}
