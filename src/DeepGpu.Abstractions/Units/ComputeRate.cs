using System.Globalization;

namespace DeepGpu;

/// <summary>A rate of floating-point (or integer) operations; a multiply-add counts as two. Not a count of operations.</summary>
public readonly record struct ComputeRate : IComparable<ComputeRate>
{
    private ComputeRate(double value) => FlopsPerSecond = value;

    /// <summary>The quantity in operations per second.</summary>
    public double FlopsPerSecond { get; }

    /// <summary>The quantity in TFLOPS (10^12 operations per second).</summary>
    public double Teraflops => FlopsPerSecond / 1e12;

    /// <summary>Makes the quantity from operations per second.</summary>
    public static ComputeRate FromFlopsPerSecond(double value) => new(value);

    /// <summary>Makes the quantity from TFLOPS (10^12 operations per second).</summary>
    public static ComputeRate FromTeraflops(double value) => new(value * 1e12);

    /// <summary>The sum of two quantities.</summary>
    public static ComputeRate operator +(ComputeRate left, ComputeRate right) => new(left.FlopsPerSecond + right.FlopsPerSecond);

    /// <summary>The difference of two quantities.</summary>
    public static ComputeRate operator -(ComputeRate left, ComputeRate right) => new(left.FlopsPerSecond - right.FlopsPerSecond);

    /// <summary>The quantity scaled by a factor.</summary>
    public static ComputeRate operator *(ComputeRate quantity, double factor) => new(quantity.FlopsPerSecond * factor);

    /// <summary>The ratio of two quantities.</summary>
    public static double operator /(ComputeRate left, ComputeRate right) => left.FlopsPerSecond / right.FlopsPerSecond;

    /// <summary>Whether the left quantity is the smaller.</summary>
    public static bool operator <(ComputeRate left, ComputeRate right) => left.FlopsPerSecond < right.FlopsPerSecond;

    /// <summary>Whether the left quantity is the larger.</summary>
    public static bool operator >(ComputeRate left, ComputeRate right) => left.FlopsPerSecond > right.FlopsPerSecond;

    /// <summary>Whether the left quantity is not the larger.</summary>
    public static bool operator <=(ComputeRate left, ComputeRate right) => left.FlopsPerSecond <= right.FlopsPerSecond;

    /// <summary>Whether the left quantity is not the smaller.</summary>
    public static bool operator >=(ComputeRate left, ComputeRate right) => left.FlopsPerSecond >= right.FlopsPerSecond;

    /// <inheritdoc/>
    public int CompareTo(ComputeRate other) => FlopsPerSecond.CompareTo(other.FlopsPerSecond);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Teraflops:0.##} TFLOPS");
}
