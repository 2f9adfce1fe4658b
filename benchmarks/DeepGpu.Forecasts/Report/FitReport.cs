using DeepGpu.Hardware;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts;

/// <summary>Counts verdicts on steps of which it is known whether they fitted. Bounds of a row rest on the other models' rows.</summary>
internal sealed class FitReport
{
    private const double Mebi = 1 << 20;

    /// <summary>How far below its recorded peak a card's memory is to be sure that the step does not fit it.</summary>
    private const double Less = 0.999;

    /// <summary>One line for each kind of step.</summary>
    public List<FitCount> Counts { get; } = [];

    /// <summary>The flagged steps one by one.</summary>
    public List<FlaggedStep> Flagged { get; } = [];

    /// <summary>Counts everything.</summary>
    /// <param name="rows">Recorded peaks and their left-out residuals.</param>
    /// <param name="others">Flagged and capped steps.</param>
    /// <param name="full">Runs that filled their card.</param>
    /// <param name="constants">The constants of memory.</param>
    /// <param name="all">All left-out residuals.</param>
    public void Add(IReadOnlyList<(MemoryRow Row, Residual Left)> rows, IReadOnlyList<MemoryRow> others, IReadOnlyList<FullCardRow> full,
        double[] constants, IReadOnlyList<Residual> all)
    {
        var share = FullCardRow.UsableShare(full);
        var sure = Intervals.Of([.. all.Where(r => r.Kind == "memory.convolution")], IntervalLevel.Sure);
        List<(MemoryRow Row, PeakBounds Bounds)> left = [.. rows.Where(p => p.Row.Model != "MLP")
            .Select(p => (p.Row, LeftOut(p.Row, p.Left, constants, all)))];
        List<(MemoryRow Row, PeakBounds Bounds)> odd = [.. others.Select(row => (row, Bounds(MemoryFit.Model(row), constants, sure)))];
        Flagged.AddRange(odd.Where(p => p.Row.IsOutOfMemory || p.Row.IsFlaggedInError)
            .Select(p => new FlaggedStep(p.Row.Model, p.Row.Batch, p.Row.Bytes / Mebi, MemoryFit.Model(p.Row).Total(constants) / Mebi,
                p.Row.IsFlaggedInError, ForecastText.Fit(OnMeasured(p.Bounds, share)))));
        Counts.Add(FitCount.Of("flagged as out of memory of 40 GiB, and were",
            odd.Where(p => p.Row.IsOutOfMemory).Select(p => OnMeasured(p.Bounds, share))));
        Counts.Add(FitCount.Of("flagged, but ran: a smaller batch is the odd one",
            odd.Where(p => p.Row.IsFlaggedInError).Select(p => OnMeasured(p.Bounds, share))));
        Counts.Add(FitCount.Of("ran on 40 GiB", [.. left, .. odd.Where(p => !p.Row.IsOutOfMemory && !p.Row.IsFlaggedInError)],
            p => OnMeasured(p.Bounds, share)));
        Counts.Add(FitCount.Of("ran on a card of 8 to 32 GiB that they filled", full.Where(row => row.Training is not null),
            row => FitRule.Verdict(Bounds(row, constants, sure), row.Card.Bytes * share, row.Card.Bytes)));
        Counts.Add(FitCount.Of("would lack memory: a card just smaller than the peak", left,
            p => FitRule.Verdict(p.Bounds, p.Row.Bytes * Less, p.Row.Bytes * Less / share)));
    }

    private static FitVerdict OnMeasured(PeakBounds bounds, double share)
        => FitRule.Verdict(bounds, MemoryRow.CardMemory.Bytes * share, MemoryRow.CardMemory.Bytes);

    private static PeakBounds LeftOut(MemoryRow row, Residual left, double[] constants, IReadOnlyList<Residual> all)
        => PeakBounds.Of(row.Bytes * Math.Exp(left.Value), MemoryFit.Model(row).Context(constants),
            Intervals.Nested(left, all, IntervalLevel.Sure));

    private static PeakBounds Bounds(MemoryModel model, double[] constants, LogInterval sure)
        => PeakBounds.Of(model.Total(constants), model.Context(constants), sure);

    private static PeakBounds Bounds(FullCardRow row, double[] constants, LogInterval sure)
    {
        var workload = row.Training!;
        return Bounds(new MemoryModel(workload, StepMemory.Run(workload)), constants,
            sure.Times(workload.IsHalf ? MemoryFitting.Unmeasured : 1));
    }
}

/// <summary>Verdicts on steps of one kind.</summary>
internal sealed record FitCount(string Kind, int Rows, int Fits, int Uncertain, int DoesNotFit)
{
    public static FitCount Of(string kind, IEnumerable<FitVerdict> verdicts)
    {
        var counts = verdicts.ToLookup(verdict => verdict);
        return new(kind, counts.Sum(group => group.Count()), counts[FitVerdict.Fits].Count(), counts[FitVerdict.Uncertain].Count(),
            counts[FitVerdict.DoesNotFit].Count());
    }

    public static FitCount Of<TRow>(string kind, IEnumerable<TRow> rows, Func<TRow, FitVerdict> verdict) => Of(kind, rows.Select(verdict));
}

/// <summary>A step flagged as out of memory; peaks in MiB.</summary>
internal sealed record FlaggedStep(string Model, int Batch, double Recorded, double Forecast, bool Ran, string Verdict);
