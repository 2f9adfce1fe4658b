using System.Text.Json;

namespace DeepGpu.Hardware;

/// <summary>Reads the rows of a price file; a fault names the row and its line.</summary>
internal sealed class PriceRows
{
    private const string Schema = "Compare the file with docs/schemas/gpu-prices.schema.json.";

    private static readonly string[] Members = ["schemaVersion", "$schema", "currencies", "prices", "rents"];

    private readonly ReadOnlyMemory<byte> _utf8;
    private readonly PriceRow _row;

    private PriceRows(ReadOnlyMemory<byte> utf8, PriceRow row) => (_utf8, _row) = (utf8, row);

    public static GpuPriceFile Read(JsonElement root, ReadOnlyMemory<byte> utf8, GpuCatalog catalog, DateOnly today)
    {
        Check(root);
        var rows = new PriceRows(utf8, new(Currencies(root), catalog, today));
        return new()
        {
            Prices = rows.Each(root, "prices", rows._row.Price),
            Rents = rows.Each(root, "rents", rows._row.Rent),
        };
    }

    private List<T> Each<T>(JsonElement root, string list, Func<JsonElement, T> read)
    {
        var rows = new List<T>();
        if (!root.TryGetProperty(list, out var json)) return rows;
        foreach (var (index, entry) in JsonValue.Typed(list, json, JsonValueKind.Array, "a list of rows").EnumerateArray().Index())
        {
            try
            {
                rows.Add(read(entry));
            }
            catch (ModelFormatException e)
            {
                throw new ModelFormatException(e.Fault, entry: $"{list}[{index}], line {JsonLines.LineOf(_utf8.Span, list, index)}",
                    innerException: e);
            }
        }

        return rows;
    }

    private static Dictionary<string, double> Currencies(JsonElement root)
    {
        var rates = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase) { ["USD"] = 1 };
        if (!root.TryGetProperty("currencies", out var json)) return rates;
        foreach (var rate in JsonValue.Typed("currencies", json, JsonValueKind.Object, "an object of currency to US dollars")
            .EnumerateObject())
        {
            rates[rate.Name] = JsonValue.Number($"currencies.{rate.Name}", rate.Value, 1e6);
        }

        return rates;
    }

    private static void Check(JsonElement root)
    {
        JsonValue.Typed("the file", root, JsonValueKind.Object, "a JSON object with 'prices' or 'rents'");
        var unknown = root.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !Members.Contains(name));
        if (unknown is not null) throw Broken("unknown_field", $"A price file may hold {string.Join(", ", Members)},",
            $"but holds '{StrictJson.Printable(unknown)}'.");
        if (!root.TryGetProperty("prices", out _) && !root.TryGetProperty("rents", out _)) throw Broken("missing_field",
            "A price file must have 'prices' or 'rents',", "but has neither.");
        if (!root.TryGetProperty("schemaVersion", out var version) || JsonValue.Whole("schemaVersion", version, 0,
            int.MaxValue) == GpuPriceFile.CurrentSchemaVersion) return;
        throw Broken("unsupported_version", $"This library reads price files of schemaVersion {GpuPriceFile.CurrentSchemaVersion},",
            $"but the file has {version}.");
    }

    private static ModelFormatException Broken(string code, string rule, string received) => new(new Fault(code, rule, received, Schema));
}

/// <summary>Finds the line that an element of a list begins on.</summary>
internal static class JsonLines
{
    /// <summary>The line, from 1, of an element of a list that is a member of the root.</summary>
    public static int LineOf(ReadOnlySpan<byte> utf8, string list, int index)
    {
        var reader = new Utf8JsonReader(utf8);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1 || !reader.ValueTextEquals(list)) continue;
            reader.Read();
            for (var place = 0; reader.Read() && place < index; place++) reader.Skip();
            break;
        }

        return 1 + utf8[..(int)reader.TokenStartIndex].Count((byte)'\n');
    }
}
