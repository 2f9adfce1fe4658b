using DeepGpu.Distributed;

namespace DeepGpu;

/// <summary>Where training with several processes begins: the same program, started once for each GPU by mpirun or Slurm.</summary>
/// <remarks>Modelled on https://keras.io/api/distribution/. See docs/distributed.md.</remarks>
public static class Distribution
{
    private static readonly Lock Guard = new();
    private static ICollective? _current;

    /// <summary>Connects this process with the others that its launcher started. Call it first, before any model or tensor is
    /// made.</summary>
    /// <remarks>It chooses the GPU: CUDA_VISIBLE_DEVICES becomes the one of this process's number on its machine, where that variable
    /// names several or the machine has several. An error that nobody catches ends all processes; so does one that is not back within
    /// <see cref="DistributionOptions.Timeout"/>.</remarks>
    /// <param name="options">How. Default <see cref="DistributionOptions.Default"/>.</param>
    /// <returns>The processes; one alone where the program was started plainly. Dispose it at the end of the program.</returns>
    /// <exception cref="DistributionException">The launcher started several processes, but there is no MPI library, or it is not the
    /// launcher's.</exception>
    /// <exception cref="ModelStateException">It was called before.</exception>
    public static ICollective Initialize(DistributionOptions? options = null)
    {
        lock (Guard)
        {
            if (_current is not null) throw CalledAgain();
            return _current = Launch.Connect(options ?? DistributionOptions.Default);
        }
    }

    /// <summary>Every process has the whole model and takes its part of each batch: for Compile.</summary>
    /// <param name="synchronizedBatchNormalization">Whether BatchNormalization takes the statistics of the whole batch. Default
    /// false.</param>
    /// <exception cref="ModelStateException"><see cref="Initialize"/> was not called.</exception>
    public static DataParallel DataParallel(bool synchronizedBatchNormalization = false)
        => new(_current ?? throw NotCalled()) { SynchronizedBatchNormalization = synchronizedBatchNormalization };

    private static ModelStateException CalledAgain() => new(new("distribution_twice", "A process is connected once,",
        "but Distribution.Initialize() is called again.", "Keep what the first call returned."));

    private static ModelStateException NotCalled() => new(new("distribution_missing", "DataParallel() needs connected processes,",
        "but Distribution.Initialize() was not called.", "Call it at the beginning of the program."));
}
