namespace DeepGpu.Models;

/// <summary>A fully connected recurrent layer: h' = tanh(x . kernel + h . recurrent kernel + bias). Elman, 1990.</summary>
/// <remarks>Input (batch, time, features), output (batch, units) or (batch, time, units); one state.
/// Keras: https://keras.io/api/layers/recurrent_layers/simple_rnn/</remarks>
public sealed record SimpleRNN : RecurrentLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="units">The length of output and state, at least 1.</param>
    public SimpleRNN(int units)
        : base(units)
    {
    }

    internal override RecurrentCell StepCell => WithOptions(new SimpleRNNCell(Units));
}
