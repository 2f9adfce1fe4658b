using System.Globalization;
using DeepGpu.Lowering;
using DeepGpu.Operations;
using DeepGpu.Training;
using TorchSharp;

namespace DeepGpu;

/// <summary>How often each class was taken for each: target classes in rows, predicted ones in columns.</summary>
/// <remarks>Made by <see cref="Of"/> from arrays or by <see cref="Model.ConfusionMatrix"/> from data.
/// Its diagonal is what was right.</remarks>
public sealed class ConfusionMatrix
{
    private readonly IReadOnlyList<double> _counts;

    internal ConfusionMatrix(IReadOnlyList<double> counts, int classes, IReadOnlyList<string>? labels)
    {
        if (labels is not null && labels.Count != classes)
            throw Require.OutOfRange(nameof(ConfusionMatrix), nameof(labels), $"{classes} labels: one for each class", labels.Count);
        _counts = counts;
        Labels = labels is null ? [.. Enumerable.Range(0, classes).Select(i => i.ToString(CultureInfo.InvariantCulture))] : [.. labels];
    }

    /// <summary>The names of the classes: their numbers, unless others were given.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>How many samples of a class were taken for a class, or their weight.</summary>
    /// <param name="target">The class the samples are of, from 0.</param>
    /// <param name="predicted">The class they were taken for, from 0.</param>
    public double this[int target, int predicted] => _counts[Index(target) * Labels.Count + Index(predicted)];

    /// <summary>How many samples there are, or their weight.</summary>
    public double Total => _counts.Sum();

    /// <summary>The share of samples that were right; 0 if there are none.</summary>
    public double Accuracy => Floats.DivideNoNan(Enumerable.Range(0, Labels.Count).Sum(i => this[i, i]), Total);

    /// <summary>Compares targets with outputs.</summary>
    /// <param name="targets">Class indices (samples, ...) or one-hot rows (samples, ..., classes).</param>
    /// <param name="outputs">A number for each class, (samples, ..., classes), of which the largest counts;
    /// or one for two classes, (samples, ..., 1), compared with 0.5.</param>
    /// <param name="labels">The names of the classes; null for their numbers.</param>
    /// <exception cref="TrainingDataException">Targets and outputs do not fit each other.</exception>
    /// <exception cref="DeepGpuArgumentException">There is not one label for each class.</exception>
    public static ConfusionMatrix Of(NDArray targets, NDArray outputs, IReadOnlyList<string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(outputs);
        var metric = ClassPairsMetric.For(outputs.Shape[^1]);
        metric.CheckTargets(targets, new([.. outputs.Shape.Select(length => (int?)length)]));
        using var state = metric.Begin();
        using var scope = torch.NewDisposeScope();
        state.Add(Tensors.From(targets, torch.CPU), Tensors.From(outputs, torch.CPU));
        return new(state.Results(), metric.Classes, labels);
    }

    /// <summary>Precision, recall and F1 of each class, and their means.</summary>
    public ClassificationReport Report() => new(this);

    /// <summary>The matrix as a table.</summary>
    public override string ToString()
        => TextTable.Write([["target \\ predicted", .. Labels], .. Labels.Select((label, target) =>
            (string[])[label, .. Labels.Select((_, predicted) => TextTable.Count(this[target, predicted]))])]);

    private int Index(int index)
        => index >= 0 && index < Labels.Count
            ? index
            : throw Require.OutOfRange(nameof(ConfusionMatrix), "class", $"from 0 to {Labels.Count - 1}", index);
}
