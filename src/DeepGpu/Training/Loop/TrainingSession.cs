using TorchSharp;

namespace DeepGpu.Training;

/// <summary>The state of one call of Fit: everything a checkpoint keeps.</summary>
internal sealed class TrainingSession : IDisposable
{
    public TrainingSession(Model model, Compiled compiled, FitOptions options, string dataFingerprint, torch.Device device, int seed)
    {
        (Model, Compiled, Options, DataFingerprint) = (model, compiled, options, dataFingerprint);
        Steps = new(compiled, options, device, seed);
        Logs = new(compiled.LossNames, device);
        Seed = seed;
        FirstEpoch = compiled.Epochs;
    }

    public Model Model { get; }

    public Compiled Compiled { get; }

    public FitOptions Options { get; }

    public int Seed { get; }

    /// <summary>Tells whether a checkpoint was made with the same data.</summary>
    public string DataFingerprint { get; }

    public StepRunner Steps { get; }

    public EpochLogs Logs { get; private set; }

    public History History { get; set; } = new();

    /// <summary>Epochs the model had been trained before this call: their orders are not used again.</summary>
    public int FirstEpoch { get; set; }

    /// <summary>The epoch under way, from 1.</summary>
    public int Epoch { get; set; }

    /// <summary>Steps done in the epoch under way.</summary>
    public int Batch { get; set; }

    public int? Batches { get; set; }

    /// <summary>Whether validation data is measured after epochs.</summary>
    public bool IsValidated { get; init; }

    /// <summary>Whether the session continues from a checkpoint.</summary>
    public bool IsResumed { get; set; }

    /// <summary>Why training ends early; null while it continues.</summary>
    public string? StopReason { get; set; }

    /// <summary>Starts an epoch's sums at zero.</summary>
    public void ResetLogs()
    {
        Logs.Reset();
        Compiled.ResetMetrics();
    }

    /// <summary>Losses and metrics of the epoch so far.</summary>
    /// <param name="together">Whether those of all processes, which then all call it.</param>
    public Dictionary<string, double> ReadLogs(bool together = false) => Compiled.Read(Logs, together);

    public void Dispose()
    {
        Steps.Dispose();
        Logs.Dispose();
    }
}
