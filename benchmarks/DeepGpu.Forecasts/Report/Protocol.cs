using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts;

/// <summary>Runs every fit with rows left out, collects the table, and what the calibration files need.</summary>
internal sealed partial class Protocol(Measurements data)
{
    /// <summary>Cards that a network must have been measured on to have intervals of its own.</summary>
    private const int ManyCards = 10;

    private readonly IReadOnlyList<TimeRow> _times = data.CnnRows();
    private readonly HashSet<(string, WorkloadTask, bool)> _wellKnown =
        [.. data.CnnRows().Where(row => row.Batch >= 8).GroupBy(row => (row.Model, row.Task, row.IsHalf))
            .Where(same => same.Select(row => row.Fold).Distinct().Count() >= ManyCards).Select(same => same.Key)];

    private readonly IReadOnlyList<ProductRow> _products = ProductRow.Read(data);
    private readonly IReadOnlyList<RecurrentRow> _recurrent = RecurrentRow.Read(data);
    private readonly IReadOnlyList<TranslationRow> _stacks = TranslationRow.Read(data);
    private readonly IReadOnlyList<MemoryRow> _memory = [.. MemoryRow.ReadCnns(data), .. MemoryRow.ReadMlps(data)];

    public List<ErrorGroup> Groups { get; } = [];

    public List<Ranking> Rankings { get; } = [];

    public List<(string Name, LogInterval Interval)> IntervalRows { get; } = [];

    /// <summary>Verdicts on steps of which it is known whether they fitted.</summary>
    public FitReport Fits { get; } = new();

    /// <summary>What a measurement of your own tells of another step.</summary>
    public IReadOnlyList<(StepSimilarity Similarity, OwnMeasurement Own)> OwnMeasurements { get; private set; } = [];

    /// <summary>How many times wider the interval of generations of one vendor must be to hold the rows of another.</summary>
    public double OtherVendor { get; private set; }

    /// <summary>Fits everything and writes the files into a folder; null leaves them alone.</summary>
    public void Run(CalibrationWriter? writer)
    {
        Cnns(writer);
        Recurrent(writer);
        Translations();
        Memory(writer);
        Power(writer);
        writer?.IntervalTable("Quantiles of left-out rows: logarithms of truth over forecast that hold it 80 times in 100.", IntervalRows,
            OtherVendor, OwnMeasurements);
    }

    /// <summary>Steps whose intervals are their own: networks measured on many cards have theirs, found by the number of their parameters.
    /// The many networks of two cards give none: where one is left out, one is left.</summary>
    private string Kind(TimeRow row) => row.Source == TimeRow.Pictures ? TimeRow.Pictures
        : row.Batch < 8 ? StepKind.Small.Name : new StepKind(row.Task, row.IsHalf)
        {
            Parameters = IsWellKnown(row) ? Networks.Spec(row.Model).ParameterCount : null,
        }.Name;

    /// <summary>Few computers ran small batches: what larger ones that wait for the host were off by tells of small ones, too.</summary>
    private static bool TellsOfSmall(TimeRow row) => row.Batch >= 8 && CnnFit.WaitsForHost(row);

    private bool IsWellKnown(TimeRow row) => _wellKnown.Contains((row.Model, row.Task, row.IsHalf));

    private void Cnns(CalibrationWriter? writer)
    {
        var fit = CnnFit.Run(_times, _products);
        var (byCard, _) = Left("cards", row => row.Fold, "card");
        Left("chips", row => row.Chip, null);
        Left("architectures", row => row.Generation, "generation");
        var (byModel, effective) = Left("models", row => row.Model, null, isOfCard: false);
        Own(byModel, effective);
        OwnMeasurements = SimilarityFit.Of([.. _times.Zip(byCard).Where(p => p.First.Batch >= 8 && p.First.Source != TimeRow.Pictures)]);
        var training = _times.Zip(byCard).Where(p => p.First.Batch >= 8 && p.First.Source != "headline").ToList();
        Rank("CNNs, training", training.Where(p => p.First.Task == WorkloadTask.Training && !p.First.IsHalf));
        Rank("CNNs, inference", training.Where(p => p.First.Task == WorkloadTask.Inference && !p.First.IsHalf));
        foreach (var group in _times.Zip(byCard).Where(p => p.First.Source == "headline").GroupBy(p => p.First.Group))
            Rank(group.Key, group);
        const string Source = "Published training and inference times of CNNs (jcjohnson, u39kun, ryujaehun, NVIDIA DeepLearningExamples, "
            + "Lambda Labs), PyTorch and Torch7 rows, and large matrix products (DeepBench); fitted by benchmarks/DeepGpu.Forecasts.";
        writer?.Constants("time.json", Source, TimeConstants.Table, fit, Groups.Where(g => g.LeftOut == "cards"),
            _times.Select(row => row.Generation).Distinct());
        writer?.Corrections("Rows of each card against the fit over all rows, shrunk as if 6 rows had no excess. " + Source,
            Corrections(_times.Select((row, i) => (row, CnnFit.Residual(row)(fit.Values)))));
    }

    /// <summary>Leaves rows of a key out, adds the groups, and the intervals where they have a name.</summary>
    private (double[] Values, double Effective) Left(string leftOut, Func<TimeRow, string> key, string? place, bool isOfCard = true)
    {
        var (values, effective) = Folds.Leave(_times, key,
            (rows, left) => CnnFit.Run(rows, isOfCard ? ProductsWithout(left, key) : _products), CnnFit.Residual);
        List<Residual> all = [.. _times.Select((row, i) => new Residual(row.ToString(), key(row), Kind(row), values[i]))];
        List<Residual> told = [.. all, .. _times.Zip(all).Where(p => TellsOfSmall(p.First))
            .Select(p => p.Second with { Kind = StepKind.Small.Name })];
        foreach (var group in _times.Zip(all).GroupBy(p => p.First.Group).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Groups.Add(ErrorGroup.Of(group.Key,
                leftOut, told, group.Select(p => p.Second), (values.Length > 0 ? TimeConstants.Table.Definitions.Count : 0, effective),
                leftOut == "cards" ? Aims.Of(group.Key) : null));
        }

        if (place is not null) AddIntervals(place, told);
        return (values, effective);
    }

    /// <summary>The products of cards that do not leave.</summary>
    private IReadOnlyList<ProductRow> ProductsWithout(IReadOnlyList<TimeRow> left, Func<TimeRow, string> key)
        => [.. _products.Where(product => !left.Any(row => key(row) == key(row with { Card = product.Card })))];

    private void AddIntervals(string place, IEnumerable<Residual> residuals)
        => IntervalRows
            .AddRange(residuals.Where(r => r.Kind != TimeRow.Pictures).GroupBy(r => r.Kind).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(kind => ($"{kind.Key}.{place}", Intervals.Of([.. kind]))));

    /// <summary>Left-out models on cards whose other models correct them.</summary>
    private void Own(double[] byModel, double effective)
    {
        var rows = _times.Select((row, i) => (Row: row, Value: byModel[i])).Where(p => p.Row.Batch >= 8).ToList();
        List<Residual> corrected =
        [
            .. rows.Select(at => new Residual(at.Row.ToString(), at.Row.Model, Kind(at.Row), at.Value - CardCorrection.Shrunk(
                [.. rows.Where(other => other.Row.Model != at.Row.Model && other.Row.Card == at.Row.Card && other.Row.Task == at.Row.Task
                    && other.Row.IsHalf == at.Row.IsHalf)
                    .Select(other => other.Value)]))),
        ];
        foreach (var group in rows.Zip(corrected).GroupBy(p => p.First.Row.Group).OrderBy(g => g.Key, StringComparer.Ordinal))
            Groups.Add(ErrorGroup.Of(group.Key, "models, card known", corrected, group.Select(p => p.Second),
                (TimeConstants.Table.Definitions.Count, effective)));
        AddIntervals("own", rows.Zip(corrected).Where(p => !IsWellKnown(p.First.Row)).Select(p => p.Second));
    }

    private static IEnumerable<CardCorrection> Corrections(IEnumerable<(TimeRow Row, double Value)> rows)
        => rows.Where(p => p.Row.Batch >= 8)
            .GroupBy(p => (p.Row.Card.Name, p.Row.Task, p.Row.IsHalf)).OrderBy(g => g.Key.Name, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Task).ThenBy(g => g.Key.IsHalf)
            .Select(g =>
                new CardCorrection(g.Key.Name, g.Key.Task, g.Key.IsHalf, CardCorrection.Shrunk([.. g.Select(p => p.Value)]), g.Count()));

    private void Rank(string name, IEnumerable<(TimeRow Row, double Value)> rows)
        => Rankings.Add(Ranking.Of(name, rows.Select(p => (p.Row.Model, p.Row.Card.Name, p.Row.Seconds / p.Row.Batch, p.Value))));

    private void Memory(CalibrationWriter? writer)
    {
        List<MemoryRow> rows = [.. _memory.Where(row => row.IsPeak)];
        List<string> keys = [.. rows.Select((row, i) => row.Model == "MLP" ? $"MLP {i % 10}" : row.Model)];
        var places = rows.Select((row, i) => (row, i)).ToDictionary(p => p.row, p => keys[p.i]);
        var (values, effective) = Folds.Leave(rows, row => places[row], (others, _) => MemoryFit.Run(others), MemoryFit.Residual);
        List<Residual> all = [.. rows.Select((row, i) =>
            new Residual(row.ToString(), keys[i], row.Model == "MLP" ? "memory.plain" : "memory.convolution", values[i]))];
        foreach (var group in all.GroupBy(r => r.Kind))
            Groups.Add(ErrorGroup.Of(group.Key == "memory.plain" ? "peak memory, MLPs" : "peak memory, CNN training", "models", all, group,
                (MemoryConstants.Table.Definitions.Count, effective), Aims.Memory(group.Key)));
        IntervalRows.AddRange(all.GroupBy(r => r.Kind).Select(kind => (kind.Key, Intervals.Of([.. kind]))));
        IntervalRows.AddRange(all.GroupBy(r => r.Kind).Select(kind => (kind.Key + ".sure", Intervals.Of([.. kind], IntervalLevel.Sure))));
        var fit = MemoryFit.Run(rows);
        var full = FullCardRow.Read(data);
        Fits.Add([.. rows.Zip(all)], [.. _memory.Where(row => !row.IsPeak)], full, fit.Values, all);
        writer?.Constants("memory.json",
            "Measured peaks of training steps on an A100 40GB (GPUMemNet), CNNs and MLPs; full cards of 8 to 32 GB (Lambda Labs); fitted "
                + "by benchmarks/DeepGpu.Forecasts.",
            MemoryConstants.Table, fit, Groups.Where(g => g.Name.StartsWith("peak", StringComparison.Ordinal)),
            usableShare: FullCardRow.UsableShare(full));
    }
}
