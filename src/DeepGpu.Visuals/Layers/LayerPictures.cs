using System.Globalization;
using DeepGpu.Visuals.Layers;

namespace DeepGpu.Visuals;

/// <summary>Pictures of what a network has learned and of what happens inside it.</summary>
public static class LayerPictures
{
    private const string Owner = nameof(LayerPictures);

    /// <summary>The filters of a convolution over images, each stretched from its smallest to its largest weight: in colour where it reads
    /// three channels, else the mean over the channels it reads.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layer">The layer's name: one whose kernel has four axes.</param>
    /// <param name="most">How many filters are shown, the first ones, at least 1. Default 64.</param>
    /// <exception cref="DeepGpuArgumentException">The model has no kernel of four axes of that layer.</exception>
    public static Picture Filters(Model model, string layer, int most = 64)
    {
        ArgumentNullException.ThrowIfNull(model);
        var kernel = model.Weights.FirstOrDefault(weight => weight.Spec.Shape.Length == 4
            && weight.Name.StartsWith(layer + "/", StringComparison.Ordinal))
            ?? throw Require.OutOfRange(nameof(Filters), nameof(layer), $"a convolution over images of '{model.Spec.Name}'", layer);
        return ImageGrid.Picture($"filters of {layer}", MapTiles.OfKernel(kernel.ToArray(), Some(most)));
    }

    /// <summary>What each channel of a layer's output shows of an image, each stretched from its smallest to its largest value.</summary>
    /// <param name="model">The model, with one input.</param>
    /// <param name="images">Images, (samples, height, width, channels); the first is shown.</param>
    /// <param name="layer">The layer's name: one that yields (batch, height, width, channels).</param>
    /// <param name="most">How many channels are shown, the first ones, at least 1. Default 64.</param>
    /// <exception cref="DeepGpuArgumentException">The layer yields something else.</exception>
    /// <exception cref="TrainingDataException">The images do not fit the model.</exception>
    public static Picture FeatureMaps(Model model, NDArray images, string layer, int most = 64)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        var maps = model.LayerOutputs([images.Slice(0, 1)], layer)[0];
        if (maps.Rank != 4) throw Require.OutOfRange(nameof(FeatureMaps), nameof(layer),
            "one that yields (batch, height, width, channels)", $"{layer}, which yields {maps.TypeAndShape}");
        return ImageGrid.Picture($"feature maps of {layer}", MapTiles.OfMaps(maps, Some(most)));
    }

    /// <summary>Images, and the same with the places that speak for a class in warm colours.</summary>
    /// <param name="model">The model.</param>
    /// <param name="images">Images as the model takes them, (samples, height, width, channels).</param>
    /// <param name="classes">The class of each image; null for the one that the model finds most likely.</param>
    /// <param name="layer">The layer whose output is looked at; null for the last convolution.</param>
    /// <param name="labels">The names of the classes; null for their numbers.</param>
    /// <inheritdoc cref="Model.GradCam" path="exception"/>
    public static Picture GradCam(Model model, NDArray images, IReadOnlyList<int>? classes = null, string? layer = null,
        IReadOnlyList<string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var heat = model.GradCam(images, classes, layer);
        var names = classes is null ? Guess.Of(model.Predict(images), labels).Select(guess => guess.Text).ToList()
            : [.. classes.Select(index => Guess.Label(index, labels))];
        return ImageGrid
            .Picture("Grad-CAM: where the model looks", HeatTiles.Of(images, heat, names), columns: 2 * Math.Min(3, names.Count));
    }

    /// <summary>Images with what the model takes them for; in red, with the truth, where it is wrong.</summary>
    /// <param name="images">The images, (samples, height, width, channels) with 1 or 3 channels.</param>
    /// <param name="outputs">A number for each class, (samples, classes), or one for two classes, (samples, 1).</param>
    /// <param name="targets">The class indices, (samples) or (samples, 1); null where they are not known.</param>
    /// <param name="labels">The names of the classes; null for their numbers.</param>
    /// <param name="most">How many images are shown, the first ones, at least 1. Default 25.</param>
    /// <exception cref="DeepGpuArgumentException">There is not one output and target for each image.</exception>
    public static Picture Predictions(NDArray images, NDArray outputs, NDArray? targets = null, IReadOnlyList<string>? labels = null,
        int most = 25)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(outputs);
        Guess.CheckCounts(images, outputs, targets);
        var count = Math.Min(Some(most), images.Shape[0]);
        var guesses = Guess.Of(outputs.Slice(0, count), labels, targets?.Slice(0, count));
        return ImageGrid.Picture("predictions", [.. guesses.Select((guess, i) =>
            ImageTile.Of(images.Slice(i, 1)) with { Caption = guess.Text, IsWrong = guess.IsWrong })]);
    }

    /// <summary>How much each query attends to each key, a map for each head: queries in rows from the top, keys in columns, dark is
    /// much.</summary>
    /// <param name="scores">Scores from 0 to 1, (samples, heads, queries, keys): the second output of an attention layer made with
    /// <c>returnAttentionScores</c>, from <see cref="Model.LayerOutputs"/>.</param>
    /// <param name="sample">The sample that is shown, from 0. Default 0.</param>
    /// <exception cref="DeepGpuArgumentException">The scores have other axes, or there is no such sample.</exception>
    public static Picture Attention(NDArray scores, int sample = 0)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Rank != 4) throw Require.OutOfRange(Owner, nameof(scores), "(samples, heads, queries, keys)", scores.TypeAndShape);
        if (sample < 0 || sample >= scores.Shape[0])
            throw Require.OutOfRange(Owner, nameof(sample), $"from 0 to {scores.Shape[0] - 1}", sample);
        var heads = MapTiles.OfAttention(scores.Slice(sample, 1));
        return ImageGrid.Picture(string.Create(CultureInfo.InvariantCulture,
            $"attention of sample {sample}: queries down, keys across"), heads);
    }

    private static int Some(int most) => Require.AtLeast(most, 1, Owner, nameof(most));
}
