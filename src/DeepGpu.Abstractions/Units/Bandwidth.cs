using System.Globalization;

namespace DeepGpu;

/// <summary>A rate of moving bytes: memory bandwidth, a link. Not an amount: see <see cref="ByteSize"/>.</summary>
public readonly record struct Bandwidth : IComparable<Bandwidth>
{
    private Bandwidth(double value) => BytesPerSecond = value;

    /// <summary>The quantity in bytes per second.</summary>
    public double BytesPerSecond { get; }

    /// <summary>The quantity in GB/s (10^9 bytes per second, as data sheets count it).</summary>
    public double GigabytesPerSecond => BytesPerSecond / 1e9;

    /// <summary>Makes the quantity from bytes per second.</summary>
    public static Bandwidth FromBytesPerSecond(double value) => new(value);

    /// <summary>Makes the quantity from GB/s (10^9 bytes per second, as data sheets count it).</summary>
    public static Bandwidth FromGigabytesPerSecond(double value) => new(value * 1e9);

    /// <summary>The sum of two quantities.</summary>
    public static Bandwidth operator +(Bandwidth left, Bandwidth right) => new(left.BytesPerSecond + right.BytesPerSecond);

    /// <summary>The difference of two quantities.</summary>
    public static Bandwidth operator -(Bandwidth left, Bandwidth right) => new(left.BytesPerSecond - right.BytesPerSecond);

    /// <summary>The quantity scaled by a factor.</summary>
    public static Bandwidth operator *(Bandwidth quantity, double factor) => new(quantity.BytesPerSecond * factor);

    /// <summary>The ratio of two quantities.</summary>
    public static double operator /(Bandwidth left, Bandwidth right) => left.BytesPerSecond / right.BytesPerSecond;

    /// <summary>Whether the left quantity is the smaller.</summary>
    public static bool operator <(Bandwidth left, Bandwidth right) => left.BytesPerSecond < right.BytesPerSecond;

    /// <summary>Whether the left quantity is the larger.</summary>
    public static bool operator >(Bandwidth left, Bandwidth right) => left.BytesPerSecond > right.BytesPerSecond;

    /// <summary>Whether the left quantity is not the larger.</summary>
    public static bool operator <=(Bandwidth left, Bandwidth right) => left.BytesPerSecond <= right.BytesPerSecond;

    /// <summary>Whether the left quantity is not the smaller.</summary>
    public static bool operator >=(Bandwidth left, Bandwidth right) => left.BytesPerSecond >= right.BytesPerSecond;

    /// <inheritdoc/>
    public int CompareTo(Bandwidth other) => BytesPerSecond.CompareTo(other.BytesPerSecond);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{GigabytesPerSecond:0.#} GB/s");
}
