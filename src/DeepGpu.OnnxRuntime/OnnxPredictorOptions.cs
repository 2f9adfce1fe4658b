namespace DeepGpu;

/// <summary>How a predictor runs.</summary>
public sealed record OnnxPredictorOptions
{
    /// <summary>The defaults.</summary>
    public static OnnxPredictorOptions Default { get; } = new();

    /// <summary>What runs the model. Default the processor.</summary>
    public ExecutionProvider Provider { get; init; }

    /// <summary>Which card, counted from 0; for CUDA and DirectML. Default 0.</summary>
    /// <exception cref="DeepGpuArgumentException">It is negative.</exception>
    public int DeviceIndex { get; init => field = Require.AtLeast(value, 0, nameof(OnnxPredictorOptions), nameof(DeviceIndex)); }

    /// <summary>How many threads work on one operator; null lets the engine choose, which takes one for each core.</summary>
    /// <exception cref="DeepGpuArgumentException">It is below 1.</exception>
    public int? Threads { get; init => field = Checked(value, nameof(Threads)); }

    /// <summary>How many operators may run at once; null runs them one after another.</summary>
    /// <exception cref="DeepGpuArgumentException">It is below 1.</exception>
    public int? ParallelOperators { get; init => field = Checked(value, nameof(ParallelOperators)); }

    private static int? Checked(int? value, string name)
        => value is { } n ? Require.AtLeast(n, 1, nameof(OnnxPredictorOptions), name) : null;
}
