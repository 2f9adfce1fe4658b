using System.Text.Json.Serialization;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>A block of a transformer that sees the whole sequence: self-attention, then two dense layers on each step. BERT is a stack of
/// them. Vaswani et al., 2017, https://arxiv.org/abs/1706.03762.</summary>
/// <remarks>Input (batch, steps, features), output of the same shape, then, with <see cref="ReturnAttentionScores"/>, (batch, heads, steps,
/// steps). Masked steps are not attended to; a mask (batch, steps, steps) given for the call says which step sees which.
/// KerasHub: https://keras.io/keras_hub/api/modeling_layers/transformer_encoder/</remarks>
/// <example><code>
/// ModelSpec encoder = Sequential.Input(128).TokenAndPositionEmbedding(30522, 128, 64, maskZero: true)
///     .TransformerEncoder(256, 4, activation: Activation.Gelu).TransformerEncoder(256, 4, activation: Activation.Gelu).Build();
/// </code></example>
[LayerInputs(LayerInputs.One)]
public sealed record TransformerEncoder : TransformerBlock
{
    /// <summary>Makes a block.</summary>
    /// <param name="intermediateDim">The length of the vectors between the two dense layers, at least 1.</param>
    /// <param name="numHeads">Heads of the attention, at least 1.</param>
    public TransformerEncoder(int intermediateDim, int numHeads)
        : base(intermediateDim, numHeads)
    {
    }

    /// <summary>A penalty on the kernels; default none.</summary>
    [OptionOrder(1)]
    public Regularizer? KernelRegularizer { get; init; }

    /// <summary>A penalty on the biases; default none.</summary>
    [OptionOrder(1)]
    public Regularizer? BiasRegularizer { get; init; }

    /// <summary>Whether the attention's scores are yielded as a second output. Default false; in KerasHub an argument of the
    /// call.</summary>
    [JsonIgnore]
    [OptionOrder(1)]
    public bool ReturnAttentionScores { get; init; }

    /// <inheritdoc/>
    protected internal override int OutputCount => ReturnAttentionScores ? 2 : 1;

    private protected override (Regularizer? Kernel, Regularizer? Bias) Penalties => (KernelRegularizer, BiasRegularizer);

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
    {
        var x = Only(inputs);
        return ReturnAttentionScores ? [x, new(x[0], NumHeads, x[1], x[1])] : [x];
    }

    internal override IReadOnlyList<BlockPart> Parts(IReadOnlyList<Shape> inputs)
    {
        var x = Only(inputs);
        return
        [
            Attention(SelfAttention, x, x, ReturnAttentionScores), Norm(SelfNorm, x), Norm(FeedforwardNorm, x), .. Feedforward(x),
        ];
    }

    private Shape Only(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count != 1) throw new ShapeException("exactly one input", "Use a TransformerDecoder to attend to another sequence.");
        Check(inputs[0]);
        return inputs[0];
    }

    /// <summary>The same layer, kernels frozen and two matrices of a rank trained beside each: A drawn from He's uniform distribution, B of
    /// zeros.</summary>
    /// <param name="rank">The rank, at least 1.</param>
    /// <param name="loraAlpha">How much their product counts: the factor is this over the rank. Default the rank.</param>
    /// <param name="parts">The parts, e.g. "_self_attention_layer/query_dense"; null for all.</param>
    /// <exception cref="DeepGpuArgumentException">The rank is below 1.</exception>
    /// <exception cref="ModelStateException">A kernel has such matrices.</exception>
    public TransformerEncoder EnableLora(int rank, double? loraAlpha = null, IReadOnlyCollection<string>? parts = null)
        => Lora.Enabled(this, rank, loraAlpha, parts ?? PartNames);
}
