using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>Reads and writes the layers' options without reflection; Keras's keys are the options' names in snake case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(ShapeConverter), typeof(ExtentConverter), typeof(ActivationConverter), typeof(PaddingConverter), typeof(InitializerConverter)])]
[JsonSerializable(typeof(InputLayer))]
[JsonSerializable(typeof(Dense))]
[JsonSerializable(typeof(Conv2D))]
[JsonSerializable(typeof(MaxPooling2D))]
[JsonSerializable(typeof(Flatten))]
[JsonSerializable(typeof(Dropout))]
internal sealed partial class ModelJsonContext : JsonSerializerContext;

/// <summary>A shape as a list, null where a length is open.</summary>
internal sealed class ShapeConverter : JsonConverter<Shape>
{
    public override Shape Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => new(JsonLists.ReadIntegers(ref reader, nullable: true));

    public override void Write(Utf8JsonWriter writer, Shape value, JsonSerializerOptions options) => JsonLists.Write(writer, value.Axes);
}

/// <summary>An extent as a list, or as one number for every axis.</summary>
internal sealed class ExtentConverter : JsonConverter<Extent>
{
    public override Extent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.Number ? reader.GetInt32() : new Extent([.. JsonLists.ReadIntegers(ref reader, nullable: false).Select(n => n!.Value)]);

    public override void Write(Utf8JsonWriter writer, Extent value, JsonSerializerOptions options) => JsonLists.Write(writer, value.Lengths.Select(n => (int?)n));
}

/// <summary>An activation by Keras's name.</summary>
internal sealed class ActivationConverter() : JsonStringEnumConverter<Activation>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

/// <summary>A padding by Keras's name.</summary>
internal sealed class PaddingConverter() : JsonStringEnumConverter<Padding>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

/// <summary>An initializer as Keras's object: a class name and a config.</summary>
internal sealed class InitializerConverter : JsonConverter<Initializer>
{
    public override Initializer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var (name, config) = (document.RootElement.GetProperty("class_name").GetString(), document.RootElement.GetProperty("config"));
        return name switch
        {
            "GlorotUniform" => new GlorotUniform(),
            "Zeros" => new Constant(0),
            "Ones" => new Constant(1),
            "Constant" => new Constant(config.GetProperty("value").GetDouble()),
            _ => throw LayerJson.UnknownClass(name ?? "null"),
        };
    }

    public override void Write(Utf8JsonWriter writer, Initializer value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("module", "keras.initializers");
        writer.WriteString("class_name", value.GetType().Name);
        writer.WriteStartObject("config");
        if (value is Constant constant) writer.WriteNumber("value", constant.Value);
        writer.WriteEndObject();
        writer.WriteNull("registered_name");
        writer.WriteEndObject();
    }
}
