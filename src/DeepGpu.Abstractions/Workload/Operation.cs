namespace DeepGpu;

/// <summary>One operation of a model's step at a known batch size: what it computes, reads, writes and keeps.</summary>
/// <remarks>Counts are of the whole batch. One multiply-add is two floating-point operations; additions of biases and
/// element-wise functions are not counted as operations, only as bytes.</remarks>
public sealed record Operation
{
    /// <summary>The layer it belongs to.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of work it is.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>Floating-point operations of the forward pass.</summary>
    public double ForwardFlops { get; init; }

    /// <summary>Floating-point operations of the backward pass.</summary>
    public double BackwardFlops { get; init; }

    /// <summary>Elements read as input, weights left out.</summary>
    public long InputElements { get; init; }

    /// <summary>Elements written as output.</summary>
    public long OutputElements { get; init; }

    /// <summary>Elements of the weights.</summary>
    public long WeightElements { get; init; }

    /// <summary>Steps that must follow each other (the time steps of a recurrent layer); 1 elsewhere.</summary>
    public int SequentialSteps { get; init; } = 1;
}
