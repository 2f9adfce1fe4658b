using System.Globalization;
using System.Text.Json;

namespace DeepGpu.Hardware;

/// <summary>A ranking for a model as a paragraph and as JSON.</summary>
internal static class ModelRecommendationText
{
    private const int BytesACard = 3000;

    public static string Paragraph(ModelRecommendation r)
        => string.Join(" ", new[] { Verdict(r), Runner(r), ChangeText(r) }.Where(sentence => sentence.Length > 0));

    public static string Json(ModelRecommendation r, int top) => JsonText.Object(
        json =>
        {
            json.WriteString("model", r.Workload.Name);
            json.Objects("cards", r.Cards.Take(top), card => WriteCard(json, card));
            json.Objects("rejected", r.Rejected, card => WriteRejected(json, card));
            json.WriteString("runnerUp", r.RunnerUp?.Card.Name);
            json.Objects("whatWouldChangeTheVerdict", r.WhatWouldChangeTheVerdict, change => WriteChange(json, change));
            json.WriteString("verdict", r.Explain());
        },
        expectedBytes: BytesACard * (Math.Min(top, r.Cards.Count) + r.Rejected.Count / 8 + 1));

    /// <summary>The best card for other wishes: the fastest, the most frugal, the cheapest,
    /// the one with a smaller budget of power.</summary>
    public static IReadOnlyList<WhatIf> Changes(ModelRecommendation r)
    {
        if (r.Best is not { } best) return [];
        var sure = r.Cards.Where(card => card.Forecast.Fits == FitVerdict.Fits).ToList();
        IEnumerable<(string Text, ChosenGpu? Card)> answers =
        [
            ("if speed alone counts", sure.MaxBy(card => card.Forecast.SamplesPerSecond!.Value.Value)),
            ("if energy alone counts",
                sure.Where(card => card.Forecast.EnergyPerSample is not null).MinBy(card => card.Forecast.EnergyPerSample!.Value.Value)),
            ("for speed at its launch price", sure.Where(card => card.Card.LaunchPrice is not null)
                .MaxBy(card => card.Forecast.SamplesPerSecond!.Value.Value / card.Card.LaunchPrice!.Value.Dollars)),
            ("with half of its power", sure.FirstOrDefault(card => card.Card.Tdp <= best.Card.Tdp * 0.5)),
            ("as a PCI Express card", sure.FirstOrDefault(card => card.Card.FormFactor == GpuFormFactor.PcieCard)),
        ];
        return [.. answers.Where(answer => answer.Card is not null && answer.Card != best)
            .Select(answer => new WhatIf(answer.Text, answer.Card!.Card)).DistinctBy(change => change.Card)];
    }

    private static string Work(ModelRecommendation r)
        => $"'{PrintableText.Of(r.Workload.Name)}' ({r.Workload.Task.ToString().ToLowerInvariant()}, "
        + $"batch {r.Workload.BatchSize}, {r.Workload.Precision})";

    private static string Verdict(ModelRecommendation r) => r.Best is not { } best
        ? $"No card meets every requirement and holds '{PrintableText.Of(r.Workload.Name)}' at batch {r.Workload.BatchSize}."
        : Invariant($"{best.Card.Name} is the best of {r.Cards.Count} for {Work(r)}: {Speed(best)}, ")
        + Invariant($"{best.Forecast.Memory.Peak.Value} of {best.Card.Vram}{Epoch(best)}; capability score {best.Scored.Score:0.0}.");

    private static string Runner(ModelRecommendation r)
    {
        if (r is not { Best: { } best, RunnerUp: { } second }) return "";
        var (slow, fast) = (second.Forecast.StepTime!.Value, best.Forecast.StepTime!.Value);
        var overlap = slow.Low <= fast.High && fast.Low <= slow.High ? ", an order that the intervals do not settle" : "";
        return Invariant($"The runner-up is {second.Card.Name} with {Speed(second)}{overlap}.");
    }

    private static string ChangeText(ModelRecommendation r)
        => r.WhatWouldChangeTheVerdict is { Count: > 0 } changes ? $"What would change the verdict: {string.Join("; ", changes)}." : "";

    private static string Speed(ChosenGpu card)
        => Invariant($"{card.Forecast.SamplesPerSecond!.Value.Value:0} samples/s ")
            + Invariant($"({card.Forecast.SamplesPerSecond.Value.Low:0} to {card.Forecast.SamplesPerSecond.Value.High:0})");

    private static string Epoch(ChosenGpu card)
        => card.Forecast.EpochTime is { } epoch ? Invariant($", {epoch.Value.TotalMinutes:0.#} min an epoch") : "";

    private static void WriteCard(Utf8JsonWriter json, ChosenGpu card)
    {
        json.WriteString("name", card.Card.Name);
        json.Number("merit", card.Merit);
        json.Number("score", card.Scored.Score);
        ForecastText.WriteFit(json, card.Forecast);
        ForecastText.WriteEstimates(json, card.Forecast);
        json.WriteString("boundBy", card.Forecast.BoundBy?.ToString().ToLowerInvariant());
    }

    private static void WriteRejected(Utf8JsonWriter json, RejectedGpu rejected)
    {
        json.WriteString("name", rejected.Card.Name);
        json.WriteString("rule", rejected.Rule);
        json.WriteString("required", rejected.Required);
        json.WriteString("actual", rejected.Actual);
    }

    private static void WriteChange(Utf8JsonWriter json, WhatIf change)
    {
        json.WriteString("change", change.Change);
        json.WriteString("name", change.Card.Name);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
