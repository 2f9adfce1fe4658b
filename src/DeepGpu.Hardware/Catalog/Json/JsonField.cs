using System.Text.Json;

namespace DeepGpu.Hardware.Catalog;

/// <summary>One field of a catalogue entry: how it is read into a record and written from it.</summary>
/// <param name="Name">The field's name; a quantity's unit is in it.</param>
/// <param name="IsRequired">Whether an entry without it is refused.</param>
/// <param name="Read">A record with the field set; throws <see cref="ModelFormatException"/> for a value that cannot be.</param>
/// <param name="Write">Writes the value; writes nothing where it is unknown.</param>
internal sealed record JsonField<T>(string Name, bool IsRequired, Func<T, JsonElement, T> Read, Action<Utf8JsonWriter, T> Write);

/// <summary>Makes fields of the kinds that entries have.</summary>
internal static class JsonField
{
    public static JsonField<T> Text<T>(string name, Func<T, string?> get, Func<T, string, T> set, bool required = false)
        => new(name, required, (record, json) => set(record, JsonValue.Text(name, json)),
            (writer, record) => WriteText(writer, name, get(record)));

    public static JsonField<T> Number<T>(string name, double most, Func<T, double?> get, Func<T, double, T> set, bool required = false)
        => new(name, required, (record, json) => set(record, JsonValue.Number(name, json, most)),
            (writer, record) => WriteNumber(writer, name, get(record)));

    public static JsonField<T> Whole<T>(string name, int least, int most, Func<T, int?> get, Func<T, int, T> set, bool required = false)
        => new(name, required, (record, json) => set(record, JsonValue.Whole(name, json, least, most)),
            (writer, record) => WriteNumber(writer, name, get(record)));

    public static JsonField<T> Rate<T>(string name, Func<T, ComputeRate?> get, Func<T, ComputeRate, T> set, bool required = false)
        => Number<T>(name, 1e6, record => get(record)?.Teraflops,
            (record, value) => set(record, ComputeRate.FromTeraflops(value)), required);

    public static JsonField<T> Watts<T>(string name, Func<T, Power?> get, Func<T, Power, T> set)
        => Number<T>(name, 10_000, record => get(record)?.Watts, (record, value) => set(record, Power.FromWatts(value)));

    public static JsonField<T> Megahertz<T>(string name, Func<T, Frequency?> get, Func<T, Frequency, T> set, bool required = false)
        => Number<T>(name, 100_000, record => get(record)?.Megahertz,
            (record, value) => set(record, Frequency.FromMegahertz(value)), required);

    public static JsonField<T> GigabytesPerSecond<T>(string name, Func<T, Bandwidth?> get, Func<T, Bandwidth, T> set, bool required = false)
        => Number<T>(name, 1e6, record => get(record)?.GigabytesPerSecond,
            (record, value) => set(record, Bandwidth.FromGigabytesPerSecond(value)), required);

    public static JsonField<T> Dollars<T>(string name, Func<T, Money?> get, Func<T, Money, T> set)
        => Number<T>(name, 1e7, record => get(record)?.Dollars, (record, value) => set(record, Money.FromDollars(value)));

    public static JsonField<T> Choice<T, TEnum>(string name, Func<T, TEnum?> get, Func<T, TEnum, T> set, bool required = false)
        where TEnum : struct, Enum
        => new(name, required, (record, json) => set(record, JsonValue.Choice<TEnum>(name, json)),
            (writer, record) => WriteText(writer, name, get(record)?.ToString()));

    /// <summary>A list of choices; an empty one says that there are none, a missing one that it is not known.</summary>
    public static JsonField<T> Choices<T, TEnum>(string name, Func<T, IReadOnlyList<TEnum>?> get, Func<T, IReadOnlyList<TEnum>, T> set)
        where TEnum : struct, Enum
        => new(name, false, (record, json) => set(record, [.. JsonValue.Typed(name, json, JsonValueKind.Array, "a list")
            .EnumerateArray().Select(item => JsonValue.Choice<TEnum>(name, item))]), (writer, record) =>
        {
            if (get(record) is not { } known) return;
            writer.WriteStartArray(name);
            foreach (var choice in known) writer.WriteStringValue(choice.ToString());
            writer.WriteEndArray();
        });

    public static JsonField<T> Release<T>(string name, Func<T, Version?> get, Func<T, Version, T> set)
        => new(name, false, (record, json) => set(record, JsonValue.Release(name, json)),
            (writer, record) => WriteText(writer, name, get(record)?.ToString()));

    public static JsonField<T> Date<T>(string name, Func<T, DateOnly?> get, Func<T, DateOnly, T> set)
        => new(name, false, (record, json) => set(record, JsonValue.Date(name, json)), (writer, record) =>
            WriteText(writer, name, get(record)?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));

    public static JsonField<T> Flag<T>(string name, Func<T, bool?> get, Func<T, bool, T> set)
        => new(name, false, (record, json) => set(record, JsonValue.Flag(name, json)), (writer, record) =>
        {
            if (get(record) is { } known) writer.WriteBoolean(name, known);
        });

    public static JsonField<T> Texts<T>(string name, Func<T, IReadOnlyList<string>> get, Func<T, IReadOnlyList<string>, T> set)
        => new(name, false, (record, json) => set(record, JsonValue.Texts(name, json)),
            (writer, record) => WriteTexts(writer, name, get(record)));

    public static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyCollection<string> values)
    {
        if (values.Count == 0) return;
        writer.WriteStartArray(name);
        foreach (var value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null) writer.WriteString(name, value);
    }

    /// <summary>Sixteen digits would show the rounding of unit conversions (0.1 + 0.2), so twelve are written.
    /// JSON has no NaN: it becomes a text, which no reader takes for a number.</summary>
    private static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is not { } number) return;
        if (double.IsFinite(number)) writer.WriteNumber(name, Rounded(number));
        else writer.WriteString(name, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static double Rounded(double value)
        => double.Parse(value.ToString("G12", System.Globalization.CultureInfo.InvariantCulture),
            System.Globalization.CultureInfo.InvariantCulture);
}
