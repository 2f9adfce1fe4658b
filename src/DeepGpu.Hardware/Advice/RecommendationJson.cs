using System.Text.Json;
using DeepGpu.Hardware.Catalog;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware.Advice;

/// <summary>A recommendation as JSON.</summary>
internal static class RecommendationJson
{
    private const int BytesACard = 3400;

    public static string Of(Recommendation r, int top) => JsonText.Object(
        json =>
        {
            json.WriteString("model", r.Workload.Name);
            json.WriteString("task", r.Workload.Task.ToString().ToLowerInvariant());
            json.WriteNumber("batch", r.Workload.BatchSize);
            json.WriteString("precision", r.Work.Precision);
            json.WriteString("run", r.Run.Text);
            WriteNeeds(json, r.Needs);
            WriteGpu(json, r.Gpu);
            json.Objects("picks", r.Picks, pick => WritePick(json, pick));
            WriteRentOrBuy(json, r.RentOrBuy);
            json.Objects("whatWouldChangeTheVerdict", r.WhatWouldChangeTheVerdict, change => WriteChange(json, change));
            json.Texts("unknown", r.Unknown);
            json.Objects("remedies", r.Remedies, remedy => WriteRemedy(json, remedy));
            json.Objects("cards", r.Cards.Take(top), card => WriteCard(json, card));
            json.Texts("unknownPrice", r.WithoutPrice.Select(card => card.Card.Name));
            json.Objects("unjudged", r.Unjudged, card => WriteRejected(json, card));
            json.Objects("rejected", r.Rejected, card => WriteRejected(json, card));
            json.WriteString("verdict", r.Explain());
        },
        expectedBytes: BytesACard * (Math.Min(top, r.Cards.Count) + r.Rejected.Count / 8 + 2));

    public static void WriteRejected(Utf8JsonWriter json, RejectedGpu rejected)
    {
        json.WriteString("name", rejected.Card.Name);
        json.WriteString("rule", rejected.Rule);
        json.WriteString("required", rejected.Required);
        json.WriteString("actual", rejected.Actual);
    }

    public static void WritePrice(Utf8JsonWriter json, string name, GpuPrice? price)
    {
        if (price is null) json.WriteNull(name);
        else json.Object(name, () => Write(json, price));
    }

    private static void Write(Utf8JsonWriter json, GpuPrice price)
    {
        json.WriteString("kind", price.Kind.ToString().ToLowerInvariant());
        json.Number("lowUsd", price.Low.Dollars);
        json.Number("highUsd", price.High.Dollars);
        json.WriteString("date", price.Date?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("source", price.Source);
    }

    private static void WriteNeeds(Utf8JsonWriter json, WorkloadNeeds? needs) => Member(json, "needs", needs, known =>
    {
        ForecastText.WriteEstimate<ByteSize>(json, "memoryGiB", known.Memory, memory => memory.Gibibytes);
        json.WriteString("boundBy", known.BoundBy.ToString().ToLowerInvariant());
        json.WriteString("bound", known.Bound);
        json.WriteNumber("equalCards", known.EqualCards);
        json.WriteNumber("consideredCards", known.ConsideredCards);
        json.WriteBoolean("anyCardWillDo", known.AnyCardWillDo);
        json.Number("leastCardGiB", known.LeastCard?.Gibibytes);
    });

    private static void WriteGpu(Utf8JsonWriter json, NeedOfGpu? need) => Member(json, "gpu", need, known =>
    {
        json.WriteBoolean("isNeeded", known.IsNeeded);
        json.WriteString("processor", known.Processor.Name);
        ForecastText.WriteEstimate<TimeSpan>(json, "processorSeconds", known.OnProcessor, time => time.TotalSeconds);
        ForecastText.WriteEstimate<TimeSpan>(json, "gpuSeconds", known.OnGpu, time => time.TotalSeconds);
        json.Number("gain", known.Gain);
    });

    private static void WritePick(Utf8JsonWriter json, GpuPick pick)
    {
        json.WriteString("name", pick.Gpu.Card.Name);
        json.Texts("kinds", pick.Kinds.Select(kind => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())));
        json.WriteString("reason", pick.Reason);
        Member(json, "lowerPowerLimit", pick.LowerLimit, limit =>
        {
            json.Number("watts", limit.Limit.Watts);
            json.Number("timeFactor", limit.TimeFactor);
            json.Number("energyFactor", limit.EnergyFactor);
        });
    }

    private static void WriteRentOrBuy(Utf8JsonWriter json, RentOrBuy? offer) => Member(json, "rentOrBuy", offer, known =>
    {
        json.WriteString("rentedCard", known.RentedCard.Name);
        WriteRent(json, "rent", known.Rent);
        ForecastText.WriteEstimate<TimeSpan>(json, "rentedSeconds", known.RentedTime, time => time.TotalSeconds);
        ForecastText.WriteEstimate<Money>(json, "rentedRunUsd", known.RentedRun, money => money.Dollars);
        json.WriteString("boughtCard", known.BoughtCard?.Name);
        WritePrice(json, "price", known.Price);
        json.Number("energyOfRunUsd", known.EnergyOfRun?.Dollars);
        json.Number("breakEvenRuns", known.BreakEvenRuns);
        json.Number("breakEvenHours", known.BreakEvenHours);
        json.Number("breakEvenMonths", known.BreakEvenMonths);
        json.Flag("isBuyingCheaper", known.IsBuyingCheaper);
    });

    private static void WriteRent(Utf8JsonWriter json, string name, GpuRent? rent) => Member(json, name, rent, known =>
    {
        json.WriteString("provider", known.Provider);
        json.WriteString("instance", known.Instance);
        json.WriteNumber("count", known.Count);
        json.Number("onDemandPerHourUsd", known.OnDemand?.Dollars);
        json.Number("spotPerHourUsd", known.Spot?.Dollars);
        json.WriteString("date", known.Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("source", known.Source);
        json.WriteString("licence", known.Licence);
    });

    private static void WriteChange(Utf8JsonWriter json, WhatIf change)
    {
        json.WriteString("change", change.Change);
        json.WriteString("name", change.Card.Name);
    }

    private static void WriteRemedy(Utf8JsonWriter json, FitRemedy remedy)
    {
        json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(remedy.Kind.ToString()));
        json.WriteString("change", remedy.Text);
        json.Number("peakGiB", remedy.Peak.Gibibytes);
        ForecastText.WriteEstimate(json, "stepMilliseconds", remedy.Time, time => time.TotalMilliseconds);
    }

    private static void WriteCard(Utf8JsonWriter json, RecommendedGpu card)
    {
        json.WriteString("name", card.Card.Name);
        json.WriteString("obstacle", card.Obstacle is { } obstacle ? JsonNamingPolicy.CamelCase.ConvertName(obstacle.ToString()) : null);
        json.WriteBoolean("isAsFastAsTheFastest", card.IsAsFastAsTheFastest);
        WritePrice(json, "price", card.Price);
        ForecastText.WriteEstimate<TimeSpan>(json, "runSeconds", card.RunTime, time => time.TotalSeconds);
        ForecastText.WriteEstimate(json, "boughtRunUsd", card.BoughtRun, money => money.Dollars);
        ForecastText.WriteEstimate(json, "rentedRunUsd", card.RentedRun, money => money.Dollars);
        json.Number("tokensPerRentedDollar", card.TokensPerRentedDollar);
        WriteRent(json, "rent", card.Rent);
        Write(json, card.Forecast);
    }

    private static void Write(Utf8JsonWriter json, GpuForecast forecast)
    {
        ForecastText.WriteFit(json, forecast);
        ForecastText.WriteEstimates(json, forecast);
        ForecastText.WriteEstimate(json, "tokensPerSecond", forecast.TokensPerSecond, tokens => tokens);
        json.WriteString("boundBy", forecast.BoundBy?.ToString().ToLowerInvariant());
    }

    private static void Member<T>(Utf8JsonWriter json, string name, T? value, Action<T> members)
        where T : class
    {
        if (value is null) json.WriteNull(name);
        else json.Object(name, () => members(value));
    }
}
