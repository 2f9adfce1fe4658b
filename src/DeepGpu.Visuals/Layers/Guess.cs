using System.Globalization;
using DeepGpu.Visuals.Charts;

namespace DeepGpu.Visuals.Layers;

/// <summary>What a model takes a sample for, as text.</summary>
/// <param name="Text">The class and how sure; the truth too where it is another.</param>
/// <param name="IsWrong">Whether the truth is known and another.</param>
internal readonly record struct Guess(string Text, bool IsWrong)
{
    /// <summary>The guess of each row of numbers, one for each class; of one number, from 0 to 1, class 1 from 0.5 on.</summary>
    public static IEnumerable<Guess> Of(NDArray outputs, IReadOnlyList<string>? labels, NDArray? targets = null)
    {
        var (values, classes) = (ArrayNumbers.Of(outputs), (int)(outputs.ElementCount / Math.Max(1, outputs.Shape[0])));
        var truths = targets is null ? null : ArrayNumbers.Of(targets);
        for (var row = 0; row < outputs.Shape[0]; row++)
        {
            var scores = values.AsSpan(row * classes, classes);
            var (best, score) = classes == 1 ? (scores[0] >= 0.5 ? 1 : 0, Math.Max(scores[0], 1 - scores[0])) : Best(scores);
            var truth = truths is null ? best : (int)truths[row];
            var sure = score is >= 0 and <= 1 ? string.Create(CultureInfo.InvariantCulture, $" {100 * score:0}%") : "";
            yield return new($"{Label(best, labels)}{sure}{(truth == best ? "" : $", is {Label(truth, labels)}")}", truth != best);
        }
    }

    /// <summary>A class's name; its number where there is none.</summary>
    public static string Label(int index, IReadOnlyList<string>? labels)
        => labels is not null && index < labels.Count ? labels[index] : index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Refuses another number of outputs or targets than there are images.</summary>
    public static void CheckCounts(NDArray images, NDArray outputs, NDArray? targets)
    {
        if (images.Rank != 4) throw Require.OutOfRange(nameof(LayerPictures), nameof(images), "(samples, height, width, channels)",
            images.TypeAndShape);
        if (outputs.Rank == 0 || outputs.Shape[0] != images.Shape[0]) throw Require.OutOfRange(nameof(LayerPictures), nameof(outputs),
            $"{images.Shape[0]} rows: one for each image", outputs.TypeAndShape);
        if (targets is not null && targets.ElementCount != images.Shape[0]) throw Require.OutOfRange(nameof(LayerPictures), nameof(targets),
            $"{images.Shape[0]} class indices: one for each image", targets.TypeAndShape);
    }

    private static (int Class, double Score) Best(ReadOnlySpan<double> scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++) if (scores[i] > scores[best]) best = i;
        return (best, scores[best]);
    }
}
