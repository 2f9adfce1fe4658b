using System.Runtime.CompilerServices;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>Peak memory of a workload, and whether it fits.</summary>
internal static class MemoryFitting
{
    /// <summary>The largest batch that is tried.</summary>
    private const int LargestBatch = 1 << 20;

    /// <summary>Half precision was not measured: its interval is twice as wide.</summary>
    public const double Unmeasured = 2;

    private const int WeightBytes = 4;

    /// <summary>Simulated steps are kept as long as their workload lives: one serves every card.</summary>
    private static readonly ConditionalWeakTable<Workload, StepResult> Steps = [];

    private static readonly ConditionalWeakTable<Workload, ConditionalWeakTable<ForecastOptions, MemoryForecast>> Forecasts = [];

    private static readonly ConditionalWeakTable<Workload, Dictionary<int, Workload>> Resized = [];

    /// <summary>The peak of a workload: the same on every card, so that it is worked out once.</summary>
    public static MemoryForecast Forecast(Workload workload, ForecastOptions options)
        => Forecasts.GetValue(workload, _ => []).GetValue(options, asked => Worked(workload, asked));

    private static MemoryForecast Worked(Workload workload, ForecastOptions options)
    {
        var constants = CalibrationData.Default.Memory;
        var step = Steps.GetValue(workload, w => new(StepMemory.Run(w))).Value;
        var model = new MemoryModel(workload, step);
        var context = options.FrameworkContext?.Bytes ?? model.Context(constants);
        var (weights, trained) =
            (workload.ParameterCount * WeightBytes, workload.Task == WorkloadTask.Training ? workload.TrainableParameterCount : 0);
        var (gradients, state) = (trained * WeightBytes, trained * workload.OptimizerStateBytesPerParameter);
        var fixedBytes = Math.Min(weights + gradients + state, step.PeakUsed);
        var total = context + step.PeakUsed + model.Rounding(constants) + model.Workspace(constants);
        return new()
        {
            Peak = Peak(workload, total),
            Bounds = PeakBounds.Of(total, options.FrameworkContext is null ? context : 0, Interval(workload, isSure: true)),
            Chance = new(total, Interval(workload, isSure: false), Interval(workload, isSure: true)),
            Weights = ByteSize.FromBytes(weights),
            Gradients = ByteSize.FromBytes(gradients),
            OptimizerState = ByteSize.FromBytes(state),
            Activations = ByteSize.FromBytes(step.PeakUsed - fixedBytes),
            Workspace = ByteSize.FromBytes((long)model.Workspace(constants)),
            AllocatorRounding = ByteSize.FromBytes((long)model.Rounding(constants)),
            Context = ByteSize.FromBytes((long)context),
        };
    }

    public static FitVerdict Verdict(MemoryForecast memory, GpuSpec card, ForecastOptions options)
        => FitRule.Verdict(memory.Bounds, card, options.ReservedForOthers);

    /// <summary>How likely a peak fits what a program gets of a card.</summary>
    public static double Chance(MemoryForecast memory, GpuSpec card, ForecastOptions options)
        => memory.Chance.Below(FitRule.UsableBytes(card) - options.ReservedForOthers.Bytes);

    /// <summary>The largest batch that fits: doubled until it does not, then halved between.</summary>
    public static int MaximumBatch(Workload workload, GpuSpec card, ForecastOptions options)
    {
        var (low, high) = (0, 1);
        while (high <= LargestBatch && FitsAt(high)) (low, high) = (high, high * 2);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (FitsAt(middle)) low = middle;
            else high = middle;
        }

        return low;

        bool FitsAt(int batch) => Verdict(Forecast(AtBatch(workload, batch), options), card, options) == FitVerdict.Fits;
    }

    public static Workload AtBatch(Workload workload, int batch)
    {
        var sizes = Resized.GetOrCreateValue(workload);
        lock (sizes)
        {
            if (!sizes.TryGetValue(batch, out var resized)) sizes[batch] = resized = workload.AtBatchSize(batch);
            return resized;
        }
    }

    private static Estimate<ByteSize> Peak(Workload workload, double bytes)
    {
        var measured = Interval(workload, isSure: false);
        var (low, high) = measured.Around(bytes);
        var basis = $"Allocations of a step simulated; {measured.Rows} "
            + $"measured peaks of other models differ by {measured.MeanErrorPercent:0.0} % on "
            + $"average.{(IsMeasured(workload) ? "" : " This kind of step was not measured: the interval is twice as wide.")}";
        return new(ByteSize.FromBytes((long)bytes), ByteSize.FromBytes((long)low), ByteSize.FromBytes((long)high),
            FormattableString.Invariant($"{basis}"));
    }

    private static LogInterval Interval(Workload workload, bool isSure)
    {
        var convolves = workload.Operations.Any(operation => operation.Kind == OperationKind.Convolution);
        return CalibrationData.Default.Intervals.OfPeak(convolves, isSure).Times(IsMeasured(workload) ? 1 : Unmeasured);
    }

    private static bool IsMeasured(Workload workload)
        => !workload.IsHalf && workload.Task == WorkloadTask.Training && workload.Operations.All(operation => operation.Recurrence is null);

    private sealed record StepResult(StepMemoryResult Value);
}
