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

    /// <summary>Whether the loss is made from parts of the outputs one after the other, so that not all of them live in 32 bits at
    /// once. Default no.</summary>
    public bool ChunkedLoss { get; init; }

    /// <summary>Mean tokens of a sample; null where each fills its sequence.</summary>
    public double? SampleLength { get; init; }

    /// <summary>Whether samples are put one after the other into a sequence, each attending to itself alone (packing). Default no: each
    /// has a sequence of its own, filled up with padding that costs as much as tokens.</summary>
    public bool Packs { get; init; }

    /// <summary>Samples a step and card.</summary>
    public double SamplesPerStep => Packs ? BatchSize * SequenceLength / TokensOfSample : BatchSize;

    /// <summary>Tokens of a step and card that are no padding.</summary>
    public double TokensPerStep => SamplesPerStep * TokensOfSample;

    /// <summary>Passes whose gradients are added up before the weights change. Default 1.</summary>
    public int AccumulatedSteps { get; init; } = 1;

    /// <summary>Equal cards, each with its own sequences.</summary>
    public int Cards { get; init; } = 1;

    /// <summary>Whether weights, gradients and the optimizer's state are spread over the cards (FSDP, ZeRO 3). Default no.</summary>
    public bool Shards { get; init; }

    /// <summary>Which products have adapters. Default the four of attention.</summary>
    public AdapterTargets Targets { get; init; }

    /// <summary>Weights of adapters: of each product with one a matrix in and one out of the rank.</summary>
    public long AdapterParameters
    {
        get
        {
            long hidden = Model.HiddenSize, query = hidden + (long)Model.Heads * Model.HeadSize;
            var value = hidden + (long)Model.KeyValueHeads * Model.HeadSize;
            var inner = (Model.HasGatedFeedForward ? 3 : 2) * (hidden + Model.FeedForwardSize);
            return Rank * (long)(Model.Layers + Model.EncoderLayers) * Targets switch
            {
                AdapterTargets.QueryAndValue => query + value,
                AdapterTargets.AllProducts => 2 * (query + value) + inner,
                _ => 2 * (query + value),
            };
        }
    }

    private double TokensOfSample => Math.Min(SampleLength ?? SequenceLength, SequenceLength);

    /// <summary>The weights that are trained.</summary>
    public long TrainedParameters => Method == FineTuning.Full ? Model.ParameterCount : AdapterParameters;
}
