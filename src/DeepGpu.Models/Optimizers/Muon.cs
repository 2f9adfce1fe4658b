using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>Steps matrices by their momentum made orthogonal, everything else by Adam. Liu and others, 2025,
/// https://arxiv.org/abs/2502.16982.</summary>
/// <remarks>A weight of two axes is a matrix, but for embeddings and excluded layers; kernels of convolutions, vectors and numbers go by
/// Adam. Name the layer of the output in <see cref="ExcludeLayers"/>. The step of a matrix is rate * sqrt(its longer side) *
/// <see cref="RmsRate"/> times the momentum after some steps of x = a x + (b x x' + c (x x')^2) x, begun at its length of 1.
/// Keras: https://keras.io/api/optimizers/</remarks>
public sealed record Muon : Optimizer
{
    private readonly NamePatterns _excluded = NamePatterns.None;

    /// <summary>Creates Muon with a weight decay of 0.004.</summary>
    public Muon() => WeightDecay = 0.004;

    /// <summary>Adam's decay of the mean of the gradient, in [0, 1). Default 0.9.</summary>
    [JsonPropertyName("adam_beta_1")]
    public double AdamBeta1 { get; init => field = Require.Fraction(value, nameof(Muon), nameof(AdamBeta1)); } = 0.9;

    /// <summary>Adam's decay of the mean square of the gradient, in [0, 1). Default 0.999.</summary>
    [JsonPropertyName("adam_beta_2")]
    public double AdamBeta2 { get; init => field = Require.Fraction(value, nameof(Muon), nameof(AdamBeta2)); } = 0.999;

    /// <summary>The weight decay of what goes by Adam; <see cref="Optimizer.WeightDecay"/> is that of matrices. Null for none. Default
    /// 0.004.</summary>
    public double? AdamWeightDecay
    {
        get;
        init => field = value is { } v ? Require.AtLeast(v, 0, nameof(Muon), nameof(AdamWeightDecay)) : null;
    }

    = 0.004;

    /// <summary>Keeps Adam's division finite, above 0. Default 1e-7.</summary>
    public double Epsilon { get; init => field = Require.Positive(value, nameof(Muon), nameof(Epsilon)); } = 1e-7;

    /// <summary>Matrices that go by Adam: regular expressions, looked for in a weight's name "layer/weight". Default none.</summary>
    /// <exception cref="DeepGpuArgumentException">A text is no regular expression.</exception>
    public ImmutableArray<string> ExcludeLayers
    {
        get => _excluded.Texts;
        init => _excluded = NamePatterns.Of(value, nameof(Muon), nameof(ExcludeLayers));
    }

    /// <summary>Whether matrices in whose name "embedding" appears go by Adam. Default true.</summary>
    public bool ExcludeEmbeddings { get; init; } = true;

    /// <summary>The coefficient of x. Default 3.4445.</summary>
    [JsonPropertyName("muon_a")]
    public double MuonA { get; init => field = Require.Finite(value, nameof(Muon), nameof(MuonA)); } = 3.4445;

    /// <summary>The coefficient of x x' x. Default -4.775.</summary>
    [JsonPropertyName("muon_b")]
    public double MuonB { get; init => field = Require.Finite(value, nameof(Muon), nameof(MuonB)); } = -4.775;

    /// <summary>The coefficient of (x x')^2 x. Default 2.0315.</summary>
    [JsonPropertyName("muon_c")]
    public double MuonC { get; init => field = Require.Finite(value, nameof(Muon), nameof(MuonC)); } = 2.0315;

    /// <summary>Adam's rate as a multiple of the rate, at least 0. Default 1.</summary>
    [JsonPropertyName("adam_lr_ratio")]
    public double AdamLearningRateRatio
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(Muon), nameof(AdamLearningRateRatio));
    }

    = 1;

    /// <summary>The share of the momentum that a step keeps, in [0, 1). Default 0.95.</summary>
    public double Momentum { get; init => field = Require.Fraction(value, nameof(Muon), nameof(Momentum)); } = 0.95;

    /// <summary>Steps that make the momentum orthogonal, at least 1. Default 5.</summary>
    [JsonPropertyName("ns_steps")]
    public int NewtonSchulzSteps { get; init => field = Require.AtLeast(value, 1, nameof(Muon), nameof(NewtonSchulzSteps)); } = 5;

    /// <summary>Whether the gradient is followed from where the momentum leads. Default true.</summary>
    public bool Nesterov { get; init; } = true;

    /// <summary>About the root mean square of a matrix's step before the rate; null for the orthogonal matrix as it is. Default 0.2, as
    /// Adam's steps.</summary>
    public double? RmsRate { get; init => field = value is { } v ? Require.Positive(v, nameof(Muon), nameof(RmsRate)) : null; } = 0.2;

    /// <summary>2, Adam's; a matrix keeps 1.</summary>
    protected override int SlotCount => 2;

    /// <summary>Whether a weight goes by Adam.</summary>
    /// <param name="name">Its name, "layer/weight".</param>
    /// <param name="rank">Its number of axes.</param>
    internal bool UsesAdam(string name, int rank)
        => rank != 2 || ExcludeEmbeddings && name.Contains("embedding", StringComparison.OrdinalIgnoreCase) || _excluded.Match(name);

    internal override int StateBytesIn(ModelSpec model) => MuonWork.StateBytes(this, model);

    internal override int FlopsIn(ModelSpec model) => MuonWork.Flops(this, model);
}
