namespace DeepGpu.Models;

/// <summary>An LSTM whose products are convolutions along depth, height and width.</summary>
/// <remarks>Input (batch, time, depth, height, width, channels), output (batch, new depth, new height, new width, filters) or, with
/// <see cref="SequenceLayer.ReturnSequences"/>, (batch, time, ...).
/// Keras: https://keras.io/api/layers/recurrent_layers/conv_lstm3d/</remarks>
public sealed record ConvLSTM3D : ConvLSTM
{
    /// <summary>Makes the layer.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    public ConvLSTM3D(int filters, Extent kernelSize)
        : base(spatial: 3, filters, kernelSize)
    {
    }
}
