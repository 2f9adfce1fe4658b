using System.Globalization;
using DeepGpu.Training;

namespace DeepGpu;

/// <summary>How far training is: reported a few times a second and at each epoch's end.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">How many there will be.</param>
/// <param name="Batch">Batches done in this epoch.</param>
/// <param name="Batches">Batches an epoch has; null where that is not known yet.</param>
/// <param name="Logs">Loss and metrics so far; validation values at the epoch's end only.</param>
/// <param name="Elapsed">Time since the epoch began.</param>
public sealed record TrainingProgress(int Epoch, int Epochs, int Batch, int? Batches,
    IReadOnlyDictionary<string, double> Logs, TimeSpan Elapsed)
{
    /// <summary>Whether the epoch is over, its validation included.</summary>
    public bool IsEpochEnd { get; init; }

    /// <summary>The time that the rest of the epoch takes at the pace so far, without validation; null where that is not known
    /// yet.</summary>
    public TimeSpan? TimeLeft => Batches is { } batches && Batch > 0 ? Elapsed * Math.Max(0, (double)(batches - Batch) / Batch) : null;

    /// <summary>Loss and metrics as text, e.g. "loss 0.2100  accuracy 0.9300".</summary>
    public string LogsText() => MeasuredNames.Line(Logs);

    /// <summary>One line, e.g. "Epoch 1/5  938/938  12.3 s  loss 0.2100  accuracy 0.9300".</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"Epoch {Epoch}/{Epochs}  "
            + $"{Batch}/{Batches?.ToString(CultureInfo.InvariantCulture) ?? "?"}  {Elapsed.TotalSeconds:0.0} s  {LogsText()}");
}
