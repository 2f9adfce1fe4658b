using static DeepGpu.Hardware.Forecasting.EncoderConstants;
using static DeepGpu.Hardware.Forecasting.TransformerPasses;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>A forward pass over whole sequences.</summary>
/// <param name="Model">The model.</param>
/// <param name="Sequences">Sequences at once.</param>
/// <param name="Length">Tokens of each.</param>
/// <param name="Precision">What products compute in.</param>
/// <param name="FlashAttention">Whether attention keeps no matrix of scores.</param>
internal sealed record EncoderPass(TransformerShape Model, double Sequences, double Length, NumberFormat Precision,
    bool FlashAttention = false)
{
    /// <summary>Tokens before the sequence that attention sees, too.</summary>
    public double Memory { get; init; }

    public double Tokens => Sequences * Length;

    /// <summary>Operations of the products with weights, a decoder's outputs of all tokens among them, and of attention.</summary>
    public double Flops => Tokens * (Model.LayerFlopsPerToken + Model.OutputFlopsPerToken)
        + Sequences * (Model.AttentionFlops(Length) + Model.AttentionFlopsPerPair * Model.Layers * Length * Memory);
}

/// <summary>The time of a forward pass of an encoder.</summary>
/// <remarks>As of a step of training: products at a share of the units' rate, passes over activations and scores at the memory's, or the
/// host where that is slower.</remarks>
internal static class EncoderLaw
{
    /// <summary>Seconds of a pass; null where the card states no rate.</summary>
    public static double? Seconds(ConstantValues c, EncoderPass pass, EncoderEngine engine, GpuSpec card, double part = 1)
    {
        if (Rates.Of(c, card, pass.Precision, part) is not { } rate) return null;
        var own = Of(engine);
        var share = c[own.Share(pass.Precision, card)] * Filled(pass.Model, pass.Tokens, c[own.Tiles], card);
        var device = pass.Flops / (rate * share) + Moved(c, own, pass)
            * SecondsPerByte(card, c[Passes], c[Operations], part);
        return WithHost(device, LayersOf(pass.Model) * c[own.Layer] * 1e-6);
    }

    private static double Moved(ConstantValues c, PassConstants own, EncoderPass pass)
    {
        double bytes = IsShort(pass.Precision) ? 2 : 4;
        var scores = pass.FlashAttention ? 0
            : TransformerPasses.Scores(pass.Model, pass.Tokens, pass.Length + pass.Memory) * c[EncoderConstants.Scores];
        return (Activations(pass.Model, pass.Tokens) * c[own.Passes] + scores) * bytes
            + pass.Model.LayerProductParameters(pass.Model.Experts?.Active ?? 0) * bytes;
    }

    /// <summary>What runs an encoder in an engine.</summary>
    public static EncoderEngine EngineOf(InferenceEngine engine) => engine switch
    {
        InferenceEngine.FasterTransformer or InferenceEngine.TensorRtLlm or InferenceEngine.CTranslate2 => EncoderEngine.Fused,
        InferenceEngine.OnnxRuntime => EncoderEngine.Compiled,
        _ => EncoderEngine.Eager,
    };
}
