namespace DeepGpu.Models;

/// <summary>How a layer keeps its kernel or embeddings in few bits. Keras: https://keras.io/guides/quantization_overview/</summary>
/// <remarks>Quantised weights are not trained: freeze the layer, or train low-rank matrices beside them (LoRA). float8 is a way to
/// train.</remarks>
public abstract record Quantization
{
    private protected Quantization()
    {
    }

    /// <summary>Whole numbers of 8 bits with a scale for each output channel; inputs are quantised at each call.</summary>
    public static Int8Quantization Int8 { get; } = new();

    /// <summary>Whole numbers of 4 bits with a scale and a zero point for each block of 128 inputs of an output channel.</summary>
    public static Int4Quantization Int4 { get; } = new();

    /// <summary>Inputs, kernels and gradients rounded to 8-bit floating point, with scales that follow the largest values seen.</summary>
    public static Float8Quantization Float8 { get; } = new();

    /// <summary>Keras's name of the mode, with its parameters.</summary>
    internal abstract string Mode { get; }

    /// <summary>Keras's class of dtype policies that say it.</summary>
    internal virtual string PolicyClass => "QuantizedDTypePolicy";

    /// <summary>Whether weights are kept as whole numbers, which no optimizer can change.</summary>
    internal bool IsWhole => this is not Float8Quantization;
}

/// <summary>Whole numbers of 8 bits: scale = 127 / (largest absolute value + 1e-7) along what is summed over.</summary>
public sealed record Int8Quantization : Quantization
{
    /// <summary>How weights are quantised; null for [-127, 127]. Default null.</summary>
    public AbsMaxQuantizer? WeightQuantizer { get; init; }

    /// <summary>How inputs are quantised at each call; null leaves them as they are. Default [-127, 127].</summary>
    public AbsMaxQuantizer? ActivationQuantizer { get; init; } = new();

    internal override string Mode => "int8";
}

/// <summary>Whole numbers of 4 bits from -8 to 7, two in a byte: the first in its low half. Sub-channel quantisation: Dettmers and
/// Zettlemoyer, 2023.</summary>
public sealed record Int4Quantization : Quantization
{
    /// <summary>How many inputs share a scale and a zero point, at least 1; null for one scale an output channel, without zero point.
    /// Default 128.</summary>
    public int? BlockSize
    {
        get;
        init => field = value is { } n ? Require.AtLeast(n, 1, nameof(Int4Quantization), nameof(BlockSize)) : null;
    } = 128;

    /// <summary>How inputs are quantised at each call, only without blocks; null leaves them as they are. Default null.</summary>
    public AbsMaxQuantizer? ActivationQuantizer { get; init; }

    internal override string Mode => FormattableString.Invariant($"int4/{BlockSize ?? -1}");

    internal override string PolicyClass => "Int4DTypePolicy";
}

/// <summary>8-bit floating point: inputs and kernels in e4m3 (3 bits of mantissa), gradients in e5m2. Micikevicius et al., 2022.</summary>
/// <remarks>https://arxiv.org/abs/2209.05433. Each value is divided by a scale, rounded and multiplied again; a step of training sets the
/// scales
/// from the largest absolute values of the steps before it.</remarks>
public sealed record Float8Quantization : Quantization
{
    /// <summary>How many steps' largest values are kept, at least 1. Default 1024.</summary>
    public int AmaxHistoryLength
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(Float8Quantization), nameof(AmaxHistoryLength));
    } = 1024;

    internal override string Mode => "float8";

    internal override string PolicyClass => "QuantizedFloat8DTypePolicy";
}
