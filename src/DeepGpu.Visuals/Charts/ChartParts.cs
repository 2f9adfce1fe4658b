using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace DeepGpu.Visuals.Charts;

/// <summary>What the charts share: titles, lines, logarithmic axes, names as ticks.</summary>
internal static class ChartParts
{
    /// <summary>Longer names are cut.</summary>
    private const int LongestName = 40;

    /// <summary>Upright letters without serifs, where the system has such a font.</summary>
    public static readonly string? Font = new[] { "Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans", "Noto Sans" }
        .FirstOrDefault(SKFontManager.Default.FontFamilies.Contains);

    public static Plot New(string title, string x, string y)
    {
        var plot = new Plot();
        if (Font is not null) plot.Font.Set(Font);
        plot.Title(PrintableText.Of(title), 18);
        plot.XLabel(x, 15);
        plot.YLabel(y, 15);
        plot.Axes.Margins(0.03, 0.08);
        return plot;
    }

    public static void Line(Plot plot, string name, IEnumerable<double> x, IEnumerable<double> y)
    {
        var line = plot.Add.Scatter(x.ToArray(), y.ToArray());
        line.LegendText = PrintableText.Of(name);
        (line.LineWidth, line.MarkerSize) = (2, 6);
    }

    /// <summary>Ticks of whole numbers only.</summary>
    public static void WholeNumbers(IAxis axis) => axis.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };

    /// <summary>Names in the place of numbers, the first at 0.</summary>
    public static void Names(IAxis axis, IReadOnlyList<string> names)
    {
        axis.TickGenerator = new NumericManual([.. names.Select((_, i) => (double)i)], [.. names.Select(Name)]);
        axis.MajorTickStyle.Length = 0;
    }

    /// <summary>A name that stands for itself, cut where it is long.</summary>
    public static string Name(string name)
    {
        var text = PrintableText.Of(name);
        return text.Length <= LongestName ? text : text[..(LongestName - 3)] + "...";
    }

    /// <summary>An axis that holds decimal logarithms, over its values.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="logarithms">What it must show.</param>
    /// <param name="label">The text of a number.</param>
    /// <param name="margin">The room at both ends, as a share of the span.</param>
    /// <param name="unit">What round numbers are multiples of. Default 1.</param>
    public static void Logarithms(IAxis axis, IEnumerable<double> logarithms, Func<double, string> label, double margin, double unit = 1)
    {
        Span(axis, logarithms, margin);
        axis.TickGenerator = LogTicks.Decimal(axis.Min, axis.Max, label, unit);
    }

    /// <summary>An axis that holds decimal logarithms of seconds.</summary>
    public static void Durations(IAxis axis, IEnumerable<double> logarithms, double margin)
    {
        Span(axis, logarithms, margin);
        axis.TickGenerator = LogTicks.Durations(axis.Min, axis.Max);
    }

    /// <summary>Shares from 0 to 1.</summary>
    public static void Shares(IAxis axis)
    {
        (axis.Min, axis.Max) = (-0.02, 1.02);
        axis.TickGenerator = new NumericAutomatic { TargetTickCount = 6 };
    }

    private static void Span(IAxis axis, IEnumerable<double> logarithms, double margin)
    {
        List<double> values = [.. logarithms];
        var room = margin > 0 ? Math.Max(margin * (values.Max() - values.Min()), 0.1) : 0;
        (axis.Min, axis.Max) = (values.Min() - room, values.Max() + room);
    }
}
