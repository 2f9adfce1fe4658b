namespace DeepGpu.Models;

/// <summary>A step of <see cref="GRU"/>, gates in the order update, reset, candidate. Cho et al., 2014.</summary>
/// <remarks>Keras: https://keras.io/api/layers/recurrent_layers/gru_cell/</remarks>
public sealed record GRUCell : UnitCell
{
    /// <summary>Creates a cell.</summary>
    /// <param name="units">The length of output and state, at least 1.</param>
    public GRUCell(int units)
        : base(units, gates: 3)
    {
    }

    /// <summary>The function of the gates. Default sigmoid.</summary>
    public Activation RecurrentActivation
    {
        get;
        init => field = value.KeepingShape(ClassName, nameof(RecurrentActivation));
    } = Activation.Sigmoid;

    /// <summary>Whether the reset gate is applied after the product with the state (cuDNN's form, two biases). Default true.</summary>
    public bool ResetAfter { get; init; } = true;

    private protected override int[] BiasShape => ResetAfter ? [2, 3 * Units] : [3 * Units];
}
