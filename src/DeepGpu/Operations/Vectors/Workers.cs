using System.Buffers;
using TorchSharp;

namespace DeepGpu.Operations;

/// <summary>Spreads samples over threads where there is enough to do, and gives each piece working memory.</summary>
internal static unsafe class Workers
{
    /// <summary>Multiplications below which another thread takes longer to wake than it saves.</summary>
    private const long Share = 1_500_000;

    private const int Alignment = 64;

    /// <summary>Some samples' work.</summary>
    /// <param name="start">The first sample.</param>
    /// <param name="count">How many.</param>
    /// <param name="scratch">Working memory, begun at a whole cache line.</param>
    public delegate void Piece(int start, int count, float* scratch);

    /// <summary>Runs pieces of a batch, on as many threads as torch may use.</summary>
    /// <param name="samples">The batch.</param>
    /// <param name="most">The most samples of a piece.</param>
    /// <param name="work">Multiplications of a sample.</param>
    /// <param name="scratch">Numbers of working memory that a piece of some samples needs.</param>
    /// <param name="piece">Does the work.</param>
    public static void Run(int samples, int most, long work, Func<int, long> scratch, Piece piece)
    {
        var threads = (int)Math.Clamp(samples * work / Share, 1, Math.Min(torch.get_num_threads(), samples));
        var pieces = (samples + most - 1) / most;
        if (threads > 1) pieces = (pieces + threads - 1) / threads * threads;
        var size = (samples + pieces - 1) / pieces;
        if (threads == 1)
        {
            for (var start = 0; start < samples; start += size) Do(start, Math.Min(size, samples - start), scratch, piece);
            return;
        }

        Parallel.For(0, (samples + size - 1) / size, new ParallelOptions { MaxDegreeOfParallelism = threads },
            i => Do(i * size, Math.Min(size, samples - i * size), scratch, piece));
    }

    /// <summary>Lends working memory.</summary>
    /// <param name="numbers">How many numbers.</param>
    /// <param name="use">Uses it.</param>
    public static void Lend(long numbers, Action<nint> use)
    {
        var array = ArrayPool<float>.Shared.Rent(checked((int)numbers + Alignment / sizeof(float)));
        try
        {
            fixed (float* start = array) use((nint)start + Alignment - 1 & ~(nint)(Alignment - 1));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(array);
        }
    }

    private static void Do(int start, int count, Func<int, long> scratch, Piece piece)
        => Lend(scratch(count), room => piece(start, count, (float*)room));
}
