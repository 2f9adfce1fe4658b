namespace DeepGpu;

/// <summary>What one step of a model asks of a processor. Made from a model's description; no torch and no GPU is needed.</summary>
public sealed record Workload
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>Training or inference.</summary>
    public required WorkloadTask Task { get; init; }

    /// <summary>Samples a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The number format of weights and activations.</summary>
    public NumberFormat Precision { get; init; } = NumberFormat.Float32;

    /// <summary>Weights of the whole model, trainable or not.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>Weights that training changes.</summary>
    public required long TrainableParameterCount { get; init; }

    /// <summary>Elements of the model's inputs, of the whole batch.</summary>
    public long InputElements { get; init; }

    /// <summary>Bytes that the optimizer keeps for each trainable weight: 0 for plain gradient descent,
    /// 4 with momentum, 8 for Adam.</summary>
    public int OptimizerStateBytesPerParameter { get; init; }

    /// <summary>Whether the activations of operations with a <see cref="Operation.Segment"/> are made again in the backward pass instead of
    /// being kept. Default false.</summary>
    public bool GradientCheckpointing { get; init; }

    /// <summary>The operations of the step, in order.</summary>
    public required IReadOnlyList<Operation> Operations { get; init; }

    /// <summary>Floating-point operations of one step: forward, and backward when training, with what checkpointing makes again; the
    /// optimizer's are not in it. Null where those of a layer are not known.</summary>
    public double? FlopsPerStep => UnknownLayers.Count > 0
        ? null
        : Operations.Sum(o => (Repeats(o) ? 2 : 1) * o.ForwardFlops + (Task == WorkloadTask.Training ? o.BackwardFlops : 0));

    /// <summary>Whether an operation is done again in the backward pass.</summary>
    internal bool Repeats(Operation operation)
        => GradientCheckpointing && Task == WorkloadTask.Training && operation.Segment is not null;

    /// <summary>The layers of a user's that do not state their work; empty where all is known.</summary>
    public IReadOnlyList<string> UnknownLayers => [.. Operations.Where(o => !o.HasKnownWork).Select(o => o.Name).Distinct()];

    /// <summary>Whether float numbers are half as long in activations: mixed precision, sums in 32 bits.</summary>
    public bool IsHalf => Precision is NumberFormat.Float16 or NumberFormat.BFloat16;

    /// <summary>The same model on another number of samples a step.</summary>
    /// <param name="batchSize">Samples a step, at least 1.</param>
    public Workload AtBatchSize(int batchSize)
    {
        Require.AtLeast(batchSize, 1, nameof(Workload));
        var factor = (double)batchSize / BatchSize;
        return batchSize == BatchSize ? this : this with
        {
            BatchSize = batchSize,
            InputElements = (long)Math.Round(InputElements * factor),
            Operations = [.. Operations.Select(operation => operation.Scaled(factor))],
        };
    }
}
