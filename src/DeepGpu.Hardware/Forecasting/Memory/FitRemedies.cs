namespace DeepGpu.Hardware.Forecasting;

/// <summary>What makes a workload fit a card: the smallest change of each kind, with its peak and the time that the whole batch then
/// takes.</summary>
internal sealed class FitRemedies(Workload workload, GpuSpec card, ForecastOptions options)
{
    private const int MostCards = 64;

    private readonly bool _isTraining = workload.Task == WorkloadTask.Training;

    /// <summary>The changes that make it fit, the mildest first; empty where none does.</summary>
    public static IReadOnlyList<FitRemedy> Of(Workload workload, GpuSpec card, ForecastOptions options)
    {
        var remedies = new FitRemedies(workload, card, options);
        var batch = MemoryFitting.MaximumBatch(workload, card, options);
        return [.. new[] { remedies.Smaller(batch), remedies.Accumulated(batch), remedies.Shorter(), remedies.Checkpointed(),
            remedies.Frozen(), remedies.Shared(batch) }.OfType<FitRemedy>()];
    }

    /// <summary>The number of cards of this kind that can share the batch;
    /// null where they have no link or one sample is too much.</summary>
    public static FitRemedy? Cards(Workload workload, GpuSpec card, ForecastOptions options)
        => new FitRemedies(workload, card, options).Shared(MemoryFitting.MaximumBatch(workload, card, options));

    private FitRemedy? Smaller(int batch) => HasPart(batch)
        ? Of(FitRemedyKind.SmallerBatch, $"a batch of {batch}", MemoryFitting.AtBatch(workload, batch), 1)
        : null;

    private FitRemedy? Accumulated(int part)
    {
        if (!_isTraining || !HasPart(part)) return null;
        var parts = (workload.BatchSize + part - 1) / part;
        return Of(FitRemedyKind.GradientAccumulation, $"gradients accumulated over {parts} parts of {part}",
            MemoryFitting.AtBatch(workload, part), parts);
    }

    private FitRemedy? Shorter() => workload.IsHalf || !card.Supports(NumberFormat.Float16)
        ? null
        : IfItFits(FitRemedyKind.LowerPrecision, "mixed precision (fp16)", workload with { Precision = NumberFormat.Float16 });

    private FitRemedy? Frozen() => _isTraining ? IfItFits(FitRemedyKind.Freezing, "training the last layer alone", LastLayerAlone()) : null;

    /// <summary>One segment's activations at a time, and the borders of all: Chen et al., "Training Deep Nets with Sublinear Memory
    /// Cost", 2016. The forward pass runs twice.</summary>
    private FitRemedy? Checkpointed()
    {
        var changed = workload with { GradientCheckpointing = true };
        return workload.GradientCheckpointing || !workload.Operations.Any(changed.Repeats) ? null
            : IfItFits(FitRemedyKind.Checkpointing, "activations made again in the backward pass (checkpointing)", changed);
    }

    /// <summary>Cards that share the batch; where even one sample does not fit a card, more cards of this kind do not help.</summary>
    private FitRemedy? Shared(int batch)
    {
        if (!_isTraining || !HasPart(batch)) return null;
        var cards = (workload.BatchSize + batch - 1) / batch;
        if (cards > MostCards) return null;
        var part = MemoryFitting.AtBatch(workload, (workload.BatchSize + cards - 1) / cards);
        return GpuForecaster.Default.ForecastDataParallel(part, card, cards, options).StepTime is not { } time ? null : new(
            FitRemedyKind.MoreCards, $"{cards} {card.Name} with {part.BatchSize} samples each",
            MemoryFitting.Forecast(part, options).Peak.Value, time);
    }

    private bool HasPart(int batch) => batch >= 1 && batch < workload.BatchSize;

    private FitRemedy? IfItFits(FitRemedyKind kind, string text, Workload changed)
        => MemoryFitting.Verdict(MemoryFitting.Forecast(changed, options), card, options) == FitVerdict.Fits ? Of(kind, text, changed, 1)
            : null;

    private FitRemedy Of(FitRemedyKind kind, string text, Workload changed, int times)
        => new(kind, text, MemoryFitting.Forecast(changed, options).Peak.Value, Time(changed, times));

    private Estimate<TimeSpan>? Time(Workload changed, int times)
        => card.Supports(changed.Precision) && GpuForecaster.Default.Forecast(changed, card, options).StepTime is { } step
            ? new(step.Value * times, step.Low * times, step.High * times, step.Basis)
            : null;

    /// <summary>All layers frozen but the last that has weights.</summary>
    private Workload LastLayerAlone()
    {
        var last = workload.Operations.Select((operation, place) => (operation, place))
            .LastOrDefault(pair => pair.operation.TrainableWeightElements > 0).place;
        return workload with
        {
            TrainableParameterCount = workload.Operations[last].TrainableWeightElements,
            Operations = [.. workload.Operations.Select((operation, place) =>
                place < last ? operation with { TrainableWeightElements = 0, NeedsInputGradient = false }
                : place == last ? operation with { NeedsInputGradient = false }
                : operation)],
        };
    }
}
