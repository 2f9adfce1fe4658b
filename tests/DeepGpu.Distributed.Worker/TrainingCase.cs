using DeepGpu.Models;

namespace DeepGpu.Distributed.Worker;

/// <summary>A training that is run with one process and with several.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Spec">The model.</param>
/// <param name="Data">The samples.</param>
/// <param name="Options">What it is trained towards.</param>
internal sealed record TrainingCase(string Name, ModelSpec Spec, Dataset Data, CompileOptions Options)
{
    public int BatchSize { get; init; } = 64;

    public int Epochs { get; init; } = 5;

    public bool IsSynchronized { get; init; }

    public Dataset? Validation { get; init; }

    public IReadOnlyDictionary<int, double>? ClassWeights { get; init; }

    public FitOptions Fit => new()
    {
        Epochs = Epochs,
        BatchSize = BatchSize,
        Validation = Validation,
        ClassWeights = ClassWeights,
    };
}
