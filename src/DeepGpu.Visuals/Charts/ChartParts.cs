using ScottPlot;
using ScottPlot.TickGenerators;

namespace DeepGpu.Visuals.Charts;

/// <summary>What the charts share: titles, legends, logarithmic axes, names as ticks.</summary>
internal static class ChartParts
{
    public static Plot New(string title, string x, string y)
    {
        var plot = new Plot();
        plot.Title(title);
        plot.XLabel(x);
        plot.YLabel(y);
        return plot;
    }

    public static void Line(Plot plot, string name, IEnumerable<double> x, IEnumerable<double> y)
    {
        var line = plot.Add.Scatter(x.ToArray(), y.ToArray());
        line.LegendText = name;
        line.LineWidth = 2;
    }

    /// <summary>Ticks of whole numbers only.</summary>
    public static void WholeNumbers(IAxis axis) => axis.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };

    /// <summary>Names in the place of numbers, the first at 0.</summary>
    public static void Names(IAxis axis, IReadOnlyList<string> names)
        => axis.TickGenerator = new NumericManual([.. names.Select((_, i) => (double)i)], [.. names]);

    /// <summary>Ticks of an axis that holds decimal logarithms, labelled with the numbers themselves.</summary>
    public static void Logarithms(IAxis axis, Func<double, string> label) => axis.TickGenerator = new NumericAutomatic
    {
        IntegerTicksOnly = true,
        MinorTickGenerator = new LogMinorTickGenerator(),
        LabelFormatter = power => label(Math.Pow(10, power)),
    };

    /// <summary>Seconds, minutes, hours or days.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 60 => FormattableString.Invariant($"{seconds:g3} s"),
        < 3600 => FormattableString.Invariant($"{seconds / 60:g3} min"),
        < 86_400 => FormattableString.Invariant($"{seconds / 3600:g3} h"),
        _ => FormattableString.Invariant($"{seconds / 86_400:g3} d"),
    };
}
