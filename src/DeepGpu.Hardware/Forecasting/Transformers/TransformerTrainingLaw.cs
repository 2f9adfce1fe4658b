using static DeepGpu.Hardware.Forecasting.TransformerTrainingConstants;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>The time of a step of training.</summary>
/// <remarks>Products at a share of the units' rate that saturates with tokens, attention at a smaller one, a fixed time for each layer, the
/// optimizer's reading and writing, and the exchange of gradients between cards.</remarks>
internal static class TransformerTrainingLaw
{
    /// <summary>Seconds of a step; null where the card states no rate.</summary>
    public static double? Seconds(ConstantValues c, TransformerTraining t, TrainingRecipe recipe, GpuSpec card, double part = 1)
    {
        var isShort = t.Precision is NumberFormat.Float16 or NumberFormat.BFloat16 or NumberFormat.Float8;
        if (Rate(card, t.Precision) is not { } rate) return null;
        var at = (int)recipe * PerRecipe;
        var tokens = (double)t.BatchSize * t.SequenceLength;
        var generation = Generation.PlaceOf(card);
        var factor = generation < 0 ? 1 : c.All[Generations + 2 * generation + (isShort ? 0 : 1)];
        var share = c.All[at + Share(t.Precision, card)] * factor
            * (t.Method == FineTuning.QLora ? c[Quantized] : 1) * tokens / (tokens + c.All[at + 3]);
        var trainsAll = t.Method == FineTuning.Full;
        var all = t.Model.TrainingFlops(t.SequenceLength, t.BatchSize, trainsAll, t.Checkpointing);
        var attention = t.BatchSize * t.Model.AttentionFlops(t.SequenceLength) * (t.Checkpointing ? 4 : 3);
        var computing = (all - attention + attention * c[t.FlashAttention ? Attention : Scores]) / (rate * part * share);
        var update = t.TrainedParameters * (t.OptimizerBytes * 2 + 12) / (t.Shards ? t.Cards : 1)
            / (card.Bandwidth.BytesPerSecond * part * c[Update]);
        return computing + (t.Model.Layers + t.Model.EncoderLayers) * c.All[at + 5] * 1e-6 + update + Exchange(c, t, card);
    }

    /// <summary>The recipe that a step is of, where nobody says.</summary>
    public static TrainingRecipe RecipeOf(TransformerTraining t) => t switch
    {
        { Method: not FineTuning.Full } => TrainingRecipe.FineTuning,
        { Model.Kind: TransformerKind.Decoder } => TrainingRecipe.Trainer,
        _ => TrainingRecipe.Example,
    };

    private static double Exchange(ConstantValues c, TransformerTraining t, GpuSpec card) => t.Cards == 1 ? 0
        : 2.0 * t.TrainedParameters * 2 * (t.Cards - 1) / t.Cards / (card.InterconnectBandwidth is null ? c[Pcie] : c[Own]);

    /// <summary>The place of the share: TensorFloat32 is single precision on cards that lack it.</summary>
    private static int Share(NumberFormat format, GpuSpec card) => format switch
    {
        NumberFormat.Float8 => 2,
        NumberFormat.Float16 or NumberFormat.BFloat16 => 0,
        NumberFormat.TensorFloat32 when card.TensorFloat32MatrixRate is not null => 4,
        _ => 1,
    };

    private static double? Rate(GpuSpec card, NumberFormat format)
    {
        var used = format == NumberFormat.BFloat16 && card.BFloat16MatrixRate is null ? NumberFormat.Float16 : format;
        return card.RateAt(used)?.FlopsPerSecond;
    }
}
