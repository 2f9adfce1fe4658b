using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts;

/// <summary>Mean draw, what lower power limits cost in time, and energy.</summary>
internal sealed partial class Protocol
{
    private void Power(CalibrationWriter? writer)
    {
        var rows = PowerFit.Loads(EnergyRow.Read(data), _times, _products);
        var left = rows.Select(row => row.Row.Step.Card.Name).Distinct()
            .ToDictionary(card => card, card => PowerFit.Run([.. rows.Where(row => row.Row.Step.Card.Name != card)]));
        var counts = (PowerConstants.Table.Definitions.Count + ClockConstants.Table.Definitions.Count,
            left.Values.Average(fit => fit.Power.EffectiveCount));
        List<LoadedRow> full = [.. rows.Where(row => row.Row.IsAtDefaultLimit)], lower = [.. rows.Where(row => !row.Row.IsAtDefaultLimit)];
        var draws = Residuals(full, row => row.Load.IsBusy ? "power.busy" : "power.waiting",
            (row, fit) => PowerFit.Draw(row, fit.Power.Values, fit.Clock.Values));
        var slowdowns = Residuals(lower, _ => "power.slowdown", (row, fit) => PowerFit.Slowdown(row, fit.Power.Values)(fit.Clock.Values));
        AddGroups("power, {0}, default limit", full, draws, counts);
        AddGroups("power, {0}, lower limits", lower, Residuals(lower, row => row.Load.IsBusy ? "power.busy" : "power.waiting",
            (row, fit) => PowerFit.Draw(row, fit.Power.Values, fit.Clock.Values)), counts);
        AddGroups("time at lower limits over that at the rated power, {0}", lower, slowdowns, counts);
        AddGroups("energy at lower limits over that at the rated power, {0}", lower, Residuals(lower, _ => "energy.saved",
            (row, fit) => Energy(row, fit) - Energy(full.Single(of => IsSame(of.Row.Step, row.Row.Step)), fit)), counts);
        AddGroups("energy, {0}, default limit", full, Residuals(full, _ => "energy", Energy), counts);
        AddGroups("energy, {0}, lower limits", lower, Residuals(lower, _ => "energy", Energy), counts);
        foreach (var kind in draws.Concat(slowdowns).GroupBy(r => r.Kind).OrderBy(g => g.Key, StringComparer.Ordinal))
            IntervalRows.Add((kind.Key, Intervals.Of([.. kind])));
        const string Source = "Mean draw and time of training ResNet-50 and ShuffleNetV2 (Zeus, NSDI 2023); fitted by "
            + "benchmarks/DeepGpu.Forecasts.";
        var fitted = PowerFit.Run(rows);
        writer?.Constants("power.json", Source, PowerConstants.Table, fitted.Power,
            Groups.Where(g => g.Name.StartsWith("power", StringComparison.Ordinal)));
        writer?.Constants("clock.json", Source, ClockConstants.Table, fitted.Clock, Groups.Where(g => g.LeftOut == "cards"
            && (g.Name.StartsWith("time at", StringComparison.Ordinal) || g.Name.StartsWith("energy", StringComparison.Ordinal))));

        static bool IsSame(TimeRow one, TimeRow other)
            => one.Card == other.Card && one.Model == other.Model && one.Batch == other.Batch;

        static double Energy(LoadedRow row, (Fit Power, Fit Clock) fit) => PowerFit.Energy(row, fit.Power.Values, fit.Clock.Values);

        List<Residual> Residuals(IEnumerable<LoadedRow> of, Func<LoadedRow, string> kind,
            Func<LoadedRow, (Fit Power, Fit Clock), double> residual)
            => [.. of.Select(row => new Residual(row.Row.ToString(), row.Row.Step.Card.Name, kind(row),
                residual(row, left[row.Row.Step.Card.Name])))];
    }

    private void AddGroups(string name, IEnumerable<LoadedRow> rows, IReadOnlyList<Residual> residuals, (int, double) counts)
    {
        foreach (var group in rows.Zip(residuals).GroupBy(pair => pair.First.Row.Group))
        {
            var of = string.Format(System.Globalization.CultureInfo.InvariantCulture, name, group.Key);
            Groups.Add(ErrorGroup.Of(of, "cards", residuals, group.Select(pair => pair.Second), counts, Aims.Of(of)));
        }
    }
}
