using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>Normalises each channel over the batch while training, by moving statistics when predicting. Ioffe and Szegedy, 2015.</summary>
/// <remarks>Output shape = input shape. Moving statistics: moving * momentum + batch * (1 - momentum), with the biased variance.
/// A frozen layer (<see cref="Layer.Trainable"/> false) normalises by its moving statistics while training too.
/// Keras: https://keras.io/api/layers/normalization_layers/batch_normalization/</remarks>
public sealed record BatchNormalization : AffineNormalization
{
    /// <summary>The axis of the channels. Default the last.</summary>
    [JsonPropertyOrder(-30)]
    public int Axis { get; init; } = -1;

    /// <summary>How much of the moving statistics a step keeps, in [0, 1]. Default 0.99 (torch's 0.01).</summary>
    [JsonPropertyOrder(-29)]
    public double Momentum { get; init => field = Require.InRange(value, 0, 1, nameof(BatchNormalization), nameof(Momentum)); } = 0.99;

    /// <summary>How the moving mean starts. Default zeros.</summary>
    [JsonPropertyOrder(-14)]
    public Initializer MovingMeanInitializer { get; init; } = Initializer.Zeros;

    /// <summary>How the moving variance starts. Default ones.</summary>
    [JsonPropertyOrder(-13)]
    public Initializer MovingVarianceInitializer { get; init; } = Initializer.Ones;

    /// <summary>Whether batch statistics are corrected towards the moving ones while training. Ioffe, 2017. Default false.</summary>
    [JsonPropertyOrder(-8)]
    public bool Renorm { get; init; }

    /// <summary>Limits of the correction; null for none.</summary>
    [JsonPropertyOrder(-7)]
    public RenormClipping? RenormClipping { get; init; }

    /// <summary>The momentum of the renorm statistics, in [0, 1]. Default 0.99.</summary>
    [JsonPropertyOrder(-6)]
    public double RenormMomentum
    {
        get;
        init => field = Require.InRange(value, 0, 1, nameof(BatchNormalization), nameof(RenormMomentum));
    } = 0.99;

    private protected override (int Forward, int Backward) Passes => (3, 5);

    private protected override int[] WeightShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return [input.Known(Axis)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        var n = WeightShape(input)[0];
        return
        [
            .. base.Weights(input),
            new("moving_mean", [n], MovingMeanInitializer, Trainable: false),
            new("moving_variance", [n], MovingVarianceInitializer, Trainable: false),
            .. Renorm ? RenormWeights(n) : [],
        ];
    }

    /// <summary>Deviations start at the root of what the variance starts at.</summary>
    private WeightSpec[] RenormWeights(int n)
    {
        var deviation = new RootOf(MovingVarianceInitializer);
        return [new("moving_stddev", [n], deviation, false), new("renorm_mean", [n], MovingMeanInitializer, false),
            new("renorm_stddev", [n], deviation, false)];
    }
}

/// <summary>The square root of what another initializer yields: a deviation from a variance.</summary>
/// <param name="Variance">How the variance starts.</param>
internal sealed record RootOf(Initializer Variance) : Initializer;

/// <summary>Limits of batch renormalisation's correction.</summary>
/// <param name="Rmin">Least factor; null for none.</param>
/// <param name="Rmax">Largest factor; null for none.</param>
/// <param name="Dmax">Largest offset; null for none.</param>
public sealed record RenormClipping(double? Rmin = null, double? Rmax = null, double? Dmax = null);
