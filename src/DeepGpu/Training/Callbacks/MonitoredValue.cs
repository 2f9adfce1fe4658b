namespace DeepGpu.Training;

/// <summary>Watches one value of the logs for getting better.</summary>
internal sealed class MonitoredValue(string owner, string name, MonitorMode mode, double minDelta)
{
    private const string ValidationPrefix = "val_";

    private bool _rises;

    public string Name => name;

    /// <summary>The best value so far; null before the first.</summary>
    public double? Best { get; set; }

    /// <summary>Starts over with a model: the value must be one that it measures, and its direction known.</summary>
    /// <exception cref="ModelStateException">Nothing of that name is measured, or which way it gets better is unknown.</exception>
    public void Begin(TrainingContext context)
    {
        Best = null;
        var added = context.Options.Callbacks.Select(callback => callback.AddedLogs).ToList();
        var measured = Measured(context).Concat(added.SelectMany(names => names ?? [])).Distinct().ToList();
        if (!measured.Contains(name, StringComparer.Ordinal) && !added.Contains(null)) throw NotMeasured(measured);
        _rises = (mode == MonitorMode.Auto ? Direction(context) : mode) == MonitorMode.Max;
    }

    /// <summary>Whether a value is better than another by more than the least difference; anything is better than nothing.</summary>
    public bool IsBetter(double value, double? than)
        => than is not { } other || (_rises ? value - minDelta > other : value + minDelta < other);

    /// <summary>Keeps a value if it is the best so far.</summary>
    public bool Improves(double value)
    {
        if (!IsBetter(value, Best ?? (_rises ? double.NegativeInfinity : double.PositiveInfinity))) return false;
        Best = value;
        return true;
    }

    private MonitorMode Direction(TrainingContext context)
    {
        var plain = name.StartsWith(ValidationPrefix, StringComparison.Ordinal) ? name[ValidationPrefix.Length..] : name;
        if (context.Session.Compiled.LossNames.Contains(plain)) return MonitorMode.Min;
        var metric = context.Session.Compiled.Metrics.FirstOrDefault(metric => metric.Name == plain).State?.Metric;
        return metric is { Direction: not MonitorMode.Auto } ? metric.Direction : throw UnknownDirection();
    }

    private static IEnumerable<string> Measured(TrainingContext context)
    {
        string[] names = [.. context.Session.Compiled.LossNames, .. context.Session.Compiled.Metrics.Select(metric => metric.Name)];
        return context.Session.IsValidated ? names.Concat(names.Select(n => ValidationPrefix + n)) : names;
    }

    private ModelStateException NotMeasured(List<string> measured) => new(new(
        "unknown_monitor",
        $"{owner} needs a value that is measured,",
        $"but '{name}' is not: there are {string.Join(", ", measured)}.",
        name.StartsWith(ValidationPrefix, StringComparison.Ordinal)
            ? "Pass validation data to Fit, or watch a value of the training data."
            : "Watch one of these, or add the metric to Compile."));

    private ModelStateException UnknownDirection() => new(new(
        "unknown_direction",
        $"{owner} needs to know whether '{name}' gets better by rising or by falling,",
        "but its metric does not say.",
        "Pass mode: MonitorMode.Max or MonitorMode.Min."));
}
