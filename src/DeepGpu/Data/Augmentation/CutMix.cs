using DeepGpu.Data;
using DeepGpu.Models.Values;
using DeepGpu.Numbers;

namespace DeepGpu;

/// <summary>Pastes a rectangle of another image of the batch into each image, and blends the targets by the
/// rectangle's share of the area.</summary>
/// <remarks>A step of a stream, not a layer, because targets change: <c>stream.MapBatches(new CutMix().Apply)</c>.
/// Inputs (batch, height, width, channels).
/// Yun et al., 2019, https://arxiv.org/abs/1905.04899. Keras:
/// https://keras.io/api/layers/preprocessing_layers/image_augmentation/cut_mix/</remarks>
public sealed record CutMix
{
    /// <summary>The upper bound of the number alpha that is drawn for each batch, above 0 and at most 1;
    /// areas are drawn from Beta(alpha, alpha). Default 1, as in Keras.</summary>
    public double Factor
    {
        get;
        init => field = Require.Positive(Require.InRange(value, 0, 1, nameof(CutMix), nameof(Factor)), nameof(CutMix), nameof(Factor));
    } = 1;

    /// <summary>Mixes a batch.</summary>
    /// <param name="batch">The batch. Its first input becomes Float32, and so do the targets.</param>
    /// <param name="random">Decides who is mixed with whom, and which rectangles are pasted.</param>
    /// <exception cref="TrainingDataException">The first input is not a batch of images, or targets are class numbers.</exception>
    public Batch Apply(Batch batch, Random random)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(random);
        MixTargets.Check(batch, nameof(CutMix));
        CheckImages(batch.Inputs[0]);
        var partners = MixTargets.Partners(batch.Count, random);
        var (height, width) = (batch.Inputs[0].Shape[1], batch.Inputs[0].Shape[2]);
        var alpha = random.NextDouble() * Factor + 1e-6;
        var boxes = partners.Select(_ => Box.Draw(random, height, width, alpha)).ToArray();
        NDArray[] targets = [.. batch.Targets.Select(array =>
            MixTargets.Blend(array, partners, i => 1 - (float)boxes[i].Share(height, width)))];
        return batch with { Inputs = [Paste(batch.Inputs[0], partners, boxes), .. batch.Inputs.Skip(1)], Targets = targets };
    }

    private static void CheckImages(NDArray input)
    {
        if (input.Rank != 4)
            throw new TrainingDataException(new("not_images", "CutMix needs images (batch, height, width, channels),",
                $"but receives {input.TypeAndShape}.", "Use MixUp for other data."));
    }

    private static NDArray Paste(NDArray images, int[] partners, Box[] boxes)
    {
        var (source, row) = (Array.ConvertAll(ElementNumbers.Of(images), v => (float)v), images.Shape[2] * images.Shape[3]);
        var result = (float[])source.Clone();
        for (var i = 0; i < boxes.Length; i++)
        {
            var (box, channels) = (boxes[i], images.Shape[3]);
            for (var y = 0; y < images.Shape[1]; y++)
            {
                if (y < box.Y0 || y >= box.Y1) continue;
                var (from, to) = ((int)Math.Ceiling(box.X0), Math.Min((int)Math.Ceiling(box.X1), images.Shape[2]));
                Array.Copy(source, (partners[i] * images.Shape[1] + y) * row + from * channels, result,
                    (i * images.Shape[1] + y) * row + from * channels, (to - from) * channels);
            }
        }

        return NDArray.From<float>(result, [.. images.Shape]);
    }

    /// <summary>A rectangle; a pixel is inside if its number is from the start and below the end.</summary>
    private readonly record struct Box(double X0, double X1, double Y0, double Y1)
    {
        public static Box Draw(Random random, int height, int width, double alpha)
        {
            var side = Math.Sqrt(1 - RandomNumbers.Beta(random, alpha, alpha));
            var (w, h) = (side * width, side * height);
            var (x, y) = (random.NextDouble() * (width - w), random.NextDouble() * (height - h));
            return new(x, x + w, y, y + h);
        }

        public double Share(int height, int width) => (X1 - X0) * (Y1 - Y0) / ((double)width * height);
    }
}
