using System.Globalization;

namespace DeepGpu;

/// <summary>An amount of money in one currency, the US dollar: launch prices, rent, energy bills. Not a price per unit.</summary>
public readonly record struct Money : IComparable<Money>
{
    private Money(double value) => Dollars = value;

    /// <summary>The quantity in US dollars.</summary>
    public double Dollars { get; }

    /// <summary>Makes the quantity from US dollars.</summary>
    public static Money FromDollars(double value) => new(value);

    /// <summary>The sum of two quantities.</summary>
    public static Money operator +(Money left, Money right) => new(left.Dollars + right.Dollars);

    /// <summary>The difference of two quantities.</summary>
    public static Money operator -(Money left, Money right) => new(left.Dollars - right.Dollars);

    /// <summary>The quantity scaled by a factor.</summary>
    public static Money operator *(Money quantity, double factor) => new(quantity.Dollars * factor);

    /// <summary>The ratio of two quantities.</summary>
    public static double operator /(Money left, Money right) => left.Dollars / right.Dollars;

    /// <summary>Whether the left quantity is the smaller.</summary>
    public static bool operator <(Money left, Money right) => left.Dollars < right.Dollars;

    /// <summary>Whether the left quantity is the larger.</summary>
    public static bool operator >(Money left, Money right) => left.Dollars > right.Dollars;

    /// <summary>Whether the left quantity is not the larger.</summary>
    public static bool operator <=(Money left, Money right) => left.Dollars <= right.Dollars;

    /// <summary>Whether the left quantity is not the smaller.</summary>
    public static bool operator >=(Money left, Money right) => left.Dollars >= right.Dollars;

    /// <inheritdoc/>
    public int CompareTo(Money other) => Dollars.CompareTo(other.Dollars);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"${Dollars:0.##}");
}
