namespace DeepGpu;

/// <summary>What kind of work an operation is: decides which limit of a processor it meets.</summary>
public enum OperationKind
{
    /// <summary>A matrix product with weights: a dense layer, an attention projection.</summary>
    MatrixMultiply,

    /// <summary>A convolution.</summary>
    Convolution,

    /// <summary>Reads and writes every element a few times: activations, dropout, sums of branches.</summary>
    Elementwise,

    /// <summary>A window that moves over its input: maximum and average pooling.</summary>
    Pooling,

    /// <summary>Looks rows up in a table: an embedding.</summary>
    Gather,

    /// <summary>Means and variances, then a pass over every element: batch and layer normalisation.</summary>
    Normalization,

    /// <summary>Time steps that follow each other: SimpleRNN, LSTM, GRU.</summary>
    Recurrent,

    /// <summary>A matrix product of activations with activations: attention scores.</summary>
    Attention,

    /// <summary>Zeros around its input.</summary>
    Padding,

    /// <summary>A change of shape that moves no data.</summary>
    View,
}
