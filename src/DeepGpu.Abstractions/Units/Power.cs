using System.Globalization;

namespace DeepGpu;

/// <summary>A rate of using energy: a board power limit, a draw. Not an amount: see <see cref="Energy"/>.</summary>
public readonly record struct Power : IComparable<Power>
{
    private Power(double value) => Watts = value;

    /// <summary>The quantity in watts.</summary>
    public double Watts { get; }

    /// <summary>Makes the quantity from watts.</summary>
    public static Power FromWatts(double value) => new(value);

    /// <summary>The sum of two quantities.</summary>
    public static Power operator +(Power left, Power right) => new(left.Watts + right.Watts);

    /// <summary>The difference of two quantities.</summary>
    public static Power operator -(Power left, Power right) => new(left.Watts - right.Watts);

    /// <summary>The quantity scaled by a factor.</summary>
    public static Power operator *(Power quantity, double factor) => new(quantity.Watts * factor);

    /// <summary>The ratio of two quantities.</summary>
    public static double operator /(Power left, Power right) => left.Watts / right.Watts;

    /// <summary>The energy a power uses over a time.</summary>
    public static Energy operator *(Power power, TimeSpan time) => Energy.FromJoules(power.Watts * time.TotalSeconds);

    /// <summary>Whether the left quantity is the smaller.</summary>
    public static bool operator <(Power left, Power right) => left.Watts < right.Watts;

    /// <summary>Whether the left quantity is the larger.</summary>
    public static bool operator >(Power left, Power right) => left.Watts > right.Watts;

    /// <summary>Whether the left quantity is not the larger.</summary>
    public static bool operator <=(Power left, Power right) => left.Watts <= right.Watts;

    /// <summary>Whether the left quantity is not the smaller.</summary>
    public static bool operator >=(Power left, Power right) => left.Watts >= right.Watts;

    /// <inheritdoc/>
    public int CompareTo(Power other) => Watts.CompareTo(other.Watts);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Watts:0.#} W");
}
