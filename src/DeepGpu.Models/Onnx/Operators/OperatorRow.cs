namespace DeepGpu.Models.Onnx;

/// <summary>What an operator asks of a processor.</summary>
internal enum OperatorWork
{
    /// <summary>Only sees its input in another shape.</summary>
    View,

    /// <summary>Moves elements to other places.</summary>
    Copy,

    /// <summary>A function of each element whose gradient follows from its input.</summary>
    Function,

    /// <summary>A function of each element that is applied in place.</summary>
    InPlace,

    /// <summary>A function whose gradient follows from its output.</summary>
    FromOutput,

    /// <summary>A sum or difference of its inputs.</summary>
    Sum,

    /// <summary>A product or choice of its inputs.</summary>
    Product,

    /// <summary>Reads its inputs and writes its output.</summary>
    Pass,

    /// <summary>Nothing outside of training.</summary>
    Dropout,

    /// <summary>Means and variances, then a pass over every element.</summary>
    Normalization,

    /// <summary>Means of a window.</summary>
    Pooling,

    /// <summary>The largest of a window.</summary>
    MaxPooling,

    /// <summary>Values around its input.</summary>
    Padding,

    /// <summary>Looks rows up in a table.</summary>
    Gather,

    /// <summary>A convolution.</summary>
    Convolution,

    /// <summary>A product of matrices.</summary>
    Matrices,

    /// <summary>Time steps that follow each other.</summary>
    Recurrent,
}

/// <summary>An operator that is known.</summary>
/// <param name="Name">Its name, with the domain before it unless it is ONNX's own.</param>
/// <param name="Shapes">What is known of its outputs.</param>
/// <param name="Work">What it asks of a processor.</param>
internal sealed record OperatorRow(string Name, Func<OperatorCall, GraphTensor[]> Shapes, OperatorWork Work)
{
    /// <summary>The inputs that are options and no weights.</summary>
    public int[] Settings { get; init; } = [];

    /// <summary>The input that holds the weights of a product. Default 1.</summary>
    public int Kernel { get; init; } = 1;

    /// <summary>The input that holds the bias of a product; -1 for none.</summary>
    public int Bias { get; init; } = -1;

    /// <summary>Whether its weights are whole numbers.</summary>
    public bool HasCodes { get; init; }

    /// <summary>Whether its result is drawn, so that constants do not make it one.</summary>
    public bool IsDrawn { get; init; }

    /// <summary>The weights that training leaves to running means: mean and variance.</summary>
    public int[] Running { get; init; } = [];
}
