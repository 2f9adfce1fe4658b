using System.CommandLine;
using System.Text;
using System.Text.Json;
using DeepGpu.Cli.Arguments;
using DeepGpu.Hardware;

namespace DeepGpu.Cli.Commands;

/// <summary>forecast and choose for a transformer that a config.json describes: one line a card.</summary>
internal static class ForecastTransformer
{
    private const int Picks = 3;

    /// <summary>Prints the forecast on a card, if MODEL is a config.json.</summary>
    public static bool Forecast(ParseResult parsed, WorkloadOptions work, TransformerOptions options, GpuSpec card, int cards, bool json)
    {
        if (TransformerOptions.Shape(work.Model(parsed)) is not { } shape) return false;
        var line = Of(parsed, work, options, shape, card, cards);
        Write(parsed, json ? [line] : [], line.Text, json);
        return true;
    }

    /// <summary>Prints which cards it fits, if MODEL is a config.json: the cheapest, and the fastest of those that can be bought.</summary>
    public static bool Choose(ParseResult parsed, WorkloadOptions work, TransformerOptions options, GpuCatalog catalog,
        Requirements rules, bool json)
    {
        if (TransformerOptions.Shape(work.Model(parsed)) is not { } shape) return false;
        List<CardLine> fitting = [.. catalog.Cards.Where(card => card.IsSoldNew && card.IsSoldSingly && rules.Check(card, catalog.Prices)
            .Count == 0)
            .Select(card => Of(parsed, work, options, shape, card, rules.CardCount)).Where(line => line.Fits == FitVerdict.Fits)];
        List<CardLine> priced = [.. fitting.Select(line => line with { Price = catalog.Prices.ToBuy(line.Card, rules.Used)?.Low })
            .Where(line => line.Price is not null).OrderBy(line => line.Price!.Value.Dollars)];
        List<CardLine> picks = [.. priced.Take(Picks), .. priced.Where(line => line.Speed > 0).OrderByDescending(line => line.Speed)
            .Take(1)];
        picks = [.. picks.DistinctBy(line => line.Card.Name)];
        var text = picks.Count == 0 ? $"No card that is sold by itself at a known price surely fits {shape.Name}."
            : string.Join(Environment.NewLine, picks.Select(line => $"{line.Price}: {line.Text}"));
        Write(parsed, picks, text, json);
        return true;
    }

    private static CardLine Of(ParseResult parsed, WorkloadOptions work, TransformerOptions options, TransformerShape shape, GpuSpec card,
        int cards)
    {
        var (batch, precision) = (work.BatchOf(parsed, shape.IsGenerative && work.IsInference(parsed) ? 1 : null), work.Precision(parsed));
        if (work.IsInference(parsed))
        {
            var f = TransformerForecaster.Default.Forecast(options.Request(parsed, shape, precision?.Text, batch, cards), card);
            return new(card, f.ToString(), f.Fits, f.ProbabilityThatItFits, f.PeakMemory, f.TokensPerSecond);
        }

        var t = TransformerForecaster.Default.Forecast(options.Training(parsed, shape, precision, batch, cards), card);
        return new(card, t.ToString(), t.Fits, t.ProbabilityThatItFits, t.PeakMemory, t.TokensPerSecond);
    }

    private static void Write(ParseResult parsed, IReadOnlyList<CardLine> lines, string text, bool json)
        => parsed.InvocationConfiguration.Output.WriteLine(json ? Json(lines) : text);

    private static string Json(IReadOnlyList<CardLine> lines)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var line in lines) line.Write(json);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A card with its answer.</summary>
    private sealed record CardLine(GpuSpec Card, string Text, FitVerdict Fits, double Probability, Estimate<ByteSize> Memory,
        Estimate<double>? Tokens)
    {
        public Money? Price { get; init; }

        public double Speed => Tokens?.Value ?? 0;

        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("gpu", Card.Name);
            json.WriteString("text", Text);
            if (Fits == FitVerdict.Uncertain) json.WriteNull("fits");
            else json.WriteBoolean("fits", Fits == FitVerdict.Fits);
            json.WriteNumber("probabilityThatItFits", Math.Round(Probability, 3));
            json.WriteNumber("memoryGiB", Math.Round(Memory.Value.Gibibytes, 3));
            if (Tokens is { } tokens)
            {
                json.WriteNumber("tokensPerSecond", Math.Round(tokens.Value, 2));
                json.WriteNumber("tokensPerSecondLow", Math.Round(tokens.Low, 2));
                json.WriteNumber("tokensPerSecondHigh", Math.Round(tokens.High, 2));
            }

            if (Price is { } price) json.WriteNumber("priceUsd", price.Dollars);
            json.WriteEndObject();
        }
    }
}
