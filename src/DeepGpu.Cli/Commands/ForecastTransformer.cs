using System.CommandLine;
using System.Text.Json;
using DeepGpu.Cli.Arguments;
using DeepGpu.Hardware;
using DeepGpu.Hardware.Catalog;

namespace DeepGpu.Cli.Commands;

/// <summary>forecast, in one line, and choose for a transformer that a config.json describes.</summary>
internal static class ForecastTransformer
{
    /// <summary>Prints the forecast on a card, if MODEL is a config.json.</summary>
    public static bool Forecast(ParseResult parsed, WorkloadOptions work, TransformerOptions options, GpuSpec card, int cards, bool json)
    {
        if (TransformerOptions.Shape(work.Model(parsed)) is not { } shape) return false;
        var line = Of(parsed, work, options, shape, card, cards);
        Write(parsed, json ? [line] : [], line.Text, json);
        return true;
    }

    /// <summary>The recommendation for a transformer; null where MODEL is no config.json.</summary>
    public static Recommendation? Recommend(ParseResult parsed, WorkloadOptions work, TransformerOptions options, GpuAdvisor advisor,
        Requirements rules, RecommendationOptions assumed)
    {
        if (TransformerOptions.Shape(work.Model(parsed)) is not { } shape) return null;
        var (batch, precision) = (BatchOf(parsed, work, shape), work.Precision(parsed));
        return work.IsInference(parsed)
            ? advisor.Recommend(options.Request(parsed, shape, precision?.Text, batch, rules.CardCount), rules, assumed)
            : advisor.Recommend(options.Training(parsed, shape, precision, batch, rules.CardCount), rules, assumed);
    }

    private static CardLine Of(ParseResult parsed, WorkloadOptions work, TransformerOptions options, TransformerShape shape, GpuSpec card,
        int cards)
    {
        var (batch, precision) = (BatchOf(parsed, work, shape), work.Precision(parsed));
        if (work.IsInference(parsed))
        {
            var f = TransformerForecaster.Default.Forecast(options.Request(parsed, shape, precision?.Text, batch, cards), card);
            return new(card, f.ToString(), f.Fits, f.ProbabilityThatItFits, f.PeakMemory, f.TokensPerSecond);
        }

        var t = TransformerForecaster.Default.Forecast(options.Training(parsed, shape, precision, batch, cards), card);
        return new(card, t.ToString(), t.Fits, t.ProbabilityThatItFits, t.PeakMemory, t.TokensPerSecond);
    }

    /// <summary>One sequence of a model that makes text, where no batch is given.</summary>
    private static int BatchOf(ParseResult parsed, WorkloadOptions work, TransformerShape shape)
        => work.BatchOf(parsed, shape.IsGenerative && work.IsInference(parsed) ? 1 : null);

    private static void Write(ParseResult parsed, IReadOnlyList<CardLine> lines, string text, bool json)
        => parsed.InvocationConfiguration.Output.WriteLine(json ? Json(lines) : text);

    private static string Json(IReadOnlyList<CardLine> lines) => JsonText.Array(json =>
    {
        foreach (var line in lines) line.Write(json);
    });

    /// <summary>A card with its answer.</summary>
    private sealed record CardLine(GpuSpec Card, string Text, FitVerdict Fits, double Probability, Estimate<ByteSize> Memory,
        Estimate<double>? Tokens)
    {
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

            json.WriteEndObject();
        }
    }
}
