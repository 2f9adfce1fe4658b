namespace DeepGpu.Tests.Training.Numbers;

/// <summary>One call of a metric.</summary>
internal sealed record MetricCall(Grid Target, Grid Output, Grid? Weights = null);

/// <summary>A metric with options of its own, its calls, and the values that plain loops give.</summary>
internal sealed record MetricCase(string Name, Metric Metric, IReadOnlyList<MetricCall> Calls, IReadOnlyList<double> Expected)
{
    /// <summary>A case of one call.</summary>
    public static MetricCase Of(string name, Metric metric, MetricCall call, params double[] expected)
        => new(name, metric, [call], expected);
}
