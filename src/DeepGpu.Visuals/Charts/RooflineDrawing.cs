using System.Globalization;
using DeepGpu.Hardware;
using ScottPlot;

namespace DeepGpu.Visuals.Charts;

/// <summary>Rooflines of cards with layers as points, on logarithmic axes.</summary>
internal static class RooflineDrawing
{
    private static readonly ScottPlot.Palettes.Category10 Palette = new();

    public static Plot Of(IReadOnlyList<GpuForecast> forecasts)
    {
        var roofs = forecasts.Select(forecast => new Roof(forecast)).ToList();
        var plot = ChartParts.New(string.Join(", ", forecasts.Select(forecast => forecast.Workload.Name).Distinct()),
            "floating-point operations for each byte moved", "operations a second, forecast");
        var (left, right) = (roofs.Min(roof => roof.Left) - 0.3, roofs.Max(roof => roof.Right) + 0.3);
        foreach (var (roof, index) in roofs.Select((roof, i) => (roof, i))) Draw(plot, roof, left, right, Palette.GetColor(index));
        ChartParts.Logarithms(plot.Axes.Bottom, [left, right], value => value.ToString("#,0.###", CultureInfo.InvariantCulture), 0);
        ChartParts.Logarithms(plot.Axes.Left, roofs.SelectMany(roof => roof.Heights(left)),
            value => ComputeRate.FromFlopsPerSecond(value).ToString(), 0.06);
        plot.ShowLegend(Edge.Bottom);
        return plot;
    }

    private static void Draw(Plot plot, Roof roof, double left, double right, Color color)
    {
        var line = plot.Add.ScatterLine(roof.Line(left, right).ToArray(), color);
        line.LegendText =
            $"{roof.Card.Name}: {roof.Card.Bandwidth}, {ComputeRate.FromFlopsPerSecond(roof.Rate)}; layers, larger for more time";
        line.LineWidth = 2;
        foreach (var layer in roof.Layers)
            plot.Add.Marker(layer.Place, MarkerShape.FilledCircle, (float)(5 + 25 * Math.Sqrt(layer.Share)), color.WithAlpha(0.6));
    }
}
