using System.Globalization;

namespace DeepGpu.Hardware;

/// <summary>The kind of a step, as far as errors of forecasts differ by it.</summary>
/// <param name="Task">Training or inference.</param>
/// <param name="IsHalf">Whether in half precision.</param>
internal readonly record struct StepKind(WorkloadTask Task, bool IsHalf)
{
    private const int SmallBatch = 8;
    private const string Network = "of-";

    /// <summary>Steps of few samples, whatever is done with them.</summary>
    public static StepKind Small { get; } = new() { IsSmall = true };

    /// <summary>Whether recurrent layers take most of the time.</summary>
    public bool IsRecurrent { get; init; }

    /// <summary>Whether a batch has few samples.</summary>
    public bool IsSmall { get; init; }

    /// <summary>The parameters of the one network that it stands for; null for all others.</summary>
    public long? Parameters { get; init; }

    /// <summary>Its name in the calibration file, e.g. "training.half.of-25610152".</summary>
    public string Name => IsSmall ? "small" : (IsRecurrent ? "recurrent." : "") + (Task == WorkloadTask.Training ? "training" : "inference")
        + (IsHalf ? ".half" : "") + (Parameters is { } count ? string.Create(CultureInfo.InvariantCulture, $".{Network}{count}") : "");

    /// <summary>The kind of a workload's step.</summary>
    public static StepKind Of(Workload workload, bool isRecurrent)
        => !isRecurrent && workload.BatchSize < SmallBatch ? Small
            : new(workload.Task, workload.IsHalf && !isRecurrent) { IsRecurrent = isRecurrent };

    /// <summary>The kind that the parts of a name say.</summary>
    public static StepKind Of(IEnumerable<string> parts) => parts.Aggregate(new StepKind(WorkloadTask.Training, false),
        (kind, part) => part switch
        {
            "recurrent" => kind with { IsRecurrent = true },
            "training" => kind with { Task = WorkloadTask.Training },
            "inference" => kind with { Task = WorkloadTask.Inference },
            "half" => kind with { IsHalf = true },
            "small" => Small,
            _ => kind with { Parameters = long.Parse(part[Network.Length..], CultureInfo.InvariantCulture) },
        });
}
