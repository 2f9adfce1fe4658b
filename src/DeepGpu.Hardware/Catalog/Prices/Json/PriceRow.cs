using System.Text.Json;

namespace DeepGpu.Hardware;

/// <summary>Reads one row of a price file.</summary>
/// <param name="currencies">US dollars of one unit of each known currency.</param>
/// <param name="catalog">The cards that rows speak of.</param>
/// <param name="today">The day after which no price can have been seen.</param>
internal sealed class PriceRow(IReadOnlyDictionary<string, double> currencies, GpuCatalog catalog, DateOnly today)
{
    private const double MostDollars = 1e7;

    private static readonly string[] PriceFields = ["gpu", "kind", "price", "low", "high", "currency", "date", "source"];

    private static readonly string[] RentFields =
        ["provider", "instance", "gpu", "count", "onDemandPerHour", "spotPerHour", "currency", "region", "tier", "date", "source",
            "licence"];

    public GpuPrice Price(JsonElement row)
    {
        Check(row, PriceFields);
        var (low, high) = Range(row);
        return new()
        {
            Gpu = Card(row),
            Kind = JsonValue.Choice<GpuPriceKind>("kind", Member(row, "kind")),
            Low = low,
            High = high,
            Currency = Currency(row),
            Date = Date(row),
            Source = JsonValue.Text("source", Member(row, "source")),
        };
    }

    public GpuRent Rent(JsonElement row)
    {
        Check(row, RentFields);
        var (onDemand, spot) = (Amount(row, "onDemandPerHour"), Amount(row, "spotPerHour"));
        if (onDemand is null && spot is null) throw Missing("onDemandPerHour or spotPerHour");
        return new()
        {
            Provider = JsonValue.Text("provider", Member(row, "provider")),
            Instance = JsonValue.Text("instance", Member(row, "instance")),
            Gpu = Card(row),
            Count = row.TryGetProperty("count", out var count) ? JsonValue.Whole("count", count, 1, 100_000) : 1,
            OnDemand = onDemand,
            Spot = spot,
            Currency = Currency(row),
            Region = Optional(row, "region"),
            Tier = Optional(row, "tier"),
            Date = Date(row),
            Source = JsonValue.Text("source", Member(row, "source")),
            Licence = Optional(row, "licence"),
        };
    }

    private (Money Low, Money High) Range(JsonElement row)
    {
        if (Amount(row, "price") is { } one) return (one, one);
        if (Amount(row, "low") is not { } low || Amount(row, "high") is not { } high) throw Missing("price, or low and high");
        return low <= high ? (low, high) : throw JsonValue.BadValue("low", "at most 'high'", $"{low} is more than {high}");
    }

    private Money? Amount(JsonElement row, string name)
        => row.TryGetProperty(name, out var json) && json.ValueKind != JsonValueKind.Null
            ? Money.FromDollars(JsonValue.Number(name, json, MostDollars) * currencies[Currency(row)])
            : null;

    private string Currency(JsonElement row)
    {
        var name = row.TryGetProperty("currency", out var json) ? JsonValue.Text("currency", json) : "USD";
        if (currencies.ContainsKey(name)) return name;
        throw new ModelFormatException(new Fault(
            "unknown_currency",
            $"A price must be in a currency that the file gives the rate of ({string.Join(", ", currencies.Keys)}),",
            $"but is in '{StrictJson.Printable(name)}'.",
            $"Add \"currencies\": {{\"{StrictJson.Printable(name)}\": dollars of one unit}} to the file."));
    }

    private DateOnly Date(JsonElement row)
    {
        var date = JsonValue.Date("date", Member(row, "date"));
        return date <= today ? date : throw JsonValue.BadValue("date", $"a day that has come (today is {today:yyyy-MM-dd})",
            $"is {date:yyyy-MM-dd}");
    }

    private string Card(JsonElement row)
    {
        var name = JsonValue.Text("gpu", Member(row, "gpu"));
        try
        {
            return catalog.Find(name).Name;
        }
        catch (GpuNotFoundException e)
        {
            throw new ModelFormatException(e.Fault, innerException: e);
        }
    }

    private static void Check(JsonElement row, string[] fields)
    {
        JsonValue.Typed("row", row, JsonValueKind.Object, "an object");
        var unknown = row.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !fields.Contains(name));
        if (unknown is null) return;
        throw new ModelFormatException(new Fault(
            "unknown_field",
            $"A row may have {string.Join(", ", fields)},",
            $"but has '{StrictJson.Printable(unknown)}'.",
            $"Did you mean '{fields.MinBy(known => Spelling.Distance(known, unknown))}'?"));
    }

    private static string? Optional(JsonElement row, string name)
        => row.TryGetProperty(name, out var json) && json.ValueKind != JsonValueKind.Null ? JsonValue.Text(name, json) : null;

    private static JsonElement Member(JsonElement row, string name) => row.TryGetProperty(name, out var json) ? json : throw Missing(name);

    private static ModelFormatException Missing(string name) => new(new Fault(
        "missing_field",
        $"A row must have '{name}',",
        "but it is missing.",
        "Add it; docs/schemas/gpu-prices.schema.json describes a row."));
}
