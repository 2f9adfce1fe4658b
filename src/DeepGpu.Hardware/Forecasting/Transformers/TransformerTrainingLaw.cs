using static DeepGpu.Hardware.Forecasting.TransformerPasses;
using static DeepGpu.Hardware.Forecasting.TransformerTrainingConstants;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>The time of a step of training.</summary>
/// <remarks>Products at a share of the units' rate that saturates with the tiles a unit gets, passes over activations and scores at the
/// memory's rate, or the host where that is slower; the optimizer's reading and writing; and the exchange between cards beside it.
/// </remarks>
internal static class TransformerTrainingLaw
{
    private const double ExchangeSharpness = 3;
    private const int LargestNode = 8;

    /// <summary>Bytes of an output that the loss reads and writes in 32 bits: scores, their logarithms, and the gradient of both.</summary>
    private const double LossBytes = 16;

    /// <summary>Seconds of a step; null where the card states no rate.</summary>
    public static double? Seconds(ConstantValues c, TransformerTraining t, TrainingRecipe recipe, GpuSpec card, double part = 1)
    {
        if (Rates.Of(c, card, t.Precision, part) is not { } rate) return null;
        var (own, bandwidth) = (Of(recipe), card.Bandwidth.BytesPerSecond * part);
        var device = Products(c, own, t, card, rate) + Moved(c, own, t) * SecondsPerByte(card, c[Passes], c[Operations], part);
        var step = WithHost(device, LayersOf(t.Model) * c[own.Layer] * 1e-6);
        var update = t.TrainedParameters * (t.OptimizerBytes * 2 + 12) / (t.Shards ? t.Cards : 1) / (bandwidth * c[Update]);
        return Together(step, Exchange(c, t, card), ExchangeSharpness) + update / t.AccumulatedSteps;
    }

    /// <summary>The recipe that a step is of, where nobody says.</summary>
    public static TrainingRecipe RecipeOf(TransformerTraining t) => t switch
    {
        { Method: not FineTuning.Full } => TrainingRecipe.FineTuning,
        { Model.Kind: TransformerKind.Decoder } => TrainingRecipe.Trainer,
        _ => TrainingRecipe.Example,
    };

    /// <summary>Seconds of the matrix products.</summary>
    private static double Products(ConstantValues c, PassConstants own, TransformerTraining t, GpuSpec card, double rate)
    {
        var tokens = (double)t.BatchSize * t.SequenceLength;
        var share = c[own.Share(t.Precision, card)] * Filled(t.Model, tokens, c[own.Tiles], card);
        var all = t.Model.TrainingFlops(t.SequenceLength, t.BatchSize, t.Method == FineTuning.Full, t.Checkpointing);
        var attention = t.BatchSize * t.Model.AttentionFlops(t.SequenceLength) * Times(t);
        return (all - attention + AttentionFlops(t) * Times(t) * (t.FlashAttention ? c[Attention] : 1)) / (rate * share);
    }

    /// <summary>Operations of attention forward: fused kernels attend within each packed sample alone.</summary>
    private static double AttentionFlops(TransformerTraining t) => t.Packs && t.FlashAttention
        ? t.SamplesPerStep * t.Model.AttentionFlops(t.TokensPerStep / t.SamplesPerStep)
        : t.BatchSize * t.Model.AttentionFlops(t.SequenceLength);

    /// <summary>Bytes that passes over activations, scores, outputs and dequantised weights move.</summary>
    private static double Moved(ConstantValues c, PassConstants own, TransformerTraining t)
    {
        var (m, tokens) = (t.Model, (double)t.BatchSize * t.SequenceLength);
        double bytes = IsShort(t.Precision) ? 2 : 4;
        var activations = Activations(m, tokens) * bytes * c[own.Passes];
        var scores = t.FlashAttention ? 0 : Scores(m, tokens, t.SequenceLength) * bytes * c[TransformerTrainingConstants.Scores];
        var outputs = m.IsGenerative ? tokens * m.VocabularySize * (2 * bytes + LossBytes) * c[own.Passes] : 0;
        var dequantized = t.Method == FineTuning.QLora
            ? m.LayerProductParameters(m.Experts?.Count ?? 0) * 2 * c[Dequantized] * (t.Checkpointing ? 3 : 2) : 0;
        return (activations + scores) * Times(t) + outputs + dequantized;
    }

    /// <summary>How often a layer runs: forward, twice that backward, once more where it is made again.</summary>
    private static double Times(TransformerTraining t) => t.Checkpointing ? 4 : 3;

    /// <summary>Seconds of the exchange: of gradients, or of shards of weights twice and of gradients once.</summary>
    private static double Exchange(ConstantValues c, TransformerTraining t, GpuSpec card)
    {
        if (t.Cards == 1) return 0;
        var others = (t.Cards - 1.0) / t.Cards;
        var bytes = (IsShort(t.Precision) ? 2 : 4) * others * (t.Shards ? 2.0 * t.Model.ParameterCount + t.TrainedParameters
            : 2.0 * t.TrainedParameters / t.AccumulatedSteps);
        var link = t.Cards > LargestNode ? c[Network]
            : card.InterconnectBandwidth is { } fast ? fast.BytesPerSecond / 2 * c[Own] : c[Pcie];
        return bytes / link;
    }
}
