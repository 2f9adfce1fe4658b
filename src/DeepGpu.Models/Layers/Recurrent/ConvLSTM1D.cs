namespace DeepGpu.Models;

/// <summary>An LSTM whose products are convolutions along rows.</summary>
/// <remarks>Input (batch, time, rows, channels), output (batch, new rows, filters) or, with
/// <see cref="SequenceLayer.ReturnSequences"/>, (batch, time, ...).
/// Keras: https://keras.io/api/layers/recurrent_layers/conv_lstm1d/</remarks>
public sealed record ConvLSTM1D : ConvLSTM
{
    /// <summary>Makes the layer.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    public ConvLSTM1D(int filters, Extent kernelSize)
        : base(spatial: 1, filters, kernelSize)
    {
    }
}
