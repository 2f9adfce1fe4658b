using System.Globalization;

namespace DeepGpu;

/// <summary>Clock ticks a second. Not a rate of data: see <see cref="Bandwidth"/>.</summary>
public readonly record struct Frequency : IComparable<Frequency>
{
    private Frequency(double value) => Hertz = value;

    /// <summary>The quantity in hertz.</summary>
    public double Hertz { get; }

    /// <summary>The quantity in MHz (10^6 hertz).</summary>
    public double Megahertz => Hertz / 1e6;

    /// <summary>Makes the quantity from hertz.</summary>
    public static Frequency FromHertz(double value) => new(value);

    /// <summary>Makes the quantity from MHz (10^6 hertz).</summary>
    public static Frequency FromMegahertz(double value) => new(value * 1e6);

    /// <summary>The sum of two quantities.</summary>
    public static Frequency operator +(Frequency left, Frequency right) => new(left.Hertz + right.Hertz);

    /// <summary>The difference of two quantities.</summary>
    public static Frequency operator -(Frequency left, Frequency right) => new(left.Hertz - right.Hertz);

    /// <summary>The quantity scaled by a factor.</summary>
    public static Frequency operator *(Frequency quantity, double factor) => new(quantity.Hertz * factor);

    /// <summary>The ratio of two quantities.</summary>
    public static double operator /(Frequency left, Frequency right) => left.Hertz / right.Hertz;

    /// <summary>Whether the left quantity is the smaller.</summary>
    public static bool operator <(Frequency left, Frequency right) => left.Hertz < right.Hertz;

    /// <summary>Whether the left quantity is the larger.</summary>
    public static bool operator >(Frequency left, Frequency right) => left.Hertz > right.Hertz;

    /// <summary>Whether the left quantity is not the larger.</summary>
    public static bool operator <=(Frequency left, Frequency right) => left.Hertz <= right.Hertz;

    /// <summary>Whether the left quantity is not the smaller.</summary>
    public static bool operator >=(Frequency left, Frequency right) => left.Hertz >= right.Hertz;

    /// <inheritdoc/>
    public int CompareTo(Frequency other) => Hertz.CompareTo(other.Hertz);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Megahertz:0.#} MHz");
}
