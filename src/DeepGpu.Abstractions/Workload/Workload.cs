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

    /// <summary>The operations of the step, in order.</summary>
    public required IReadOnlyList<Operation> Operations { get; init; }

    /// <summary>Floating-point operations of one step: forward, and backward when training.</summary>
    public double FlopsPerStep => Operations.Sum(o => o.ForwardFlops + (Task == WorkloadTask.Training ? o.BackwardFlops : 0));
}
