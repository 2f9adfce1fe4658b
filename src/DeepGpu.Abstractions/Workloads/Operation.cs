namespace DeepGpu;

/// <summary>One operation of a model's step at a known batch size: what it computes, reads, writes and keeps.</summary>
/// <remarks>Counts are of the whole batch. One multiply-add is two floating-point operations; additions of biases and
/// element-wise functions are not counted as operations, only as elements moved.</remarks>
public sealed record Operation
{
    /// <summary>The layer it belongs to.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of work it is.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>Whether what it computes is known; false for a layer of a user's that does not state its work: its FLOP are then no
    /// zero but unknown. Default true.</summary>
    public bool HasKnownWork { get; init; } = true;

    /// <summary>The operations whose outputs it reads, by their place in <see cref="Workload.Operations"/>;
    /// -1 is an input of the model.</summary>
    public IReadOnlyList<int> Inputs { get; init; } = [];

    /// <summary>Floating-point operations of the forward pass.</summary>
    public double ForwardFlops { get; init; }

    /// <summary>Floating-point operations of the backward pass.</summary>
    public double BackwardFlops { get; init; }

    /// <summary>Floating-point operations of the optimizer on this operation's weights; 0 where they are frozen.</summary>
    public double OptimizerFlops { get; init; }

    /// <summary>Elements read as input, weights left out.</summary>
    public long InputElements { get; init; }

    /// <summary>Elements written as output.</summary>
    public long OutputElements { get; init; }

    /// <summary>Elements of the weights.</summary>
    public long WeightElements { get; init; }

    /// <summary>Whether its weights are those of an operation before it: a layer that is applied more than once.</summary>
    public bool SharesWeights { get; init; }

    /// <summary>Elements of the weights that training changes; at most <see cref="WeightElements"/>.</summary>
    public long TrainableWeightElements { get; init; }

    /// <summary>Elements that element-wise passes read and write going forward, beyond the operands of <see cref="Product"/>.</summary>
    public double ForwardElements { get; init; }

    /// <summary>Elements that element-wise passes read and write going backward, beyond the operands of <see cref="Product"/>.</summary>
    public double BackwardElements { get; init; }

    /// <summary>Kernels that the forward pass starts on a processor. Default 1.</summary>
    public int ForwardLaunches { get; init; } = 1;

    /// <summary>Kernels that the backward pass starts. Default 1.</summary>
    public int BackwardLaunches { get; init; } = 1;

    /// <summary>Steps that must follow each other (the time steps of a recurrent layer); 1 elsewhere.</summary>
    public int SequentialSteps { get; init; } = 1;

    /// <summary>The product with weights it is; null where it is none.</summary>
    public MatrixProduct? Product { get; init; }

    /// <summary>The recurrence it is; null where it is none.</summary>
    public Recurrence? Recurrence { get; init; }

    /// <summary>Whether the backward pass needs the values it read, so that they stay in memory until then.</summary>
    public bool SavesInputs { get; init; }

    /// <summary>Whether the backward pass needs the values it wrote.</summary>
    public bool SavesOutput { get; init; }

    /// <summary>Further elements kept for the backward pass: gates and states of a recurrent layer's steps.</summary>
    public long SavedElements { get; init; }

    /// <summary>Further bytes kept for the backward pass, whatever the number format: places of maxima, masks of dropout.</summary>
    public long SavedBytes { get; init; }

    /// <summary>The number of the segment of the pass that gradient checkpointing makes again with this operation in it; null where its
    /// activations are kept anyway. Default null.</summary>
    public int? Segment { get; init; }

    /// <summary>Whether its output takes the place of its input in memory: functions that frameworks apply in place, views.</summary>
    public bool IsInPlace { get; init; }

    /// <summary>Whether its inputs' gradients are its output's, passed on without a copy: a sum of branches.</summary>
    public bool PassesGradient { get; init; }

    /// <summary>Elements of scratch memory that its kernels may ask for: the unfolded input of a convolution.</summary>
    public long WorkspaceElements { get; init; }

    /// <summary>Whether a backward pass computes the gradient of what it read: something before it is trained.</summary>
    public bool NeedsInputGradient { get; init; }

    /// <summary>Whether the backward pass visits it at all.</summary>
    public bool HasBackward => NeedsInputGradient || TrainableWeightElements > 0;

    /// <summary>The same operation on another number of samples: all but the weights grows with it.</summary>
    /// <param name="factor">The new number over the present one.</param>
    internal Operation Scaled(double factor) => this with
    {
        ForwardFlops = ForwardFlops * factor,
        BackwardFlops = BackwardFlops * factor,
        InputElements = Scale(InputElements, factor),
        OutputElements = Scale(OutputElements, factor),
        ForwardElements = ForwardElements * factor,
        BackwardElements = BackwardElements * factor,
        SavedElements = Scale(SavedElements, factor),
        SavedBytes = Scale(SavedBytes, factor),
        WorkspaceElements = Scale(WorkspaceElements, factor),
        Product = Product?.Scaled(factor),
        Recurrence = Recurrence is { } r ? r with { Rows = Scale(r.Rows, factor) } : null,
    };

    private static long Scale(long count, double factor) => (long)Math.Round(count * factor);
}
