namespace DeepGpu;

/// <summary>Kinds of computation that libtorch gives to oneDNN on the CPU, and that are checked before they are used.</summary>
[Flags]
public enum EngineComputations
{
    /// <summary>None: products of matrices, pooling and normalisation take other ways and were never seen wrong.</summary>
    None = 0,

    /// <summary>Convolutions along 1, 2 and 3 axes, transposed ones, and their gradients.</summary>
    Convolutions = 1,

    /// <summary>LSTM layers in prediction: in training libtorch takes another way.</summary>
    Recurrences = 2,

    /// <summary>Everything that is checked.</summary>
    All = Convolutions | Recurrences,
}
