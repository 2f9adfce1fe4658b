namespace DeepGpu.Models;

/// <summary>Gated recurrent unit. Cho et al., 2014.</summary>
/// <remarks>Input (batch, time, features), output (batch, units) or (batch, time, units); one state.
/// Keras: https://keras.io/api/layers/recurrent_layers/gru/</remarks>
public sealed record GRU : RecurrentLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="units">The length of output and state, at least 1.</param>
    public GRU(int units)
        : base(units)
    {
    }

    /// <summary>The function of the gates. Default sigmoid.</summary>
    public Activation RecurrentActivation
    {
        get;
        init => field = value.KeepingShape(nameof(GRU), nameof(RecurrentActivation));
    } = Activation.Sigmoid;

    /// <summary>Whether the reset gate is applied after the product with the state (cuDNN's form, two biases). Default true.</summary>
    public bool ResetAfter { get; init; } = true;

    internal override RecurrentCell StepCell
        => WithOptions(new GRUCell(Units) { RecurrentActivation = RecurrentActivation, ResetAfter = ResetAfter });
}
