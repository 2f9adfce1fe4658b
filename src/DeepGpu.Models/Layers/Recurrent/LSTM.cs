namespace DeepGpu.Models;

/// <summary>Long short-term memory. Hochreiter and Schmidhuber, 1997.</summary>
/// <remarks>Input (batch, time, features), output (batch, units) or (batch, time, units); two states, h and c.
/// Keras: https://keras.io/api/layers/recurrent_layers/lstm/</remarks>
public sealed record LSTM : RecurrentLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="units">The length of output and states, at least 1.</param>
    public LSTM(int units)
        : base(units)
    {
    }

    /// <summary>The function of the gates. Default sigmoid.</summary>
    public Activation RecurrentActivation
    {
        get;
        init => field = value.KeepingShape(nameof(LSTM), nameof(RecurrentActivation));
    } = Activation.Sigmoid;

    /// <summary>Whether the forget gate's bias starts at 1. Default true.</summary>
    public bool UnitForgetBias { get; init; } = true;

    internal override RecurrentCell StepCell
        => WithOptions(new LSTMCell(Units) { RecurrentActivation = RecurrentActivation, UnitForgetBias = UnitForgetBias });
}
