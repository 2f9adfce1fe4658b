using static DeepGpu.Hardware.Forecasting.TransformerMemoryConstants;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>The memory of inference and of training.</summary>
internal static class TransformerMemoryLaw
{
    /// <summary>Tokens that llama.cpp computes at once.</summary>
    private const double LlamaTokens = 512;

    private const int Single = 4;
    private const int Half = 2;

    /// <summary>How QLoRA stores the frozen weights.</summary>
    private static readonly WeightFormat Frozen = WeightFormat.Find("NF4-double");

    /// <summary>Memory of one card of inference.</summary>
    /// <param name="c">The constants.</param>
    /// <param name="r">What is run.</param>
    /// <param name="hasContext">Whether what the driver holds counts.</param>
    public static TransformerMemory Inference(ConstantValues c, InferenceRequest r, bool hasContext = true)
    {
        var engine = r.Engine;
        var cache = (r.Model.CacheElements(r.Context) + r.Model.CrossCacheElements(r.Model.FixedInputLength ?? r.PromptTokens))
            * r.Sequences * r.CacheBits / 8;
        if (engine == InferenceEngine.LlamaCpp)
            return Of(LlamaWeights(r), cache, LlamaBuffers(c, r), hasContext ? c[LlamaBase] : 0, r.Cards);
        if (engine is InferenceEngine.Unknown or InferenceEngine.PyTorch or InferenceEngine.OnnxRuntime)
            return Of(r.Weights.Size(r.Model).Bytes * c[TorchWeights], cache * c[TorchCache],
                TorchActivations(r, c[TorchState], c[TorchLogits]), c[TorchBase] + (hasContext ? c[Context] : 0), r.Cards);
        return Of(r.Weights.Size(r.Model).Bytes, cache * c[EngineCache], TorchActivations(r, c[EngineState], c[TorchLogits]),
            c[EngineBase], r.Cards);
    }

    /// <summary>Memory of one card of a step of training.</summary>
    public static TransformerMemory Training(ConstantValues c, TransformerTraining t, bool hasContext = true)
    {
        var (all, trained, share) = ((double)t.Model.ParameterCount, (double)t.TrainedParameters, t.Shards ? t.Cards : 1.0);
        var isFull = t.Method == FineTuning.Full;
        var isHalf = t.Precision is NumberFormat.Float16 or NumberFormat.BFloat16 or NumberFormat.Float8;
        double bytes = isHalf && !t.KeepsSingleWeights ? Half : Single;
        var isMixed = isFull && isHalf && t.KeepsSingleWeights;
        var weights = t.Method == FineTuning.QLora ? Frozen.Size(t.Model).Bytes : all * bytes;
        return new()
        {
            Weights = Bytes((weights + (isMixed ? all * Half : isFull ? 0 : trained * Single)) / share),
            Gradients = Bytes(t.FreesGradients ? 0 : trained * (isMixed ? Single + Half : isFull ? bytes : Single) / share),
            OptimizerState = Bytes(trained * t.OptimizerBytes / share),
            Activations = Bytes(TrainingActivations(c, t, isHalf ? Half : Single)),
            Runtime = Bytes(c[TrainBase] + (isMixed ? trained * c[TrainMixed] / share : 0) + (hasContext ? c[Context] : 0)),
        };
    }

    /// <summary>The table of tokens stays in the processor's memory, unless the output uses it, too.</summary>
    private static double LlamaWeights(InferenceRequest r)
    {
        var size = r.Weights.Size(r.Model).Bytes;
        return r.Model.HasTiedEmbeddings ? size : size - r.Model.EmbeddingParameters * r.Weights.TableBits / 8;
    }

    /// <summary>The longer of all tokens' outputs and, without a fused kernel, one layer's scores; and some states.</summary>
    private static double LlamaBuffers(ConstantValues c, InferenceRequest r)
    {
        var tokens = Math.Min(LlamaTokens, Math.Max(1, r.Context));
        var outputs = tokens * r.Model.VocabularySize * Single;
        var scores = r.FlashAttention ? 0 : tokens * r.Context * r.Model.Heads * Single;
        return Math.Max(outputs, scores) + tokens * r.Model.HiddenSize * Single * c[LlamaBuffer] + tokens * r.Context * Half;
    }

    private static double TorchActivations(InferenceRequest r, double state, double outputs)
    {
        var tokens = (double)Math.Max(1, r.PromptTokens) * r.Sequences;
        var width = r.Model.HiddenSize * 4.0 + (r.Model.Experts is { } e ? e.FeedForwardSize * e.Active : r.Model.FeedForwardSize)
            * (r.Model.HasGatedFeedForward ? 3 : 2);
        var scores = r.FlashAttention ? 0 : (double)r.PromptTokens * r.PromptTokens * r.Model.Heads * r.Sequences * (Half + Single);
        return state * (tokens * width * Half + scores) + (r.Model.IsGenerative ? outputs * tokens * r.Model.VocabularySize * Single : 0);
    }

    /// <summary>What the backward pass needs: of each layer its products' inputs, the norms', the scores where they are made
    /// (Korthikanti et al., 2022, section 4.1); with checkpointing only each layer's input, and one layer's.</summary>
    private static double TrainingActivations(ConstantValues c, TransformerTraining t, int bytes)
    {
        var m = t.Model;
        var tokens = (double)t.BatchSize * t.SequenceLength;
        var inner = m.Experts is { } e ? (double)e.FeedForwardSize * e.Active + e.SharedFeedForwardSize : m.FeedForwardSize;
        var keepsInner = t.Method == FineTuning.Full || t.Targets == AdapterTargets.AllProducts ? 1 : 0; // else none needs its input
        var layer = tokens * (bytes * ((5.0 + keepsInner) * m.HiddenSize + 2.0 * m.Heads * m.HeadSize + 2.0 * m.KeyValueHeads * m.HeadSize
            + inner * ((m.HasGatedFeedForward ? 3 : 1) + keepsInner)) + 2.0 * m.HiddenSize);
        if (!t.FlashAttention) layer += (double)t.BatchSize * m.Heads * t.SequenceLength * t.SequenceLength * (2 * bytes + 1);
        layer *= c[TrainLayer] * (t.Method == FineTuning.Full ? 1 : c[TrainFrozen]);
        var layers = m.Layers + m.EncoderLayers;
        var kept = t.Checkpointing ? layer + layers * tokens * m.HiddenSize * bytes : layers * layer;
        var output = m.IsGenerative ? tokens * m.VocabularySize * (t.ChunkedLoss ? c[TrainChunked] : c[TrainLogits]) : 0;
        return kept + output
            + (t.Method == FineTuning.QLora ? c[TrainDequantized] * Half * m.LayerProductParameters(m.Experts?.Count ?? 0) / layers : 0);
    }

    private static TransformerMemory Of(double weights, double cache, double activations, double runtime, int cards) => new()
    {
        Weights = Bytes(weights / cards),
        Cache = Bytes(cache / cards),
        Activations = Bytes(activations),
        Runtime = Bytes(runtime),
    };

    private static ByteSize Bytes(double value) => ByteSize.FromBytes((long)Math.Min(value, 1e17));
}
