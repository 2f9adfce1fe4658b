using System.Collections.Immutable;
using System.Reflection;

namespace DeepGpu.Models;

/// <summary>The 1000 classes of ImageNet's challenge of 2012 in the order of every network here. Names: see NOTICE.</summary>
public static class ImageNetClasses
{
    private const string Resource = "applications/imagenet-labels.txt";

    private static readonly Lazy<ImmutableArray<string>> Names = new(Read);

    /// <summary>The names, several spellings separated by commas: "tench, Tinca tinca" is class 0.</summary>
    public static ImmutableArray<string> Labels => Names.Value;

    /// <summary>The likeliest classes of each photo, the likeliest first.</summary>
    /// <param name="predictions">Scores, logits or probabilities: Float32 (photos, 1000).</param>
    /// <param name="top">How many classes a photo, 1 to 1000. Default 5.</param>
    /// <exception cref="DeepGpuArgumentException">The array has another shape or type, or the number is out of range.</exception>
    public static IReadOnlyList<IReadOnlyList<ImageNetPrediction>> Decode(NDArray predictions, int top = 5)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        if (predictions is not { Type: DataType.Float32, Rank: 2 } || predictions.Shape[1] != Labels.Length)
            throw Require.OutOfRange(nameof(ImageNetClasses), nameof(predictions), $"Float32 (photos, {Labels.Length})", predictions);
        if (top < 1 || top > Labels.Length)
            throw Require.OutOfRange(nameof(ImageNetClasses), nameof(top), $"from 1 to {Labels.Length}", top);
        return [.. predictions.ToArray<float>().Chunk(Labels.Length).Select(row => Best(row, top))];
    }

    private static IReadOnlyList<ImageNetPrediction> Best(float[] scores, int top)
        => [.. scores.Select((score, index) => new ImageNetPrediction(index, Labels[index], score))
            .OrderByDescending(prediction => prediction.Score).Take(top)];

    private static ImmutableArray<string> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }
}

/// <summary>A class that a network sees in a photo.</summary>
/// <param name="Index">The class's number, 0 to 999.</param>
/// <param name="Label">Its name.</param>
/// <param name="Score">What the network yields for it.</param>
public sealed record ImageNetPrediction(int Index, string Label, float Score);
