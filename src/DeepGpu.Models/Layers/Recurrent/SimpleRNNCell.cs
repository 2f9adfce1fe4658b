namespace DeepGpu.Models;

/// <summary>A step of <see cref="SimpleRNN"/>: activation(x . kernel + h . recurrent kernel + bias).</summary>
/// <remarks>Keras: https://keras.io/api/layers/recurrent_layers/simple_rnn_cell/</remarks>
public sealed record SimpleRNNCell : UnitCell
{
    /// <summary>Creates a cell.</summary>
    /// <param name="units">The length of output and state, at least 1.</param>
    public SimpleRNNCell(int units)
        : base(units, gates: 1)
    {
    }
}
