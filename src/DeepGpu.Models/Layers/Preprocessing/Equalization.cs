namespace DeepGpu.Models;

/// <summary>While training, spreads the values of each channel so that each part of the range is used as often (histogram
/// equalization).</summary>
/// <remarks>Acts only while training. As in Keras, the values of all images of a batch are counted together; a channel whose values fall
/// into one bin stays as it is. No gradient passes.
/// Input = output (batch, height, width, channels).
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/equalization/</remarks>
public sealed record Equalization : ColorImageLayer
{
    /// <summary>The parts of the range that values are counted in. Default 256, one for each value of 8 bits.</summary>
    public int Bins { get; init => field = Require.AtLeast(value, 1, nameof(Equalization), nameof(Bins)); } = 256;
}
