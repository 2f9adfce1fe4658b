using System.Runtime.CompilerServices;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware;

/// <summary>Forecasts memory, time, power, energy and cost of a model on a card that need not be at hand. Immutable.</summary>
/// <remarks>The formulas and their measured errors: docs/forecasting.md.</remarks>
public sealed class GpuForecaster
{
    private static readonly ConditionalWeakTable<Workload, StepWork> Works = [];

    private readonly IReadOnlyList<(GpuMeasurement Measurement, double Excess)> _measurements;

    private GpuForecaster(IReadOnlyList<(GpuMeasurement, double)> measurements) => _measurements = measurements;

    /// <summary>The forecaster with the constants that come with the library.</summary>
    public static GpuForecaster Default { get; } = new([]);

    /// <summary>Forecasts a workload on a card.</summary>
    /// <param name="workload">What is run, e.g. from <c>ModelSpec.Training(batchSize)</c>.</param>
    /// <param name="card">The card, e.g. from <see cref="GpuCatalog.Find"/>.</param>
    /// <param name="options">What is assumed beside; null for the defaults.</param>
    /// <exception cref="DeepGpuArgumentException">The card has no units for the workload's number format.</exception>
    public GpuForecast Forecast(Workload workload, GpuSpec card, ForecastOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(workload);
        ArgumentNullException.ThrowIfNull(card);
        if (!card.Supports(workload.Precision)) throw new DeepGpuArgumentException(Lacking(workload, card), nameof(workload));
        options ??= ForecastOptions.Default;
        var memory = MemoryFitting.Forecast(workload, options);
        var plain = new GpuForecast
        {
            Workload = workload,
            Card = card,
            Options = options,
            Memory = memory,
            Fits = MemoryFitting.Verdict(memory, card, options),
            ProbabilityThatItFits = MemoryFitting.Chance(memory, card, options),
        };
        var work = Works.GetValue(workload, StepWork.Of);
        if (work.UnknownLayers.Count > 0) return plain with { Notes = [UnknownWork(work.UnknownLayers)] };
        return CardFigures.KnownOf(card, workload.Precision) is not { } figures || workload.Operations.Count == 0
            ? plain with { Notes = ["No rate in single precision is known of this card: time and energy are not forecast."] }
            : Repeated(TimeForecast.Add(plain, work, figures, Correction(workload, card)));
    }

    /// <summary>With the time of the forward passes that checkpointing makes again.</summary>
    private GpuForecast Repeated(GpuForecast forecast)
    {
        var (workload, all) = (forecast.Workload, forecast.Workload.Operations.Sum(operation => operation.ForwardFlops));
        var share = workload.Operations.Where(workload.Repeats).Sum(operation => operation.ForwardFlops) / all;
        if (!(share > 0) || forecast.StepTime is not { } step) return forecast;
        var forward = Forecast(workload with { Task = WorkloadTask.Inference }, forecast.Card, forecast.Options).StepTime;
        return forward is not { } again ? forecast : forecast with
        {
            StepTime = new(step.Value + share * again.Value, step.Low + share * again.Low, step.High + share * again.High, step.Basis),
        };
    }

    /// <summary>Forecasts a workload on several equal cards that each take a part of every batch and add up their gradients.</summary>
    /// <param name="workload">What one card runs: its batch is that of one card.</param>
    /// <param name="card">The card.</param>
    /// <param name="count">How many, at least 2.</param>
    /// <param name="options">What is assumed beside; null for the defaults.</param>
    /// <exception cref="DeepGpuArgumentException">The count is below 2, the workload trains nothing,
    /// or the card has no units for its number format.</exception>
    public DataParallelForecast ForecastDataParallel(Workload workload, GpuSpec card, int count, ForecastOptions? options = null)
        => DataParallelForecast.Of(Forecast(workload, card, options), Require.AtLeast(count, 2, nameof(GpuForecaster)));

    /// <summary>A forecaster that also knows a measurement of your own: its card and its model are corrected at once,
    /// the model on every card.</summary>
    public GpuForecaster Calibrate(GpuMeasurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        if (Default.Forecast(measurement.Workload, measurement.Card).StepTime is not { } known) return this;
        var excess = Math.Log(known.Value / measurement.StepTime);
        return new([.. _measurements.Where(m =>
            m.Measurement.Card != measurement.Card || !IsSame(m.Measurement.Workload, measurement.Workload)), (measurement, excess)]);
    }

    private static bool IsSame(Workload first, Workload second)
        => first.Name == second.Name && first.Task == second.Task && first.IsHalf == second.IsHalf
            && first.GradientCheckpointing == second.GradientCheckpointing;

    /// <summary>What your measurements say of a workload on a card: all of the excess for the same model on the same card at a like batch;
    /// else the share that measured
    /// steps with the card or the model in common had in common, on average of what you measured.</summary>
    private TimeCorrection Correction(Workload workload, GpuSpec card)
    {
        if (_measurements.Count == 0) return TimeCorrection.None;
        List<(double Excess, StepSimilarity Similarity)> known = [.. _measurements.SelectMany(m =>
            SimilarityTo(m.Measurement, workload, card) is { } similarity
                ? [(m.Excess, similarity)]
                : Array.Empty<(double, StepSimilarity)>())];
        if (known.Count == 0) return TimeCorrection.None;
        if (known.FindIndex(m => m.Similarity == StepSimilarity.Both) is >= 0 and var place) known = [known[place]];
        var own = CalibrationData.Default.Own;
        return new(true, known.Average(m => m.Excess * own[m.Similarity].Share), known.Min(m => own[m.Similarity].Narrowing));
    }

    private static StepSimilarity? SimilarityTo(GpuMeasurement measured, Workload workload, GpuSpec card)
        => StepSimilarities.Between(measured.Card == card, IsSame(measured.Workload, workload),
            (double)measured.Workload.BatchSize / workload.BatchSize);

    private static string UnknownWork(IReadOnlyList<string> layers)
        => $"The work of {string.Join(", ", layers.Select(layer => $"'{layer}'"))} is not stated: time, power and energy are not forecast. "
            + "Memory counts its weights, and what it reads and writes as kept for the backward pass. Override "
                + "Layer.Operations to state it.";

    private static Fault Lacking(Workload workload, GpuSpec card) => new(
        "precision_not_supported",
        $"A card must have units for {workload.Precision},",
        $"but {card.Name} ({card.Architecture}) has none.",
        "Choose another precision, fp32 runs on every card, or another card.");
}

/// <summary>What measurements of the user's own say about a time.</summary>
/// <param name="IsMeasured">Whether any says something.</param>
/// <param name="Excess">The logarithm of forecast over measured, to be taken off.</param>
/// <param name="Narrowing">How much of the interval's width is left.</param>
internal readonly record struct TimeCorrection(bool IsMeasured, double Excess, double Narrowing)
{
    public static TimeCorrection None { get; } = new(false, 0, 1);
}
