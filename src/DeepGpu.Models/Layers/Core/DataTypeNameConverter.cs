using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeepGpu.Models.Layers;

/// <summary>A format of numbers by its name in lower case: "bfloat16".</summary>
internal sealed class DataTypeNameConverter : JsonConverter<DataType?>
{
    public override DataType? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var name = reader.GetString()!;
        return Enum.GetValues<DataType>().Select(type => (DataType?)type).FirstOrDefault(type => Name(type) == name)
            ?? throw new JsonException($"'{StrictJson.Printable(name)}' is not a format of numbers this library knows.");
    }

    public override void Write(Utf8JsonWriter writer, DataType? value, JsonSerializerOptions options)
    {
        if (value is null) writer.WriteNullValue();
        else writer.WriteStringValue(Name(value));
    }

    private static string Name(DataType? type) => type.ToString()!.ToLowerInvariant();
}
