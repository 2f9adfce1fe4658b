using System.Text.Json.Serialization;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>A block of a transformer whose steps see no later ones: self-attention, attention to an encoded sequence if one is given, then
/// two dense layers on each step. GPT-2 is a stack of them without a second sequence. Vaswani et al., 2017,
/// https://arxiv.org/abs/1706.03762.</summary>
/// <remarks>Decoder sequence (batch, steps, features) and perhaps an encoder sequence (batch, other steps, other features); output (batch,
/// steps, features). Masked steps of either are not attended to.
/// KerasHub: https://keras.io/keras_hub/api/modeling_layers/transformer_decoder/</remarks>
/// <example><code>
/// var words = new ReversibleEmbedding(50257, 64);
/// var input = Functional.Input(128);
/// var vectors = input.Apply(words);
/// vectors = vectors.Add(vectors.PositionEmbedding(128));
/// var states = vectors.TransformerDecoder(256, 4, normalizeFirst: true, activation: Activation.Gelu).LayerNormalization();
/// ModelSpec gpt = Functional.Model([input], [states.Apply(words.Reversed())]);
/// </code></example>
[LayerInputs(LayerInputs.Decoder)]
public sealed record TransformerDecoder : TransformerBlock
{
    /// <summary>Makes a block.</summary>
    /// <param name="intermediateDim">The length of the vectors between the two dense layers, at least 1.</param>
    /// <param name="numHeads">Heads of each attention, at least 1.</param>
    public TransformerDecoder(int intermediateDim, int numHeads)
        : base(intermediateDim, numHeads)
    {
    }

    /// <summary>Whether a step of the decoder sequence sees no later one. Default true; in KerasHub an argument of the call.</summary>
    [JsonIgnore]
    [OptionOrder(1)]
    public bool UseCausalMask { get; init; } = true;

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
    {
        CheckSequences(inputs);
        return [inputs[0]];
    }

    internal override IReadOnlyList<BlockPart> Parts(IReadOnlyList<Shape> inputs)
    {
        CheckSequences(inputs);
        var x = inputs[0];
        return
        [
            Attention(SelfAttention, x, x, isCausal: UseCausalMask), Norm(SelfNorm, x),
            .. inputs.Count > 1 ? [Attention(CrossAttention, x, inputs[1]), Norm(CrossNorm, x)] : Array.Empty<BlockPart>(),
            .. Feedforward(x), Norm(FeedforwardNorm, x),
        ];
    }

    private void CheckSequences(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count is not (1 or 2))
            throw new ShapeException("a decoder sequence and perhaps an encoder sequence", "Apply it to one or two sequences.");
        Check(inputs[0]);
        if (inputs.Count == 2) CheckEncoded(inputs[1]);
    }

    private static void CheckEncoded(Shape encoded)
    {
        if (encoded.Rank != 3 || encoded[^1] is null)
            throw new ShapeException("an encoder sequence (batch, steps, features) of vectors of a known length", "Encode it first.");
    }

    /// <summary>The same layer, kernels frozen and two matrices of a rank trained beside each: A drawn from He's uniform distribution, B of
    /// zeros.</summary>
    /// <param name="rank">The rank, at least 1.</param>
    /// <param name="loraAlpha">How much their product counts: the factor is this over the rank. Default the rank.</param>
    /// <param name="parts">The parts, e.g. "_cross_attention_layer/query_dense"; null for those of
    /// the attention to itself and the two dense layers.</param>
    /// <exception cref="DeepGpuArgumentException">The rank is below 1.</exception>
    /// <exception cref="ModelStateException">A kernel has such matrices.</exception>
    public TransformerDecoder EnableLora(int rank, double? loraAlpha = null, IReadOnlyCollection<string>? parts = null)
        => Lora.Enabled(this, rank, loraAlpha, parts ?? PartNames);
}
