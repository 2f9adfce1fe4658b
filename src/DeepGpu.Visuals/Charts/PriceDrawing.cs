using DeepGpu.Hardware;
using ScottPlot;

namespace DeepGpu.Visuals.Charts;

/// <summary>Cards by price and time of a run on logarithmic axes, coloured by its energy.</summary>
internal static class PriceDrawing
{
    private static readonly ScottPlot.Colormaps.Viridis Shades = new();

    public static Plot Of(Recommendation recommendation)
    {
        var points = RunPoint.Of(recommendation);
        var plot = ChartParts
            .New($"{recommendation.Workload.Name}: a run on cards that can be bought", "price of the card", "time of the run");
        Lines(plot, points);
        Marks(plot, points);
        foreach (var pick in recommendation.Picks) if (points.FirstOrDefault(point => point.Card == pick.Gpu) is { } point) Name(plot,
            point);
        ChartParts
            .Logarithms(plot.Axes.Bottom, points.Select(point => point.Place.X), dollars => Money.FromDollars(dollars).ToString(), 0.12);
        ChartParts.Durations(plot.Axes.Left, points.Select(point => point.Place.Y), 0.12);
        plot.ShowLegend(Alignment.UpperRight);
        return plot;
    }

    /// <summary>The line of those that none beats in price and time, and rings around those that none beats in energy as well.</summary>
    private static void Lines(Plot plot, IReadOnlyList<RunPoint> points)
    {
        var line = plot.Add.ScatterLine(RunPoint.Front(points).Select(point => point.Place).ToArray());
        (line.LegendText, line.LineWidth, line.LineColor) = ("none is cheaper and faster", 2, Colors.Gray);
        var rings = plot.Add.ScatterPoints(points.Where(point => !points.Any(point.IsBeatenBy)).Select(point => point.Place).ToArray());
        (rings.LegendText, rings.MarkerShape, rings.MarkerSize) =
            ("none is cheaper, faster and takes less energy", MarkerShape.OpenCircle, 14);
        (rings.MarkerLineColor, rings.MarkerLineWidth) = (Colors.Black, 1.5f);
    }

    private static void Marks(Plot plot, IReadOnlyList<RunPoint> points)
    {
        List<double> energies = [.. points.Where(point => point.Energy is > 0).Select(point => Math.Log10(point.Energy!.Value))];
        var range = energies.Count > 0 ? new ScottPlot.Range(energies.Min(), energies.Max()) : new(0, 1);
        foreach (var point in points)
            plot.Add.Marker(point.Place, MarkerShape.FilledCircle, 9,
                point.Energy is > 0 and var energy ? Shades.GetColor(Math.Log10(energy), range) : Colors.LightGray);
        if (range.Max <= range.Min || energies.Count == 0) return;
        var bar = plot.Add.ColorBar(new Scale(range));
        bar.Label = "energy of the run";
        ChartParts.Logarithms(bar.Axis, energies, joules => Energy.FromJoules(joules).ToString(), 0,
            Energy.FromKilowattHours(1).Joules);
    }

    private static void Name(Plot plot, RunPoint point)
    {
        var text = plot.Add.Text(ChartParts.Name(point.Card.Card.Name), point.Place);
        (text.LabelAlignment, text.OffsetY, text.LabelFontSize, text.LabelBold) = (Alignment.LowerCenter, -9, 13, true);
        text.LabelBackgroundColor = Colors.White.WithAlpha(0.7);
    }

    /// <summary>What the colours stand for.</summary>
    private sealed record Scale(ScottPlot.Range Range) : IHasColorAxis
    {
        public IColormap Colormap => Shades;

        public ScottPlot.Range GetRange() => Range;
    }
}
