using System.Diagnostics;
using System.Numerics;
using DeepGpu.Hardware.Texts;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>Measures this machine's processor: multiply-adds in registers and copies of memory on every thread, a few hundredths of a
/// second each.</summary>
internal static class ProcessorMeasurement
{
    private const int Rounds = 3;
    private const int Chains = 8;
    private const int Turns = 400_000;
    private const int CopiedBytes = 16 << 20;

    public static Processor Run()
    {
        var threads = Environment.ProcessorCount;
        var flops = (double)threads * Turns * Chains * Vector<float>.Count * 2 / Best(threads, () => Multiply());
        var bytes = (double)threads * CopiedBytes * 2 / Best(threads, Copier());
        return new(
            Name(threads),
            ComputeRate.FromTeraflops(flops / 1e12),
            Bandwidth.FromGigabytesPerSecond(bytes / 1e9),
            "This machine's processor, measured just now.");
    }

    /// <summary>Seconds of the fastest of some rounds of one action on every thread.</summary>
    private static double Best(int threads, Action action)
    {
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => action());
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return Math.Max(best, 1e-6);
    }

    private static float Multiply()
    {
        var (factor, term) = (new Vector<float>(0.999f), new Vector<float>(0.001f));
        Vector<float> a = term, b = term, c = term, d = term, e = term, f = term, g = term, h = term;
        for (var turn = 0; turn < Turns; turn++)
        {
            a = Vector.FusedMultiplyAdd(a, factor, term);
            b = Vector.FusedMultiplyAdd(b, factor, term);
            c = Vector.FusedMultiplyAdd(c, factor, term);
            d = Vector.FusedMultiplyAdd(d, factor, term);
            e = Vector.FusedMultiplyAdd(e, factor, term);
            f = Vector.FusedMultiplyAdd(f, factor, term);
            g = Vector.FusedMultiplyAdd(g, factor, term);
            h = Vector.FusedMultiplyAdd(h, factor, term);
        }

        return Vector.Sum(a + b + c + d + e + f + g + h);
    }

    /// <summary>Copies one block within a thread's own memory.</summary>
    private static Action Copier()
    {
        var blocks = new ThreadLocal<(byte[] From, byte[] To)>(() => (new byte[CopiedBytes], new byte[CopiedBytes]));
        return () => blocks.Value.From.CopyTo(blocks.Value.To, 0);
    }

    private static string Name(int threads) => $"{Model() ?? "this machine's processor"}, {Words.Count(threads, "thread")}";

    private static string? Model()
    {
        const string File = "/proc/cpuinfo";
        if (!System.IO.File.Exists(File)) return null;
        var line = System.IO.File.ReadLines(File).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal));
        return line?.Split(':', 2)[^1].Trim() is { Length: > 0 } name ? PrintableText.Of(name) : null;
    }
}
