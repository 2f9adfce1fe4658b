using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeepGpu.Models.Json;

/// <summary>A category as a text or a whole number.</summary>
internal sealed class CategoryValueConverter : JsonConverter<CategoryValue>
{
    public override CategoryValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.String ? reader.GetString()! : Whole(ref reader);

    public override void Write(Utf8JsonWriter writer, CategoryValue value, JsonSerializerOptions options)
    {
        if (value.Text is { } text) writer.WriteStringValue(text);
        else writer.WriteNumberValue(value.Number);
    }

    /// <summary>A whole number; Python may write one as 3.0.</summary>
    private static long Whole(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number) throw new JsonException("A text or a whole number is needed.");
        if (reader.TryGetInt64(out var whole)) return whole;
        var number = reader.GetDouble();
        if (!double.IsInteger(number) || Math.Abs(number) >= long.MaxValue) throw new JsonException("A whole number is needed.");
        return (long)number;
    }
}

/// <summary>A salt as two numbers, or one that stands for both.</summary>
internal sealed class HashSaltConverter : ElementConverter<HashSalt>
{
    protected override HashSalt Of(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Number) return root.GetInt64();
        if (root.GetArrayLength() != 2) throw new JsonException("A salt is one number or two.");
        return (root[0].GetInt64(), root[1].GetInt64());
    }

    public override void Write(Utf8JsonWriter writer, HashSalt value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.First);
        writer.WriteNumberValue(value.Second);
        writer.WriteEndArray();
    }
}

/// <summary>A window as a function's name or as values; Keras wraps arrays into an object.</summary>
internal sealed class SpectrumWindowConverter : ElementConverter<SpectrumWindow>
{
    protected override SpectrumWindow Of(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.String => Named(root.GetString()!),
        JsonValueKind.Object => Valued(root.GetProperty("config").GetProperty("value")),
        _ => Valued(root),
    };

    public override void Write(Utf8JsonWriter writer, SpectrumWindow value, JsonSerializerOptions options)
    {
        if (value.Function is { } function)
        {
            writer.WriteStringValue(function.ToString().ToLowerInvariant());
            return;
        }

        writer.WriteStartArray();
        foreach (var number in value.Values!.Value) writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    private static SpectrumWindow Valued(JsonElement list) => new([.. list.EnumerateArray().Select(number => number.GetDouble())]);

    private static SpectrumWindow Named(string name)
    {
        var all = Enum.GetValues<WindowFunction>();
        var known = all.Where(function => function.ToString().Equals(name, StringComparison.OrdinalIgnoreCase));
        return known.Select(function => new SpectrumWindow(function)).FirstOrDefault()
            ?? throw new JsonException($"'{StrictJson.Printable(name)}' is not a window this library knows.");
    }
}
