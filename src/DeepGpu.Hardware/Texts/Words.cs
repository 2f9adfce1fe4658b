using System.Globalization;

namespace DeepGpu.Hardware;

/// <summary>Times, amounts and ranges as people say them: equal ends are one figure, tiny values have a word of their own.</summary>
internal static class Words
{
    private const double Cent = 0.01;

    public static string Of(TimeSpan time) => time switch
    {
        { TotalMilliseconds: < 1 } => "under a millisecond",
        { TotalSeconds: < 1 } => Text($"{time.TotalMilliseconds:0.#} ms"),
        { TotalSeconds: < 100 } => Text($"{Short(time.TotalSeconds)} s"),
        { TotalMinutes: < 100 } => Text($"{Short(time.TotalMinutes)} min"),
        { TotalHours: < 72 } => Text($"{Short(time.TotalHours)} hours"),
        { TotalDays: < 10 } => Text($"{time.TotalDays:0.#} days"),
        _ => Text($"{time.TotalDays:#,0} days"),
    };

    public static string Of(Money money) => money.Dollars switch
    {
        0 => "$0",
        > 0 and < Cent => "under 1 cent",
        < 10 => Text($"${money.Dollars:0.00}"),
        _ => Text($"${money.Dollars:#,0}"),
    };

    public static string Of(double number) => Math.Abs(number) switch
    {
        0 => "0",
        < 0.1 => Text($"{number:0.###}") is "0" or "-0" ? "almost 0" : Text($"{number:0.###}"),
        < 10 => Text($"{number:0.#}"),
        _ => Text($"{number:#,0}"),
    };

    public static string Of(Estimate<TimeSpan> time) => Between(Of(time.Value), Of(time.Low), Of(time.High));

    public static string Of(Estimate<Money> money) => Between(Of(money.Value), Of(money.Low), Of(money.High));

    /// <summary>A value with its interval; the value alone where both ends read the same.</summary>
    public static string Between(string value, string low, string high) => low == high ? value : $"{value} ({low} to {high})";

    /// <summary>A count with its noun: "1 card", "14 cards".</summary>
    public static string Count(int count, string noun) => Text($"{count:#,0} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>The first letter made a capital.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Short(double value) => value < 10 ? Text($"{value:0.#}") : Text($"{value:0}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
