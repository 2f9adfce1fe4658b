using DeepGpu.Hardware.Scoring;

namespace DeepGpu.Hardware;

/// <summary>A kind of workload: what it weighs and why. The profiles are data: Scoring/Data/profiles.json.</summary>
public sealed record WorkloadProfile
{
    /// <summary>A short name, e.g. "cnn".</summary>
    public required string Name { get; init; }

    /// <summary>What it stands for.</summary>
    public required string Title { get; init; }

    /// <summary>What limits this kind of work on a GPU.</summary>
    public required string Description { get; init; }

    /// <summary>The weight of each criterion, and why.</summary>
    public required IReadOnlyList<CriterionWeight> Weights { get; init; }

    /// <summary>Convolutional networks: images and video.</summary>
    public static WorkloadProfile Cnn => ScoringData.Profile("cnn");

    /// <summary>Recurrent networks: RNN, LSTM, GRU.</summary>
    public static WorkloadProfile Rnn => ScoringData.Profile("rnn");

    /// <summary>Transformers for language.</summary>
    public static WorkloadProfile Transformer => ScoringData.Profile("transformer");

    /// <summary>Reinforcement learning: small networks, many short steps.</summary>
    public static WorkloadProfile Reinforcement => ScoringData.Profile("reinforcement");

    /// <summary>Generative networks: GAN, VAE, diffusion.</summary>
    public static WorkloadProfile Generative => ScoringData.Profile("generative");

    /// <summary>Transfer learning: most of the network is frozen.</summary>
    public static WorkloadProfile Transfer => ScoringData.Profile("transfer");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<WorkloadProfile> All => ScoringData.Profiles;

    /// <summary>The profile that a model's operations fit: recurrent where steps must follow each other, transfer where less than half of
    /// the weights are trained, convolutional where convolutions are most of the work, else transformer (dense matrix products).</summary>
    public static WorkloadProfile For(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        if (workload.Operations.Any(o => o.SequentialSteps > 1)) return Rnn;
        if (workload.Task == WorkloadTask.Training && workload.TrainableParameterCount * 2 < workload.ParameterCount) return Transfer;
        var convolutions = workload.Operations.Where(o => o.Kind == OperationKind.Convolution).Sum(o => o.ForwardFlops);
        return workload.Operations.Count > 0 && convolutions * 2 < workload.Operations.Sum(o => o.ForwardFlops) ? Transformer : Cnn;
    }

    /// <summary>The weight of a criterion for a goal, or null where the profile does not name it.</summary>
    public CriterionWeight? Weight(string criterion) => Weights.FirstOrDefault(weight => weight.Criterion == criterion);

    /// <summary>Name and title.</summary>
    public override string ToString() => $"{Name} ({Title})";
}

/// <summary>How much a criterion counts in a profile. Weights are relative: only their ratios matter.</summary>
/// <param name="Criterion">The criterion's name.</param>
/// <param name="Training">For training throughput.</param>
/// <param name="Inference">For inference throughput.</param>
/// <param name="Latency">For inference latency.</param>
/// <param name="Why">Why it counts that much.</param>
public sealed record CriterionWeight(string Criterion, double Training, double Inference, double Latency, string Why)
{
    /// <summary>The weight for a goal.</summary>
    public double For(WorkloadGoal goal) => goal switch
    {
        WorkloadGoal.TrainingThroughput => Training,
        WorkloadGoal.InferenceThroughput => Inference,
        _ => Latency,
    };
}
