namespace DeepGpu.Models;

/// <summary>The bounds between which a random factor is drawn.
/// A number f stands for (-f, f), as in Keras, or for (0, f) where a factor cannot be negative.</summary>
/// <param name="Lower">The least.</param>
/// <param name="Upper">The largest.</param>
public readonly record struct FactorRange(double Lower, double Upper)
{
    /// <summary>Both bounds from one number.</summary>
    /// <param name="factor">The larger bound; the other is its negative.</param>
    public static implicit operator FactorRange(double factor) => FromDouble(factor);

    /// <summary>Both bounds from a pair.</summary>
    /// <param name="bounds">The bounds.</param>
    public static implicit operator FactorRange((double Lower, double Upper) bounds) => FromValueTuple(bounds);

    /// <summary>Both bounds from one number.</summary>
    /// <param name="factor">The larger bound; the other is its negative.</param>
    public static FactorRange FromDouble(double factor) => new(-Math.Abs(factor), Math.Abs(factor));

    /// <summary>Both bounds from a pair.</summary>
    /// <param name="bounds">The bounds.</param>
    public static FactorRange FromValueTuple((double Lower, double Upper) bounds) => new(bounds.Lower, bounds.Upper);

    /// <summary>The range, its lower bound raised where a single number made it lower than the factor may be.</summary>
    internal FactorRange Checked(double least, double most, string owner, string parameter)
    {
        var range = Lower == -Upper && least > Lower ? this with { Lower = least } : this;
        if (range.Lower <= range.Upper && range.Lower >= least && range.Upper <= most) return range;
        throw Require.OutOfRange(owner, parameter, FormattableString.Invariant($"a range within {least} to {most}"),
            FormattableString.Invariant($"{Lower} to {Upper}"));
    }
}
