namespace DeepGpu.Models;

/// <summary>An LSTM whose products are convolutions along height and width.</summary>
/// <remarks>Input (batch, time, height, width, channels), output (batch, new height, new width, filters) or, with
/// <see cref="SequenceLayer.ReturnSequences"/>, (batch, time, ...).
/// Keras: https://keras.io/api/layers/recurrent_layers/conv_lstm2d/</remarks>
public sealed record ConvLSTM2D : ConvLSTM
{
    /// <summary>Makes the layer.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    public ConvLSTM2D(int filters, Extent kernelSize)
        : base(spatial: 2, filters, kernelSize)
    {
    }
}
