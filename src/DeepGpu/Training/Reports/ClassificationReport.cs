using DeepGpu.Operations;
using DeepGpu.Training;

namespace DeepGpu;

/// <summary>Precision, recall and F1 of each class, and their means, from a <see cref="ConfusionMatrix"/>.</summary>
public sealed class ClassificationReport
{
    internal ClassificationReport(ConfusionMatrix matrix)
    {
        Accuracy = matrix.Accuracy;
        Classes = [.. matrix.Labels.Select((label, i) => Of(matrix, label, i))];
        MacroAverage = Mean("macro average", _ => 1);
        WeightedAverage = Mean("weighted average", scores => scores.Support);
    }

    /// <summary>The scores of each class.</summary>
    public IReadOnlyList<ClassScores> Classes { get; }

    /// <summary>The share of samples that were right; 0 if there are none.</summary>
    public double Accuracy { get; }

    /// <summary>The mean of the scores, every class counting alike; its support is the sum.</summary>
    public ClassScores MacroAverage { get; }

    /// <summary>The mean of the scores, weighted by support; its support is the sum.</summary>
    public ClassScores WeightedAverage { get; }

    /// <summary>The report as a table.</summary>
    public override string ToString() => TextTable.Write(
    [
        ["", "precision", "recall", "f1", "support"],
        .. Classes.Select(Row),
        ["accuracy", "", "", TextTable.Share(Accuracy), TextTable.Count(MacroAverage.Support)],
        Row(MacroAverage),
        Row(WeightedAverage),
    ]);

    private static ClassScores Of(ConfusionMatrix matrix, string label, int i)
    {
        var all = Enumerable.Range(0, matrix.Labels.Count).ToList();
        var (hits, support, taken) = (matrix[i, i], all.Sum(j => matrix[i, j]), all.Sum(j => matrix[j, i]));
        return new(label, Floats.DivideNoNan(hits, taken), Floats.DivideNoNan(hits, support),
            Floats.DivideNoNan(2 * hits, taken + support), support);
    }

    private ClassScores Mean(string label, Func<ClassScores, double> weight)
    {
        var total = Classes.Sum(weight);
        double Of(Func<ClassScores, double> score) => Floats.DivideNoNan(Classes.Sum(scores => weight(scores) * score(scores)), total);
        return new(label, Of(s => s.Precision), Of(s => s.Recall), Of(s => s.F1), Classes.Sum(s => s.Support));
    }

    private static string[] Row(ClassScores scores)
        => [scores.Label, TextTable.Share(scores.Precision), TextTable.Share(scores.Recall), TextTable.Share(scores.F1),
            TextTable.Count(scores.Support)];
}
