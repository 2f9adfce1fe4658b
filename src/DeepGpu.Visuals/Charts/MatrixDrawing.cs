using System.Globalization;
using ScottPlot;

namespace DeepGpu.Visuals.Charts;

/// <summary>A confusion matrix as a heat map with its counts.</summary>
internal static class MatrixDrawing
{
    /// <summary>Beyond this the counts would run into each other.</summary>
    private const int MostWithCounts = 20;

    public static Plot Of(ConfusionMatrix matrix)
    {
        var classes = matrix.Labels.Count;
        var plot = ChartParts.New(FormattableString.Invariant($"accuracy {matrix.Accuracy:0.000}"), "predicted", "target");
        var map = plot.Add.Heatmap(Shares(matrix));
        map.Colormap = new ScottPlot.Colormaps.Blues().Reversed();
        map.ManualRange = new(0, 1);
        if (classes <= MostWithCounts) Write(plot, matrix);
        ChartParts.Names(plot.Axes.Bottom, matrix.Labels);
        ChartParts.Names(plot.Axes.Left, [.. matrix.Labels.Reverse()]);
        plot.Axes.SetLimits(-0.5, classes - 0.5, -0.5, classes - 0.5);
        return plot;
    }

    private static double[,] Shares(ConfusionMatrix matrix)
    {
        var classes = matrix.Labels.Count;
        var shares = new double[classes, classes];
        for (var row = 0; row < classes; row++)
        {
            var total = Enumerable.Range(0, classes).Sum(column => matrix[row, column]);
            for (var column = 0; column < classes; column++) shares[row, column] = total > 0 ? matrix[row, column] / total : 0;
        }

        return shares;
    }

    private static void Write(Plot plot, ConfusionMatrix matrix)
    {
        var (classes, shares) = (matrix.Labels.Count, Shares(matrix));
        for (var cell = 0; cell < classes * classes; cell++)
        {
            var (row, column) = (cell / classes, cell % classes);
            var text = plot.Add.Text(matrix[row, column].ToString("0.##", CultureInfo.InvariantCulture), column, classes - 1 - row);
            text.LabelAlignment = Alignment.MiddleCenter;
            text.LabelFontColor = shares[row, column] > 0.5 ? Colors.White : Colors.Black;
        }
    }
}
