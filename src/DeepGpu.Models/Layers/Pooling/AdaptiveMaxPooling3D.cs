namespace DeepGpu.Models;

/// <summary>The largest value of each of a fixed number of windows along depth, height and width, channel by channel.</summary>
/// <remarks>Input (batch, depth, height, width, channels), output (batch, output size, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/adaptive_max_pooling3d/</remarks>
public sealed record AdaptiveMaxPooling3D : AdaptivePooling
{
    /// <summary>Makes the layer.</summary>
    /// <param name="outputSize">The output's lengths, at least 1.</param>
    public AdaptiveMaxPooling3D(Extent outputSize)
        : base(spatial: 3, outputSize)
    {
    }

    private protected override bool TakesMaximum => true;
}
