using DeepGpu.Models;

namespace DeepGpu.Tests.Layers;

/// <content>Positions, tied embeddings, blocks of transformers.</content>
internal static partial class LayerCases
{
    private static IEnumerable<LayerCase> Transformers() =>
    [
        Of(new RotaryEmbedding { MaxWavelength = 50, ScalingFactor = 2 }, 3, 4), Of(new RotaryEmbedding(), 3, 2, 6),
        Of(new RotaryEmbedding { SequenceAxis = 2, FeatureAxis = 1 }, 4, 3),
        Of(new SinePositionEncoding { MaxWavelength = 50 }, 4, 5) with { YieldsTruth = true },
        Of(new PositionEmbedding(5), 4, 3), Of(new AlibiBias { AlibiBiasMax = 4 }, 3, 2, 4),
        Of(new TokenAndPositionEmbedding(5, 6, 3) { TieWeights = false, MaskZero = true }, 4) with { Below = 5 },
        Of(new ReversibleEmbedding(5, 3) { MaskZero = true }, 4) with { Below = 5 },
        Of(new ReversibleEmbedding(5, 3) { LogitSoftCap = 0.1 }.Reversed(), 4, 3),
        Of(new ReversibleEmbedding(5, 3) { TieWeights = false }.Reversed(), 4, 3),
        Two(new MultiHeadAttention(2, 3) { LogitSoftCap = 0.2 }, [3, 4], [5, 4]),
        Of(new TransformerEncoder(5, 2), 4, 6), Of(new TransformerEncoder(5, 2) { NormalizeFirst = true, Dropout = 0.3 }, 4, 6),
        Of(new TransformerEncoder(3, 2) { ReturnAttentionScores = true, Activation = Activation.Gelu }, 4, 5) with { MaskedFrom = 0 },
        Of(new TransformerEncoder(3, 1) { KernelRegularizer = new L2(0.1), BiasRegularizer = new L2(0.2) }, 4, 3) with { MaskedFrom = 0 },
        Of(new TransformerDecoder(5, 2) { NormalizeFirst = true }, 4, 6), Of(new TransformerDecoder(3, 1), 4, 3) with { MaskedFrom = 0 },
        Two(new TransformerDecoder(5, 2) { UseCausalMask = false, Dropout = 0.3 }, [3, 6], [5, 4]),
        Of(new GatedFeedForward(5), 3, 4), Of(new GatedFeedForward(3) { UseBias = true, Activation = Activation.Gelu }, 4),
        Of(new GatedFeedForward(3) { UseBias = true, KernelRegularizer = new L2(0.1), BiasRegularizer = new L2(0.2) }, 2, 3),
        Of(new MixtureOfExperts(4, 2, 3), 3, 5), Of(new MixtureOfExperts(3, 1, 2) { NormalizeTopK = false }, 4),
        Of(new MixtureOfExperts(2, 2, 3) { Activation = Activation.Gelu, KernelRegularizer = new L2(0.1) }, 2, 3),
        Two(new TransformerDecoder(5, 2) { Activation = Activation.Gelu }, [3, 6], [5, 4]) with { MaskedFrom = 0 },
    ];
}
