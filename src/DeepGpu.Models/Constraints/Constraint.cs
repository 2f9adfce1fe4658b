using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>What a weight is projected onto after each step. Keras: https://keras.io/api/layers/constraints/</summary>
public abstract record Constraint
{
    /// <summary>The axes it takes norms over, which a weight must have; none for one that takes no norm.</summary>
    internal virtual ImmutableArray<int> NormAxes => [];
}

/// <summary>Norms along an axis are at most a value.</summary>
/// <param name="MaxValue">Default 2.</param>
/// <param name="Axis">The axes the norm is taken over; default the first.</param>
public sealed record MaxNorm(double MaxValue = 2, Axes Axis = default) : Constraint
{
    /// <summary>The largest norm, at least 0.</summary>
    public double MaxValue
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(MaxNorm), nameof(MaxValue));
    } = Require.AtLeast(MaxValue, 0, nameof(MaxNorm));

    internal override ImmutableArray<int> NormAxes => Axis.Numbers;
}

/// <summary>Norms along an axis lie between two values, reached at a rate.</summary>
/// <param name="MinValue">Default 0.</param>
/// <param name="MaxValue">Default 1.</param>
/// <param name="Rate">1 projects at once; less moves part of the way. Default 1.</param>
/// <param name="Axis">The axes the norm is taken over; default the first.</param>
public sealed record MinMaxNorm(double MinValue = 0, double MaxValue = 1, double Rate = 1, Axes Axis = default) : Constraint
{
    /// <summary>The least norm, at least 0.</summary>
    public double MinValue
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(MinMaxNorm), nameof(MinValue));
    } = Require.AtLeast(MinValue, 0, nameof(MinMaxNorm));

    /// <summary>The largest norm, at least 0.</summary>
    public double MaxValue
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(MinMaxNorm), nameof(MaxValue));
    } = Require.AtLeast(MaxValue, 0, nameof(MinMaxNorm));

    /// <summary>How much of the way a step moves, in [0, 1].</summary>
    public double Rate
    {
        get;
        init => field = Require.InRange(value, 0, 1, nameof(MinMaxNorm), nameof(Rate));
    } = Require.InRange(Rate, 0, 1, nameof(MinMaxNorm));

    internal override ImmutableArray<int> NormAxes => Axis.Numbers;
}

/// <summary>No value is negative.</summary>
public sealed record NonNeg : Constraint;

/// <summary>Norms along an axis are 1.</summary>
/// <param name="Axis">The axes the norm is taken over; default the first.</param>
public sealed record UnitNorm(Axes Axis = default) : Constraint
{
    internal override ImmutableArray<int> NormAxes => Axis.Numbers;
}
