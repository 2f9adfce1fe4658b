namespace DeepGpu.Models;

/// <summary>Random with variance scale / n, n chosen by the mode.</summary>
/// <param name="Scale">Default 1.</param>
/// <param name="Mode">What n is; default fan in.</param>
/// <param name="Distribution">Default truncated normal.</param>
public sealed record VarianceScaling(double Scale = 1, FanMode Mode = FanMode.FanIn,
    VarianceDistribution Distribution = VarianceDistribution.TruncatedNormal)
    : RandomInitializer
{
    /// <summary>A factor of the variance, above 0.</summary>
    public double Scale
    {
        get;
        init => field = Require.Positive(value, nameof(VarianceScaling), nameof(Scale));
    } = Require.Positive(Scale, nameof(VarianceScaling));
}

/// <summary>What the variance of <see cref="VarianceScaling"/> is divided by.</summary>
public enum FanMode
{
    /// <summary>Inputs each output depends on.</summary>
    FanIn,

    /// <summary>Outputs each input reaches.</summary>
    FanOut,

    /// <summary>Their mean.</summary>
    FanAvg,
}

/// <summary>The distribution of <see cref="VarianceScaling"/>.</summary>
public enum VarianceDistribution
{
    /// <summary>Normal, values beyond two standard deviations drawn again.</summary>
    TruncatedNormal,

    /// <summary>Normal without truncation.</summary>
    UntruncatedNormal,

    /// <summary>Uniform.</summary>
    Uniform,
}
