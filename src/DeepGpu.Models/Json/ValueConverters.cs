using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeepGpu.Models.Json;

/// <summary>A shape as a list, null where a length is open.</summary>
internal sealed class ShapeConverter : JsonConverter<Shape>
{
    public override Shape Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => new(JsonLists.ReadNullable(ref reader));

    public override void Write(Utf8JsonWriter writer, Shape value, JsonSerializerOptions options) => JsonLists.Write(writer, value.Axes);
}

/// <summary>An extent as a list, or as one number for every axis.</summary>
internal sealed class ExtentConverter : JsonConverter<Extent>
{
    public override Extent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => new([.. JsonLists.ReadOneOrMany(ref reader)]);

    public override void Write(Utf8JsonWriter writer, Extent value, JsonSerializerOptions options)
        => JsonLists.Write(writer, value.Lengths.Select(n => (int?)n));
}

/// <summary>Axes as one number or a list.</summary>
internal sealed class AxesConverter : JsonConverter<Axes>
{
    public override Axes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => new([.. JsonLists.ReadOneOrMany(ref reader)]);

    public override void Write(Utf8JsonWriter writer, Axes value, JsonSerializerOptions options)
    {
        if (value.Numbers.Length == 1) writer.WriteNumberValue(value.Numbers[0]);
        else JsonLists.Write(writer, value.Numbers.Select(n => (int?)n));
    }
}

/// <summary>Whole numbers as a list, or one alone.</summary>
internal sealed class IntegersConverter : JsonConverter<ImmutableArray<int>>
{
    public override ImmutableArray<int> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => [.. JsonLists.ReadOneOrMany(ref reader)];

    public override void Write(Utf8JsonWriter writer, ImmutableArray<int> value, JsonSerializerOptions options)
        => JsonLists.Write(writer, value.Select(n => (int?)n));
}

/// <summary>Margins as a number, a pair, or pairs (or numbers) for each axis.</summary>
internal sealed class MarginsConverter : ElementConverter<Margins>
{
    protected override Margins Of(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Number) return root.GetInt32();
        var items = root.EnumerateArray().ToList();
        if (items.Any(item => item.ValueKind == JsonValueKind.Array)) return new([.. items.Select(Pair)]);
        return items.Select(item => item.GetInt32()).ToList() switch
        {
            [var all] => new Margins((all, all)),
            [var before, var after] => new((before, after)),
            [var depth, var height, var width] => new((depth, depth), (height, height), (width, width)),
            _ => throw new JsonException("One to three numbers, or pairs of them, are needed."),
        };
    }

    public override void Write(Utf8JsonWriter writer, Margins value, JsonSerializerOptions options)
    {
        if (value.Sides.Length == 1)
        {
            JsonLists.Write(writer, [value.Sides[0].Before, value.Sides[0].After]);
            return;
        }

        writer.WriteStartArray();
        foreach (var (before, after) in value.Sides) JsonLists.Write(writer, [before, after]);
        writer.WriteEndArray();
    }

    private static (int Before, int After) Pair(JsonElement item)
    {
        if (item.ValueKind == JsonValueKind.Number) return (item.GetInt32(), item.GetInt32());
        return item.GetArrayLength() == 2
            ? (item[0].GetInt32(), item[1].GetInt32())
            : throw new JsonException("A pair of numbers is needed.");
    }
}

/// <summary>One number or a list of numbers.</summary>
internal sealed class NumbersConverter : ElementConverter<ImmutableArray<double>>
{
    protected override ImmutableArray<double> Of(JsonElement root) => [.. Leaves(root)];

    public override void Write(Utf8JsonWriter writer, ImmutableArray<double> value, JsonSerializerOptions options)
    {
        if (value.Length == 1)
        {
            writer.WriteNumberValue(value[0]);
            return;
        }

        writer.WriteStartArray();
        foreach (var number in value) writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    private static IEnumerable<double> Leaves(JsonElement element)
        => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Leaves) : [element.GetDouble()];
}

/// <summary>Bounds as a pair, or a number that stands for both.</summary>
internal sealed class FactorRangeConverter : ElementConverter<FactorRange>
{
    protected override FactorRange Of(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Number) return root.GetDouble();
        if (root.GetArrayLength() != 2) throw new JsonException("A factor is one number or two.");
        return (root[0].GetDouble(), root[1].GetDouble());
    }

    public override void Write(Utf8JsonWriter writer, FactorRange value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Lower);
        writer.WriteNumberValue(value.Upper);
        writer.WriteEndArray();
    }
}
