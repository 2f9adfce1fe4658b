namespace DeepGpu.Models;

/// <summary>A step of <see cref="LSTM"/>, gates in the order input, forget, candidate, output. Hochreiter and Schmidhuber, 1997.</summary>
/// <remarks>Keras: https://keras.io/api/layers/recurrent_layers/lstm_cell/</remarks>
public sealed record LSTMCell : UnitCell
{
    /// <summary>Creates a cell.</summary>
    /// <param name="units">The length of output and states, at least 1.</param>
    public LSTMCell(int units)
        : base(units, gates: 4)
    {
    }

    /// <summary>The function of the gates. Default sigmoid.</summary>
    public Activation RecurrentActivation
    {
        get;
        init => field = value.KeepingShape(ClassName, nameof(RecurrentActivation));
    } = Activation.Sigmoid;

    /// <summary>Whether the forget gate's bias starts at 1. Default true.</summary>
    public bool UnitForgetBias { get; init; } = true;

    internal override int StateCount => 2;

    private protected override Initializer BiasStart => UnitForgetBias ? new ForgetGateOnes(BiasInitializer) : BiasInitializer;
}

/// <summary>An LSTM's bias: ones in the forget gate's quarter, another initializer elsewhere. Jozefowicz et al., 2015.</summary>
/// <param name="Others">How the other gates' biases start.</param>
[KerasClass(IsListed = false)]
public sealed record ForgetGateOnes(Initializer Others) : Initializer;
