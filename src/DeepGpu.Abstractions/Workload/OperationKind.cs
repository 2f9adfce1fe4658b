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

    /// <summary>A change of shape that moves no data.</summary>
    View,
}
