namespace DeepGpu.Models;

/// <summary>Runs any cell along time.</summary>
/// <remarks>Keras: https://keras.io/api/layers/recurrent_layers/rnn/</remarks>
public sealed record RNN : SequenceLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="cell">What is done at each step.</param>
    public RNN(RecurrentCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        Cell = cell;
    }

    /// <summary>What is done at each step.</summary>
    public RecurrentCell Cell { get; init; }

    internal override RecurrentCell StepCell => Cell;
}
