using System.Collections.Immutable;
using DeepGpu.Models.Values;

namespace DeepGpu.Models;

/// <summary>How rotary positions are stretched over more steps than a model was trained on.</summary>
/// <remarks>Names and formulas are those of "rope_scaling" in Hugging Face's config.json:
/// https://huggingface.co/docs/transformers/internal/rope_utils.</remarks>
public sealed record RotaryScaling
{
    private readonly ValueList<double> _shortFactors = new([]);
    private readonly ValueList<double> _longFactors = new([]);

    /// <summary>Makes a stretching.</summary>
    /// <param name="kind">The formula.</param>
    public RotaryScaling(RotaryScalingKind kind) => Kind = kind;

    /// <summary>The formula.</summary>
    public RotaryScalingKind Kind { get; init; }

    /// <summary>How many times as many steps, above 0. Default 1.</summary>
    public double Factor { get; init => field = Require.Positive(value, nameof(RotaryScaling), nameof(Factor)); } = 1;

    /// <summary>The steps that the model was trained on, at least 1. Default 8192.</summary>
    public int OriginalLength
    {
        get; init => field = Require.AtLeast(value, 1, nameof(RotaryScaling), nameof(OriginalLength));
    } = 8192;

    /// <summary>Llama 3: waves longer than <see cref="OriginalLength"/> over this are stretched in full; above 0. Default 1.</summary>
    public double LowFrequencyFactor
    {
        get; init => field = Require.Positive(value, nameof(RotaryScaling), nameof(LowFrequencyFactor));
    } = 1;

    /// <summary>Llama 3: waves shorter than <see cref="OriginalLength"/> over this stay; above 0. Default 4.</summary>
    public double HighFrequencyFactor
    {
        get; init => field = Require.Positive(value, nameof(RotaryScaling), nameof(HighFrequencyFactor));
    } = 4;

    /// <summary>YaRN: features that turn at least this often within <see cref="OriginalLength"/> stay; above 0. Default 32.</summary>
    public double BetaFast { get; init => field = Require.Positive(value, nameof(RotaryScaling), nameof(BetaFast)); } = 32;

    /// <summary>YaRN: features that turn at most this often are stretched in full; above 0. Default 1.</summary>
    public double BetaSlow { get; init => field = Require.Positive(value, nameof(RotaryScaling), nameof(BetaSlow)); } = 1;

    /// <summary>YaRN: whether the two bounds between features are rounded outwards to whole ones. Default true.</summary>
    public bool Truncate { get; init; } = true;

    /// <summary>What turned features are multiplied with; above 0; null for the formula's own, the default: 0.1 ln(factor) + 1 of YaRN, 1
    /// of the others.</summary>
    public double? AttentionFactor
    {
        get; init => field = value is { } factor ? Require.Positive(factor, nameof(RotaryScaling), nameof(AttentionFactor)) : null;
    }

    /// <summary>LongRoPE: what each pair's wave is stretched by in sequences of at most <see cref="OriginalLength"/> steps, one a pair.
    /// Default none.</summary>
    public ImmutableArray<double> ShortFactors
    {
        get => _shortFactors.Elements!.Value; init => _shortFactors = new(Checked(value, nameof(ShortFactors)));
    }

    /// <summary>LongRoPE: the same in longer sequences. Default none.</summary>
    public ImmutableArray<double> LongFactors
    {
        get => _longFactors.Elements!.Value; init => _longFactors = new(Checked(value, nameof(LongFactors)));
    }

    /// <summary>Whether the angles of all steps change with the sequence's length.</summary>
    internal bool DependsOnLength => Kind is RotaryScalingKind.Dynamic or RotaryScalingKind.LongRope;

    /// <summary>What turned features are multiplied with.</summary>
    internal double Magnitude => AttentionFactor
        ?? (Kind == RotaryScalingKind.Yarn && Factor > 1 ? 0.1 * Math.Log(Factor) + 1 : 1);

    private static ImmutableArray<double> Checked(ImmutableArray<double> factors, string name)
        => !factors.IsDefault && factors.All(factor => double.IsFinite(factor) && factor > 0) ? factors
            : throw Require.OutOfRange(nameof(RotaryScaling), name, "finite numbers above 0",
                factors.IsDefault ? null : string.Join(", ", factors));
}

/// <summary>A formula of <see cref="RotaryScaling"/>.</summary>
public enum RotaryScalingKind
{
    /// <summary>Every wave is longer by the factor. Chen et al., 2023, https://arxiv.org/abs/2306.15595.</summary>
    Linear,

    /// <summary>In sequences longer than the original length the base of the wavelengths grows with the length: NTK-aware
    /// scaling.</summary>
    Dynamic,

    /// <summary>Long waves are stretched, short ones stay, those between in part. Llama 3.1, https://arxiv.org/abs/2407.21783.</summary>
    Llama3,

    /// <summary>The same by how often a feature turns, and turned features grow. Peng et al., 2023,
    /// https://arxiv.org/abs/2309.00071.</summary>
    Yarn,

    /// <summary>A factor for each pair of features, one for short and one for long sequences. Ding et al., 2024,
    /// https://arxiv.org/abs/2402.13753.</summary>
    LongRope,
}
