using System.Globalization;

namespace DeepGpu;

/// <summary>How hot something is. A reading, not a difference.</summary>
public readonly record struct Temperature : IComparable<Temperature>
{
    private Temperature(double value) => Celsius = value;

    /// <summary>The quantity in degrees Celsius.</summary>
    public double Celsius { get; }

    /// <summary>Makes the quantity from degrees Celsius.</summary>
    public static Temperature FromCelsius(double value) => new(value);

    /// <summary>Whether the left quantity is the smaller.</summary>
    public static bool operator <(Temperature left, Temperature right) => left.Celsius < right.Celsius;

    /// <summary>Whether the left quantity is the larger.</summary>
    public static bool operator >(Temperature left, Temperature right) => left.Celsius > right.Celsius;

    /// <summary>Whether the left quantity is not the larger.</summary>
    public static bool operator <=(Temperature left, Temperature right) => left.Celsius <= right.Celsius;

    /// <summary>Whether the left quantity is not the smaller.</summary>
    public static bool operator >=(Temperature left, Temperature right) => left.Celsius >= right.Celsius;

    /// <inheritdoc/>
    public int CompareTo(Temperature other) => Celsius.CompareTo(other.Celsius);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Celsius:0.#} °C");
}
