namespace DeepGpu.Models;

/// <summary>The largest value of each channel over height and width.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/global_max_pooling2d/</remarks>
public sealed record GlobalMaxPooling2D : GlobalPooling
{
    /// <summary>Makes the layer.</summary>
    public GlobalMaxPooling2D()
        : base(spatial: 2)
    {
    }

    private protected override bool TakesMaximum => true;
}
