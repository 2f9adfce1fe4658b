using System.CommandLine;
using System.Text.Json;
using DeepGpu.Cli.Arguments;
using DeepGpu.Hardware;
using DeepGpu.Hardware.Catalog;
using DeepGpu.Models;

namespace DeepGpu.Cli.Commands;

/// <summary>forecast and choose for a diffusion model that a config.json of diffusers describes: one line a card.</summary>
internal static class ForecastDiffusion
{
    private const int Picks = 3;

    /// <summary>Prints the forecast on a card, if MODEL is a diffusion model.</summary>
    public static bool Forecast(ParseResult parsed, WorkloadOptions work, DiffusionOptions options, GpuSpec card, bool json)
    {
        if (Request(parsed, work, options) is not { } request) return false;
        var forecast = DiffusionForecaster.Default.Forecast(request, card);
        Write(parsed, json ? Json([forecast]) : forecast.ToString());
        return true;
    }

    /// <summary>Prints the cheapest cards that hold the weights, and the fastest of those that can be bought, if MODEL is a diffusion
    /// model.</summary>
    public static bool Choose(ParseResult parsed, WorkloadOptions work, DiffusionOptions options, GpuCatalog catalog, Requirements rules,
        bool json)
    {
        if (Request(parsed, work, options) is not { } request) return false;
        List<(Money Price, DiffusionForecast Forecast)> cards = [.. catalog.Cards
            .Where(card => rules.ObstacleToBuy(card) is null && rules.Check(card, catalog.Prices).Count == 0)
            .Select(card => (Price: catalog.Prices.ToBuy(card, rules.Used)?.Low,
                Forecast: DiffusionForecaster.Default.Forecast(request, card)))
            .Where(pair => pair is { Price: not null, Forecast: { Fits: null, SecondsPerImage: not null } })
            .Select(pair => (pair.Price!.Value, pair.Forecast)).OrderBy(pair => pair.Item1.Dollars)];
        List<(Money Price, DiffusionForecast Forecast)> picks = [.. cards.Take(Picks).Concat(cards
            .OrderBy(pair => pair.Forecast.SecondsPerImage!.Value.Value).Take(1)).DistinctBy(pair => pair.Forecast.Card.Name)];
        Write(parsed, json ? Json([.. picks.Select(pick => pick.Forecast)])
            : picks.Count == 0 ? $"No card that is sold by itself at a known price holds the weights of {request.Model.Name}."
            : string.Join(Environment.NewLine, picks.Select(pick => $"{pick.Price}: {pick.Forecast}")));
        return true;
    }

    private static DiffusionRequest? Request(ParseResult parsed, WorkloadOptions work, DiffusionOptions options)
        => DiffusionConfig.FileOf(work.Model(parsed)) is { } file
            ? options.Request(parsed, DiffusionConfig.Read(file), work.BatchOf(parsed, 1), work.Precision(parsed)) : null;

    private static void Write(ParseResult parsed, string text) => parsed.InvocationConfiguration.Output.WriteLine(text);

    private static string Json(IReadOnlyList<DiffusionForecast> forecasts) => JsonText.Array(json =>
    {
        foreach (var forecast in forecasts) Write(json, forecast);
    });

    private static void Write(Utf8JsonWriter json, DiffusionForecast f)
    {
        json.WriteStartObject();
        json.WriteString("gpu", f.Card.Name);
        json.WriteString("text", f.ToString());
        json.Flag("fits", f.Fits is null ? null : false);
        json.WriteNumber("weightsGiB", Math.Round(f.Weights.Gibibytes, 3));
        if (f.SecondsPerImage is { } seconds) WriteSeconds(json, seconds);
        json.WriteEndObject();
    }

    private static void WriteSeconds(Utf8JsonWriter json, Estimate<double> seconds)
    {
        json.WriteNumber("secondsPerImage", Math.Round(seconds.Value, 4));
        json.WriteNumber("secondsPerImageLow", Math.Round(seconds.Low, 4));
        json.WriteNumber("secondsPerImageHigh", Math.Round(seconds.High, 4));
    }
}
