using System.Globalization;
using DeepGpu.Hardware;
using ScottPlot;

namespace DeepGpu.Visuals.Charts;

/// <summary>A roofline with layers as points, on logarithmic axes.</summary>
internal static class RooflineDrawing
{
    public static Plot Of(GpuForecast forecast)
    {
        var card = forecast.Card;
        var points = Points(forecast);
        var (rate, bandwidth) = (Peak(forecast), card.Bandwidth.BytesPerSecond);
        var plot = ChartParts.New($"{forecast.Workload.Name} on {card.Name}", "operations for each byte moved", "operations a second");
        var ridge = Math.Log10(rate / bandwidth);
        var left = Math.Min(ridge, points.Select(point => point.X).DefaultIfEmpty(ridge).Min()) - 0.5;
        var right = Math.Max(ridge, points.Select(point => point.X).DefaultIfEmpty(ridge).Max()) + 0.5;
        ChartParts.Line(plot, $"{card.Name}: {card.Bandwidth}, {ComputeRate.FromFlopsPerSecond(rate)}", [left, ridge, right],
            [Math.Log10(bandwidth) + left, Math.Log10(rate), Math.Log10(rate)]);
        var layers = plot.Add.ScatterPoints(points.ToArray());
        (layers.LegendText, layers.MarkerSize) = ("layers", 7);
        ChartParts.Logarithms(plot.Axes.Bottom, value => value.ToString("g3", CultureInfo.InvariantCulture));
        ChartParts.Logarithms(plot.Axes.Left, value => ComputeRate.FromFlopsPerSecond(value).ToString());
        plot.ShowLegend(Alignment.LowerRight);
        return plot;
    }

    /// <summary>Decimal logarithms of operations for each byte and of operations a second, of each layer that multiplies.</summary>
    private static List<Coordinates> Points(GpuForecast forecast)
    {
        var (work, trains) = (forecast.Workload, forecast.Workload.Task == WorkloadTask.Training);
        var times = forecast.Layers.ToDictionary(layer => layer.Name, layer => layer.Time.TotalSeconds, StringComparer.Ordinal);
        return [.. work.Operations.GroupBy(operation => operation.Name)
            .Select(layer => (Flops: layer.Sum(operation => Flops(operation, trains)),
                Bytes: layer.Sum(operation => Bytes(operation, trains, work.Precision)), Time: times.GetValueOrDefault(layer.Key)))
            .Where(layer => layer is { Flops: > 0, Bytes: > 0, Time: > 0 })
            .Select(layer => new Coordinates(Math.Log10(layer.Flops / layer.Bytes), Math.Log10(layer.Flops / layer.Time)))];
    }

    private static double Flops(Operation operation, bool trains) => operation.ForwardFlops + (trains ? operation.BackwardFlops : 0);

    /// <summary>Operands and results of the products, three times in training (forward, gradient of the input, of the weights), and what
    /// passes over elements move.</summary>
    private static double Bytes(Operation operation, bool trains, NumberFormat precision)
    {
        var product = operation.InputElements + operation.OutputElements + operation.WeightElements;
        var passes = operation.ForwardElements + (trains ? operation.BackwardElements : 0);
        return ((trains ? 3 : 1) * product + passes) * precision.BytesPerElement();
    }

    private static double Peak(GpuForecast forecast) => forecast.Card.RateAt(forecast.Workload.Precision) is { } rate
        ? rate.FlopsPerSecond
        : throw Require.OutOfRange(nameof(GpuCharts), nameof(forecast),
            $"of a card whose rate at {forecast.Workload.Precision} is known", forecast.Card.Name);
}
