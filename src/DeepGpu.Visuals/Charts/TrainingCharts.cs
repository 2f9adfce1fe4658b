using DeepGpu.Visuals.Charts;
using ScottPlot;

namespace DeepGpu.Visuals;

/// <summary>Pictures of training and of what a model got right.</summary>
public static class TrainingCharts
{
    /// <summary>A curve of a training: a figure of each epoch, beside it the same of the validation data where it was measured.</summary>
    /// <param name="history">What <c>Fit</c> returned.</param>
    /// <param name="name">The figure. Default "loss".</param>
    /// <exception cref="KeyNotFoundException">Nothing of that name was measured.</exception>
    /// <example><code>TrainingCharts.LearningCurve(history, "accuracy").Save("accuracy.png");</code></example>
    public static Picture LearningCurve(History history, string name = "loss")
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(name);
        var plot = ChartParts.New(name, "epoch", name);
        ChartParts.Line(plot, "training", Epochs(history[name]), history[name]);
        if (history.Names.Contains($"val_{name}"))
            ChartParts.Line(plot, "validation", Epochs(history[$"val_{name}"]), history[$"val_{name}"]);
        ChartParts.WholeNumbers(plot.Axes.Bottom);
        plot.ShowLegend(history[name] is [var first, .., var last] && last > first ? Alignment.LowerRight : Alignment.UpperRight);
        return new(plot);
    }

    /// <summary>How often each class was taken for each, as shades with the counts in them: targets in rows, predictions in
    /// columns.</summary>
    /// <param name="matrix">The counts; the shade is the share of the class in its row.</param>
    public static Picture ConfusionMatrix(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new(MatrixDrawing.Of(matrix)) { Width = 700, Height = 640 };
    }

    /// <summary>The receiver operating characteristic of two classes: true positives against false positives at every threshold, with the
    /// area under it.</summary>
    /// <param name="targets">0 or 1 of each sample, (samples) or (samples, 1).</param>
    /// <param name="scores">How likely each is 1, of the same shape.</param>
    /// <exception cref="TrainingDataException">Targets and scores do not fit, or one of the two classes is not there.</exception>
    public static Picture Roc(NDArray targets, NDArray scores)
    {
        var curve = ThresholdCurve.Of(targets, scores);
        return Curve(Invariant($"receiver operating characteristic, area {curve.RocArea:0.000}"), "false positive rate",
            "true positive rate",
            curve.Points.Select(point => (point.FalsePositiveRate, point.Recall)));
    }

    /// <summary>Precision against recall of two classes at every threshold, with the average precision: the mean of the precisions,
    /// weighted by how much recall each adds.</summary>
    /// <param name="targets">0 or 1 of each sample, (samples) or (samples, 1).</param>
    /// <param name="scores">How likely each is 1, of the same shape.</param>
    /// <exception cref="TrainingDataException">Targets and scores do not fit, or one of the two classes is not there.</exception>
    public static Picture PrecisionRecall(NDArray targets, NDArray scores)
    {
        var curve = ThresholdCurve.Of(targets, scores);
        return Curve(Invariant($"precision and recall, average precision {curve.AveragePrecision:0.000}"), "recall", "precision",
            curve.Points.Skip(1).Select(point => (point.Recall, point.Precision)));
    }

    /// <summary>The loss at each learning rate that <see cref="LearningRateFinder"/> tried, its suggestion as a line.</summary>
    public static Picture LearningRates(LearningRateCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var plot = ChartParts.New("loss by learning rate", "learning rate", "loss");
        ChartParts.Line(plot, "loss, smoothed", curve.Points.Select(point => Math.Log10(point.LearningRate)),
            curve.Points.Select(point => point.SmoothedLoss));
        if (curve.Suggestion is { } rate) plot.Add.VerticalLine(Math.Log10(rate)).LegendText = Invariant($"suggested: {rate:g2}");
        ChartParts.Logarithms(plot.Axes.Bottom, curve.Points.Select(point => Math.Log10(point.LearningRate)),
            value => Invariant($"{value:0.########}"), 0.03);
        plot.ShowLegend();
        return new(plot);
    }

    private static Picture Curve(string title, string x, string y, IEnumerable<(double X, double Y)> points)
    {
        var plot = ChartParts.New(title, x, y);
        var line = plot.Add.ScatterLine(points.Select(point => new Coordinates(point.X, point.Y)).ToArray());
        line.LineWidth = 2;
        ChartParts.Shares(plot.Axes.Bottom);
        ChartParts.Shares(plot.Axes.Left);
        return new(plot) { Width = 600, Height = 560 };
    }

    private static IEnumerable<double> Epochs(IReadOnlyList<double> values) => values.Select((_, i) => i + 1.0);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
