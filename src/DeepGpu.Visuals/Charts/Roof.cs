using DeepGpu.Hardware;
using ScottPlot;

namespace DeepGpu.Visuals.Charts;

/// <summary>What bounds a card, and where the layers of a model lie below it: decimal logarithms.</summary>
internal sealed class Roof
{
    private readonly double _bandwidth;

    public Roof(GpuForecast forecast)
    {
        (Card, Rate, _bandwidth) = (forecast.Card, Peak(forecast), forecast.Card.Bandwidth.BytesPerSecond);
        Layers = [.. Points(forecast)];
    }

    public GpuSpec Card { get; }

    /// <summary>Operations a second that the arithmetic allows.</summary>
    public double Rate { get; }

    /// <summary>Each layer that multiplies: operations for each byte and operations a second; the share of the time that it
    /// takes.</summary>
    public IReadOnlyList<(Coordinates Place, double Share)> Layers { get; }

    public double Left => Layers.Select(layer => layer.Place.X).Append(Ridge).Min();

    public double Right => Layers.Select(layer => layer.Place.X).Append(Ridge).Max();

    /// <summary>Where the memory's bandwidth ceases to be the bound.</summary>
    private double Ridge => Math.Log10(Rate / _bandwidth);

    /// <summary>The slope up to the ridge, and the flat part.</summary>
    public IEnumerable<Coordinates> Line(double left, double right)
        => new[] { left, Ridge, right }.Select(x => new Coordinates(x, Math.Min(x + Math.Log10(_bandwidth), Math.Log10(Rate))));

    /// <summary>What the axis of rates must show.</summary>
    public IEnumerable<double> Heights(double left)
        => Layers.Select(layer => layer.Place.Y).Append(Math.Log10(Rate)).Append(left + Math.Log10(_bandwidth));

    private static IEnumerable<(Coordinates Place, double Share)> Points(GpuForecast forecast)
    {
        var work = forecast.Workload;
        var layers = forecast.Layers.ToDictionary(layer => layer.Name, StringComparer.Ordinal);
        foreach (var operations in work.Operations.GroupBy(operation => operation.Name))
        {
            var (flops, bytes) = (operations.Sum(operation => Flops(operation, work)), operations.Sum(operation => Bytes(operation, work)));
            if (flops > 0 && bytes > 0 && layers.TryGetValue(operations.Key, out var layer) && layer.Time > TimeSpan.Zero)
                yield return (new(Math.Log10(flops / bytes), Math.Log10(flops / layer.Time.TotalSeconds)), layer.Share);
        }
    }

    private static double Flops(Operation operation, Workload work)
        => operation.ForwardFlops + (work.Task == WorkloadTask.Training ? operation.BackwardFlops : 0);

    /// <summary>Operands and results of the products, three times in training (forward, gradient of the input, of the weights), and what
    /// passes over elements move.</summary>
    private static double Bytes(Operation operation, Workload work)
    {
        var trains = work.Task == WorkloadTask.Training;
        var product = operation.InputElements + operation.OutputElements + operation.WeightElements;
        var passes = operation.ForwardElements + (trains ? operation.BackwardElements : 0);
        return ((trains ? 3 : 1) * product + passes) * work.Precision.BytesPerElement();
    }

    private static double Peak(GpuForecast forecast) => forecast.Card.RateAt(forecast.Workload.Precision) is { } rate
        ? rate.FlopsPerSecond
        : throw Require.OutOfRange(nameof(GpuCharts), "forecasts",
            $"of cards whose rate at {forecast.Workload.Precision} is known", forecast.Card.Name);
}
