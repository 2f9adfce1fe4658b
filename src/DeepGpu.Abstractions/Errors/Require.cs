using System.Runtime.CompilerServices;

namespace DeepGpu;

/// <summary>Checks of arguments that throw <see cref="DeepGpuArgumentException"/> with the three-part text.</summary>
public static class Require
{
    /// <summary>The value, if it is at least <paramref name="minimum"/>.</summary>
    public static int AtLeast(int value, int minimum, string owner, [CallerArgumentExpression(nameof(value))] string name = "")
        => value >= minimum ? value : throw OutOfRange(owner, name, $"at least {minimum}", value);

    /// <summary>The value, if it is finite and at least <paramref name="minimum"/>.</summary>
    public static double AtLeast(double value, double minimum, string owner, [CallerArgumentExpression(nameof(value))] string name = "")
        => double.IsFinite(value) && value >= minimum
            ? value
            : throw OutOfRange(owner, name, FormattableString.Invariant($"finite and at least {minimum}"), value);

    /// <summary>The value, if it is finite.</summary>
    public static double Finite(double value, string owner, [CallerArgumentExpression(nameof(value))] string name = "")
        => double.IsFinite(value) ? value : throw OutOfRange(owner, name, "finite", value);

    /// <summary>The value, if it is finite and above 0.</summary>
    public static double Positive(double value, string owner, [CallerArgumentExpression(nameof(value))] string name = "")
        => double.IsFinite(value) && value > 0 ? value : throw OutOfRange(owner, name, "finite and above 0", value);

    /// <summary>The value, if it is in [0, 1): a share that may not be everything.</summary>
    public static double Fraction(double value, string owner, [CallerArgumentExpression(nameof(value))] string name = "")
        => value is >= 0 and < 1 ? value : throw OutOfRange(owner, name, "at least 0 and below 1", value);

    /// <summary>The value, if it is in [<paramref name="minimum"/>, <paramref name="maximum"/>].</summary>
    public static double InRange(double value, double minimum, double maximum, string owner,
        [CallerArgumentExpression(nameof(value))] string name = "")
        => value >= minimum && value <= maximum
            ? value
            : throw OutOfRange(owner, name, FormattableString.Invariant($"from {minimum} to {maximum}"), value);

    /// <summary>An exception for a value outside its range: the owner and argument, the range, the value.</summary>
    public static DeepGpuArgumentException OutOfRange(string owner, string name, string range, object? value) => new(
        new Fault(
            "argument_out_of_range",
            $"{owner}: {Camel(name)} must be {range},",
            FormattableString.Invariant($"but is {value ?? "null"}."),
            $"Pass a value that is {range}."),
        Camel(name));

    private static string Camel(string name)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        return last.Length == 0 ? last : char.ToLowerInvariant(last[0]) + last[1..];
    }
}
