using System.Globalization;

namespace DeepGpu;

/// <summary>An amount of energy. Not a rate: see <see cref="Power"/>.</summary>
public readonly record struct Energy : IComparable<Energy>
{
    private Energy(double value) => Joules = value;

    /// <summary>The quantity in joules.</summary>
    public double Joules { get; }

    /// <summary>The quantity in kWh (3.6 million joules).</summary>
    public double KilowattHours => Joules / 3.6e6;

    /// <summary>Makes the quantity from joules.</summary>
    public static Energy FromJoules(double value) => new(value);

    /// <summary>Makes the quantity from kWh (3.6 million joules).</summary>
    public static Energy FromKilowattHours(double value) => new(value * 3.6e6);

    /// <summary>The sum of two quantities.</summary>
    public static Energy operator +(Energy left, Energy right) => new(left.Joules + right.Joules);

    /// <summary>The difference of two quantities.</summary>
    public static Energy operator -(Energy left, Energy right) => new(left.Joules - right.Joules);

    /// <summary>The quantity scaled by a factor.</summary>
    public static Energy operator *(Energy quantity, double factor) => new(quantity.Joules * factor);

    /// <summary>The ratio of two quantities.</summary>
    public static double operator /(Energy left, Energy right) => left.Joules / right.Joules;

    /// <summary>Whether the left quantity is the smaller.</summary>
    public static bool operator <(Energy left, Energy right) => left.Joules < right.Joules;

    /// <summary>Whether the left quantity is the larger.</summary>
    public static bool operator >(Energy left, Energy right) => left.Joules > right.Joules;

    /// <summary>Whether the left quantity is not the larger.</summary>
    public static bool operator <=(Energy left, Energy right) => left.Joules <= right.Joules;

    /// <summary>Whether the left quantity is not the smaller.</summary>
    public static bool operator >=(Energy left, Energy right) => left.Joules >= right.Joules;

    /// <inheritdoc/>
    public int CompareTo(Energy other) => Joules.CompareTo(other.Joules);

    /// <inheritdoc/>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{(Joules < 1e5 ? Joules : KilowattHours):0.###} {(Joules < 1e5 ? "J" : "kWh")}");
}
