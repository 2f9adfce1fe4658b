namespace DeepGpu.Models;

/// <summary>While training, mixes each image with its grey form: x + factor * (grey - x), kept in the range of values.</summary>
/// <remarks>Acts only while training, on each image by itself; the training's seed decides.
/// Grey is 0.2989 red + 0.587 green + 0.114 blue; an image of one channel stays as it is.
/// Input = output (batch, height, width, channels).
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_color_degeneration/</remarks>
public sealed record RandomColorDegeneration : ColorImageLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="factor">The share of grey: (0.2, 0.2) for a fifth.</param>
    public RandomColorDegeneration(FactorRange factor) => Factor = factor;

    /// <summary>The share of grey: 0 for the image itself, 1 for its grey form, below 0 for stronger colours; from -1 to 1.
    /// As in Keras, a single number f stands for (-f, f).</summary>
    public FactorRange Factor
    {
        get;
        init => field = value.Checked(-1, 1, nameof(RandomColorDegeneration), nameof(Factor));
    }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Colored(input);
}
