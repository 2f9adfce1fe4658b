namespace DeepGpu.Hardware;

/// <summary>Which weights a training step changes.</summary>
public enum FineTuning
{
    /// <summary>All of them.</summary>
    Full,

    /// <summary>Adapters of low rank beside frozen weights (Hu et al., 2021).</summary>
    Lora,

    /// <summary>Adapters of low rank beside frozen weights of 4 bits (Dettmers et al., 2023).</summary>
    QLora,
}

/// <summary>A step of training a transformer.</summary>
public sealed record TransformerTraining
{
    /// <summary>The model.</summary>
    public required TransformerShape Model { get; init; }

    /// <summary>Sequences a step and card.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>Tokens of a sequence. Default 512.</summary>
    public int SequenceLength { get; init; } = 512;

    /// <summary>Which weights are trained. Default all.</summary>
    public FineTuning Method { get; init; }

    /// <summary>The rank of adapters. Default 8.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>What products compute in. Default BFloat16.</summary>
    public NumberFormat Precision { get; init; } = NumberFormat.BFloat16;

    /// <summary>Whether weights and their gradients have 32 bits although products have 16 (mixed precision). Default no: all have
    /// 16.</summary>
    public bool KeepsSingleWeights { get; init; }

    /// <summary>Bytes that the optimizer keeps for each trained weight: 8 for Adam in 32 bits, 4 in 16, 2 in 8. Default 8.</summary>
    public double OptimizerBytes { get; init; } = 8;

    /// <summary>Whether each gradient is used and freed as soon as it is made (the optimizer's step inside of the backward pass).</summary>
    public bool FreesGradients { get; init; }

    /// <summary>Whether activations are made again in the backward pass instead of kept.</summary>
    public bool Checkpointing { get; init; }

    /// <summary>Whether attention runs in a fused kernel that keeps no matrix of scores. Default yes.</summary>
    public bool FlashAttention { get; init; } = true;

    /// <summary>Equal cards, each with its own sequences.</summary>
    public int Cards { get; init; } = 1;

    /// <summary>Whether weights, gradients and the optimizer's state are spread over the cards (FSDP, ZeRO 3). Default no.</summary>
    public bool Shards { get; init; }

    /// <summary>Weights of adapters: of each product of attention a matrix in and one out of the rank.</summary>
    public long AdapterParameters => (long)Rank * Model.Layers * 2
        * (2 * (Model.HiddenSize + (long)Model.Heads * Model.HeadSize) + 2
            * (Model.HiddenSize + (long)Model.KeyValueHeads * Model.HeadSize)) / 2;

    /// <summary>The weights that are trained.</summary>
    public long TrainedParameters => Method == FineTuning.Full ? Model.ParameterCount : AdapterParameters;
}
