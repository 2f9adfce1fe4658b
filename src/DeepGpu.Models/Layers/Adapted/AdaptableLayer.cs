using System.Text.Json.Serialization;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>What layers with a kernel have in common that can keep it in few bits, and train low-rank matrices beside it.</summary>
public abstract record AdaptableLayer : KernelLayer, IAdaptable
{
    private protected AdaptableLayer()
    {
    }

    /// <summary>How the kernel is kept in few bits; null keeps it as it is, the default. Set by <c>Quantize</c>.</summary>
    [JsonPropertyName("quantization_config")]
    [OptionOrder(1)]
    public Quantization? Quantization { get; init; }

    /// <summary>The rank of two trained matrices A and B: the kernel is frozen, and kernel + alpha / rank * (A . B) takes its place; null
    /// for none.</summary>
    /// <remarks>At least 1. Set by <c>EnableLora</c>. Hu et al., 2021, https://arxiv.org/abs/2106.09685.</remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [OptionOrder(1)]
    public int? LoraRank { get; init => field = Lora.CheckedRank(value, ClassName); }

    /// <summary>How much the product of A and B counts; null for as much as <see cref="LoraRank"/>: a factor of 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [OptionOrder(1)]
    public double? LoraAlpha { get; init => field = Lora.CheckedAlpha(value, ClassName); }

    /// <summary>Whether A and B alone are trained, not the bias either. Default false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [OptionOrder(1)]
    public bool LoraOnly { get; init; }

    /// <summary>How the kernel is quantised, for the shape of an input.</summary>
    private protected abstract MatrixForm Form(Shape input);

    /// <summary>A layer with matrices of a rank beside its frozen kernel.</summary>
    private protected static TLayer Adapted<TLayer>(TLayer layer, int rank, double? alpha, bool only = false)
        where TLayer : AdaptableLayer
        => layer.LoraRank is null
            ? layer with { LoraRank = rank, LoraAlpha = alpha ?? rank, LoraOnly = only, Trainable = true }
            : throw Lora.Twice(layer);

    /// <summary>A layer with its kernel in few bits.</summary>
    private protected static TLayer Quantized<TLayer>(TLayer layer, Quantization quantization)
        where TLayer : AdaptableLayer
    {
        ArgumentNullException.ThrowIfNull(quantization);
        return layer.Quantization is null ? layer with { Quantization = quantization } : throw MatrixForm.AlreadyQuantized(layer);
    }

    Layer IAdaptable.With(Quantization quantization) => Quantized(this, quantization);

    Layer IAdaptable.WithLora(int rank, double? alpha, bool only) => Adapted(this, rank, alpha, only);

    Layer IAdaptable.WithoutLora() => this with { LoraRank = null, LoraAlpha = null, LoraOnly = false };

    MatrixForm IAdaptable.Form(Shape input) => Form(input);
}
