using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>What published calculators say of the same rows, by the formulas in their source.</summary>
internal static class Calculators
{
    private const double Giga = 1e9;

    /// <summary>Rules for a step of decoding, in seconds: gpu_poor (ad2fc0e), llmfit (3f44fd3), llm-analysis (d841e40), bandwidth over
    /// weights.</summary>
    public static readonly (string Name, Func<InferenceRow, double> Seconds)[] Decode =
    [
        ("gpu_poor", r => Steps(r) * (Weights(r) + FullCache(r)) * (r.Engine.IsLlama() ? 1.5 : 2) / Bandwidth(r)),
        ("llmfit", r => Steps(r) * Weights(r) / (0.55 * Bandwidth(r))),
        ("llm-analysis", r => Steps(r) * Math.Max(Weights(r) / (0.9 * Bandwidth(r)), r.Shape.DecodeFlops(r.Input, r.Batch)
            / (0.7 * Rate(r)))),
        ("bandwidth / weights", r => Steps(r) * Weights(r) / Bandwidth(r)),
    ];

    /// <summary>Rules for a prompt: gpu_poor, llm-analysis, the bare rate.</summary>
    public static readonly (string Name, Func<InferenceRow, double> Seconds)[] Prefill =
    [
        ("llm-analysis", r => Flops(r) / (0.7 * Rate(r))),
        ("gpu_poor", r => 1.8 * Flops(r) / (0.85 * Rate(r))),
        ("roofline", r => Math.Max(Flops(r) / Rate(r), Weights(r) / Bandwidth(r))),
    ];

    /// <summary>Rules for prompt and answer.</summary>
    public static readonly (string Name, Func<InferenceRow, double> Seconds)[] EndToEnd =
    [
        ("llm-analysis", r => Flops(r) / (0.7 * Rate(r)) + r.Output
            * Math.Max(Weights(r) / (0.9 * Bandwidth(r)), r.Shape.DecodeFlops(r.Input, r.Batch) / (0.7 * Rate(r)))),
        ("roofline", r => Flops(r) / Rate(r) + r.Output * Math.Max(Weights(r) / Bandwidth(r), r.Shape.DecodeFlops(r.Input, r.Batch)
            / Rate(r))),
    ];

    /// <summary>Rules for training: MFU 0.5 of 6 N a token, and gpu_poor's 13.8 N at 0.85 of the rate.</summary>
    public static readonly (string Name, Func<TrainingRow, double> Seconds)[] Training =
    [
        ("MFU 0.5", r => 6.0 * r.Step.Model.ActiveParameterCount * Tokens(r) / (0.5 * Rate(r))),
        ("gpu_poor", r => 13.8 * r.Step.Model.ActiveParameterCount * Tokens(r) / (0.85 * Rate(r))),
    ];

    /// <summary>Rules for the draw of all cards, in watts: none of the calculators has one; buyers take the rated power.</summary>
    public static readonly (string Name, Func<InferenceRow, double> Watts)[] Power =
        [("rated power", r => r.Cards * r.Part * r.Card.Tdp!.Value.Watts)];

    /// <summary>Rules for memory, in bytes.</summary>
    public static readonly (string Name, Func<TransformerMemoryRow, double> Bytes)[] Inference =
    [
        ("llmfit", r => Weights(r) + Cache(r) + 0.5 * Giga),
        ("weights only", Weights),
        ("weights x 1.2", r => 1.2 * Weights(r)),
        ("gpu_poor", r => Weights(r) + 4.0 * r.Request!.Model.HiddenSize * r.Request.Model.Layers * r.Request.Context
            * r.Request.Sequences * 2 + 0.65 * Giga),
    ];

    /// <summary>Rules for the memory of fine-tuning: accelerate's four times the weights, LLaMA-Factory's bytes a weight.</summary>
    public static readonly (string Name, Func<TransformerMemoryRow, double> Bytes)[] FineTuning =
    [
        ("accelerate", r => 4.0 * r.Training!.Model.ParameterCount * 2),
        ("LLaMA-Factory", r => r.Training!.Model.ParameterCount
            * (r.Training.Method switch { Hardware.FineTuning.Full => 18.0, Hardware.FineTuning.Lora => 2.3, _ => 0.9 })),
    ];

    /// <summary>Tokens of rows whose whole time was measured.</summary>
    private static double Steps(InferenceRow r) => r.Task == InferenceTask.EndToEnd ? Math.Max(1, r.Output) : 1;

    private static double Weights(InferenceRow r) => r.Format.DecodeBytes(r.Shape, r.Batch) / Shared(r);

    private static double FullCache(InferenceRow r) => 4.0 * r.Shape.HiddenSize * r.Shape.Layers * (r.Input + r.Output / 2) * r.Batch
        / Shared(r);

    private static double Bandwidth(InferenceRow r) => r.Card.Bandwidth.BytesPerSecond * r.Part;

    private static double Rate(InferenceRow r) => (r.Card.RateAt(r.Format.Arithmetic)?.FlopsPerSecond ?? 1e13) * r.Part * Shared(r);

    private static double Flops(InferenceRow r) => r.Shape.PrefillFlops(Math.Max(1, r.Input), r.Batch);

    private static double Shared(InferenceRow r) => r.SharesLayers ? r.Cards : 1;

    private static double Tokens(TrainingRow r) => (double)r.Step.BatchSize * r.Step.SequenceLength;

    private static double Rate(TrainingRow r) => r.Card.RateAt(r.Step.Precision)?.FlopsPerSecond ?? 1e13;

    private static double Weights(TransformerMemoryRow r) => r.Request!.Weights.Size(r.Request.Model).Bytes / (double)r.Request.Cards;

    private static double Cache(TransformerMemoryRow r) => r.Request!.Model.CacheSize(r.Request.Context, r.Request.Sequences).Bytes;
}
