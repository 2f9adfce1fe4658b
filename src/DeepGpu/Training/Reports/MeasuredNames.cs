using System.Globalization;

namespace DeepGpu.Training;

/// <summary>Measured values by their names, as text.</summary>
internal static class MeasuredNames
{
    /// <summary>That nothing of a name was measured, and what was.</summary>
    public static KeyNotFoundException Missing(string name, IEnumerable<string> names)
        => new($"'{name}' was not measured. Measured: {string.Join(", ", names)}.");

    /// <summary>One line, e.g. "loss 0.2100  accuracy 0.9300".</summary>
    public static string Line(IEnumerable<KeyValuePair<string, double>> values)
        => string.Join("  ", values.Select(value => $"{value.Key} {Text(value.Value)}"));

    /// <summary>Four decimals; four digits of small and large numbers.</summary>
    public static string Text(double value)
        => value.ToString(value != 0 && Math.Abs(value) is < 0.001 or >= 1e6 ? "0.000e+0" : "0.0000", CultureInfo.InvariantCulture);
}
