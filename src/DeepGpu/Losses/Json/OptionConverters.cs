using System.Text.Json;
using System.Text.Json.Serialization;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>An enumeration by Keras's snake-case name; its None is null.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class NoneEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly T None = Enum.Parse<T>("None");

    public override bool HandleNull => true;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null) return None;
        var name = reader.GetString();
        return Enum.GetValues<T>().Where(value => Name(value) == name).Select(value => (T?)value).FirstOrDefault()
            ?? throw new JsonException($"'{name}' is none of {string.Join(", ", Enum.GetValues<T>().Select(Name))}.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        if (value.Equals(None)) writer.WriteNullValue();
        else writer.WriteStringValue(Name(value));
    }

    private static string Name(T value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

/// <summary>One number or a list of numbers; one is written alone.</summary>
internal sealed class NumberListConverter : JsonConverter<IReadOnlyList<double>>
{
    public override IReadOnlyList<double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        return root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray().Select(number => number.GetDouble())] : [root.GetDouble()];
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<double> value, JsonSerializerOptions options)
    {
        if (value.Count != 1) writer.WriteStartArray();
        foreach (var number in value) writer.WriteNumberValue(number);
        if (value.Count != 1) writer.WriteEndArray();
    }
}

/// <summary>Whole numbers as a list, or one alone.</summary>
internal sealed class IntegerListConverter : JsonConverter<IReadOnlyList<int>>
{
    public override IReadOnlyList<int> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => [.. JsonLists.ReadOneOrMany(ref reader)];

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<int> value, JsonSerializerOptions options)
        => JsonLists.Write(writer, value.Select(n => (int?)n));
}
