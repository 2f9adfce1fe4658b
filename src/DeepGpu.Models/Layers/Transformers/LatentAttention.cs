using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>Attention of a sequence to itself whose keys and values are made of one short vector a step, the latent: only that, and the
/// turned part of the keys, is kept while a model generates. DeepSeek-V2, https://arxiv.org/abs/2405.04434.</summary>
/// <remarks>Inputs: query (batch, steps, heads * (head length + rotary length)), and (batch, steps, latent length + rotary length): the
/// latent, then the part of the keys that is turned, one for all heads. Output (batch, steps, heads * value length). The latent is
/// normalised (root mean square), then projected to each head's keys and values. Features 2i and 2i + 1 of those turned are a pair. Masked
/// steps are not attended to. Keras has no such layer; the weights have the names that Hugging Face's files give them.</remarks>
[LayerInputs(LayerInputs.Pair)]
public sealed record LatentAttention : DecoderAttention
{
    /// <summary>The names of the weights.</summary>
    internal const string Norm = "kv_a_layernorm", Kernel = "kv_b_proj/kernel";

    /// <summary>Makes the layer.</summary>
    /// <param name="numHeads">Heads, at least 1.</param>
    /// <param name="latentDim">The length of the latent, at least 1.</param>
    /// <param name="headDim">The length of the part of each head's queries and keys that is not turned, at least 1.</param>
    /// <param name="rotaryDim">The length of the part that is turned, an even number, at least 2.</param>
    /// <param name="valueDim">The length of each head's values, at least 1.</param>
    public LatentAttention(int numHeads, int latentDim, int headDim, int rotaryDim, int valueDim)
        => (NumHeads, LatentDim, HeadDim, RotaryDim, ValueDim) = (numHeads, latentDim, headDim, rotaryDim, valueDim);

    /// <summary>Heads, at least 1.</summary>
    public int NumHeads { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(NumHeads)); }

    /// <summary>The length of the latent, at least 1.</summary>
    public int LatentDim { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(LatentDim)); }

    /// <summary>The length of the part of each head's queries and keys that is not turned, at least 1.</summary>
    public int HeadDim { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(HeadDim)); }

    /// <summary>The length of the part that is turned, an even number, at least 2.</summary>
    public int RotaryDim { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(RotaryDim)); }

    /// <summary>The length of each head's values, at least 1.</summary>
    public int ValueDim { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(ValueDim)); }

    /// <summary>Added to the mean square of the latent, at least 0. Default 1e-6.</summary>
    public double Epsilon { get; init => field = Require.AtLeast(value, 0, ClassName, nameof(Epsilon)); } = 1e-6;

    /// <summary>How the kernel starts. Default Glorot uniform.</summary>
    public Initializer KernelInitializer { get; init; } = Initializer.GlorotUniform;

    internal override int QueryHeads => NumHeads;

    internal override int HeadKeyDim => HeadDim + RotaryDim;

    internal override int HeadValueDim => ValueDim;

    internal override int TurnedFeatures => RotaryDim;

    /// <summary>The normalisation of the latent.</summary>
    internal RMSNormalization Normalization => new() { Epsilon = Epsilon };

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count != 2) throw new ShapeException("queries and latents", "Apply it to two inputs.");
        if (RotaryDim % 2 != 0) throw new ShapeException($"an even number of features to turn, not {RotaryDim}", "Set RotaryDim.");
        CheckScaling();
        Check(inputs[0], NumHeads * HeadKeyDim, "queries");
        Check(inputs[1], LatentDim + RotaryDim, "latents and turned keys");
        if (Shape.Differ(inputs[0][1], inputs[1][1]))
            throw new ShapeException(
                $"as many latents as queries, not {inputs[1][1]} and {inputs[0][1]}", "Project both from one sequence.");
        return [new(inputs[0][0], inputs[0][1], NumHeads * ValueDim)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs) =>
    [
        new($"{Norm}/scale", [LatentDim], Initializer.Ones),
        new(Kernel, [LatentDim, NumHeads * (HeadDim + ValueDim)], KernelInitializer),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var latent = new Shape(inputs[1][0], inputs[1][1], LatentDim);
        var heads = latent.With(^1, NumHeads * (HeadDim + ValueDim));
        return
        [
            .. Normalization.Operations(name, [latent]), .. Work.Dense(name, LatentDim, [latent], heads, useBias: false, Activation.Linear),
            .. Attend(name, inputs).Select(attention => attention with { WeightElements = 0, TrainableWeightElements = 0 }),
        ];
    }
}
