using System.Globalization;
using System.Text.Json;

namespace DeepGpu.Hardware.Catalog;

/// <summary>Checked values of a catalogue's JSON: the right type, within a range that hardware can have, safe to show.</summary>
internal static class JsonValue
{
    private const int LongestText = 200;

    public static string Text(string name, JsonElement json)
    {
        var text = Typed(name, json, JsonValueKind.String, "a text").GetString()!;
        if (text.Length is 0 or > LongestText || string.IsNullOrWhiteSpace(text))
            throw BadValue(name, $"a text of 1 to {LongestText} characters", $"is '{StrictJson.Printable(text)}'");
        return PrintableText.Is(text) ? text : throw BadValue(name, "free of control characters", $"is '{StrictJson.Printable(text)}'");
    }

    public static double Number(string name, JsonElement json, double most)
    {
        var number = Typed(name, json, JsonValueKind.Number, "a number").GetDouble();
        return double.IsFinite(number) && number > 0 && number <= most
            ? number
            : throw OutOfRange(name, json, $"above 0 and at most {most.ToString("0.###", CultureInfo.InvariantCulture)}");
    }

    public static int Whole(string name, JsonElement json, int least, int most)
    {
        var number = Typed(name, json, JsonValueKind.Number, "a whole number").GetDouble();
        if (double.IsFinite(number) && number != Math.Floor(number)) throw WrongType(name, "a whole number", $"is {json.GetRawText()}");
        return number >= least && number <= most ? (int)number : throw OutOfRange(name, json, $"from {least} to {most}");
    }

    public static TEnum Choice<TEnum>(string name, JsonElement json)
        where TEnum : struct, Enum
    {
        var text = Text(name, json);
        var wanted = Letters(text);
        var match = Enum.GetNames<TEnum>().FirstOrDefault(known => string.Equals(known, wanted, StringComparison.OrdinalIgnoreCase));
        return match is null
            ? throw BadValue(name, $"one of {string.Join(", ", Enum.GetNames<TEnum>())}", $"is '{text}'")
            : Enum.Parse<TEnum>(match);
    }

    public static Version Release(string name, JsonElement json)
    {
        var text = Text(name, json);
        return Version.TryParse(text.Contains('.', StringComparison.Ordinal) ? text : text + ".0", out var version)
            ? version
            : throw BadValue(name, "a release number such as \"12.8\"", $"is '{text}'");
    }

    public static DateOnly Date(string name, JsonElement json)
    {
        var text = Text(name, json);
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw BadValue(name, "a date as year-month-day", $"is '{text}'");
    }

    public static bool Flag(string name, JsonElement json)
        => json.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? json.GetBoolean()
            : throw WrongType(name, "true or false", $"is {Kind(json)}");

    public static IReadOnlyList<string> Texts(string name, JsonElement json)
        => [.. Typed(name, json, JsonValueKind.Array, "a list of texts").EnumerateArray().Select(item => Text(name, item))];

    public static JsonElement Typed(string name, JsonElement json, JsonValueKind kind, string wanted)
        => json.ValueKind == kind ? json : throw WrongType(name, wanted, $"is {Kind(json)}");

    public static ModelFormatException WrongType(string name, string wanted, string received)
        => Fault("wrong_field_type", $"'{name}' must be {wanted},", received, "Write the value in JSON's own type.");

    public static ModelFormatException BadValue(string name, string wanted, string received)
        => Fault("bad_value", $"'{name}' must be {wanted},", received, "Correct the value; a quantity's unit is in its field's name.");

    private static ModelFormatException OutOfRange(string name, JsonElement json, string range)
        => BadValue(name, range, $"is {StrictJson.Printable(json.GetRawText())}");

    private static ModelFormatException Fault(string code, string rule, string received, string remedy)
        => new(new Fault(code, rule, $"but {received}.", remedy));

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    private static string Kind(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"the text '{StrictJson.Printable(json.GetString()!)}'",
        JsonValueKind.Number => $"the number {StrictJson.Printable(json.GetRawText())}",
        JsonValueKind.Null => "null",
        _ => json.GetRawText(),
    };
}
