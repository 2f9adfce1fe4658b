using System.Globalization;
using System.Text.Json;

namespace DeepGpu.Hardware;

/// <summary>A ranking as a paragraph and as JSON.</summary>
internal static class RankingText
{
    private const int BytesACard = 4500;
    private const int BytesARejectedCard = 250;
    private const int ShownReasons = 3;
    private const int ShownChanges = 4;

    public static string Work(GpuRanking r) => Work(r.Profile, r.Goal, r.Precision);

    public static string Work(WorkloadProfile profile, WorkloadGoal goal, NumberFormat precision)
        => $"{GoalText(goal)} of {profile.Title} ({precision})";

    public static string Paragraph(GpuRanking r)
        => string.Join(" ", new[] { Verdict(r), Runner(r), Changes(r), LeftOut(r) }.Where(sentence => sentence.Length > 0));

    public static string Table(GpuRanking r) => r.Best is not { } best ? "" : string.Join(Environment.NewLine,
    [
        $"{"criterion",-13}{"weight",8}{Column(best)}{(r.RunnerUp is { } second ? Column(second) : "")}",
        .. best.Criteria.Select((criterion, place) => Row(criterion, r.RunnerUp?.Criteria[place])),
        string.Create(CultureInfo.InvariantCulture, $"{"score",-13}{"100 %",8}{best.Score,26:0.0}{r.RunnerUp?.Score,26:0.0}").TrimEnd(),
    ]);

    private static string Column(ScoredGpu card) => $"{card.Card.Name,26}";

    private static string Row(CriterionScore best, CriterionScore? second) => string.Create(CultureInfo.InvariantCulture,
        $"{best.Name,-13}{100 * best.Weight,6:0.0} %{Cell(best)}{(second is null ? "" : Cell(second))}  {best.Unit}");

    /// <summary>The value and what the criterion leaves of the total.</summary>
    private static string Cell(CriterionScore criterion)
        => string.Create(CultureInfo.InvariantCulture,
            $"{criterion.Value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "unknown",16} x {criterion.Contribution,7:0.000}");

    public static string Json(GpuRanking r, int top) => JsonText.Object(json =>
    {
        json.Objects("cards", r.Cards.Take(top), card => WriteCard(json, card));
        json.Objects("unjudged", r.Unjudged, card => RecommendationJson.WriteRejected(json, card));
        json.Objects("rejected", r.Rejected, card => RecommendationJson.WriteRejected(json, card));
    }, expectedBytes: BytesACard * Math.Min(top, r.Cards.Count) + BytesARejectedCard * (r.Rejected.Count + 1));

    private static string Verdict(GpuRanking r) => r.Best is { } best
        ? $"{best.Card.Name} is the best of {r.Cards.Count} for {Work(r)}: {string.Join(", ", Strongest(best))}."
        : $"No card meets every requirement for {Work(r)}.";

    /// <summary>The criteria that count most for the card.</summary>
    private static IEnumerable<string> Strongest(ScoredGpu card) => card.Criteria.Where(c => c.Value is not null)
        .OrderByDescending(c => c.Weight * c.Score).Take(ShownReasons)
        .Select(c => $"{c.Name} {Words.Of(c.Value!.Value)} {c.Unit}");

    private static string Runner(GpuRanking r)
    {
        if (r is not { Best: { } best, RunnerUp: { } second }) return "";
        var better = second.Criteria.Join(best.Criteria, c => c.Name, c => c.Name, (s, b) => (Second: s, Best: b))
            .Where(pair => pair.Second.Value is not null && pair.Best.Value is not null && pair.Second.Score > pair.Best.Score)
            .Select(pair => (pair.Second, pair.Best, Own: Words.Of(pair.Second.Value!.Value), Other: Words.Of(pair.Best.Value!.Value)))
            .Where(pair => pair.Own != pair.Other)
            .OrderByDescending(pair => pair.Second.Weight * (pair.Second.Score - pair.Best.Score)).Take(ShownReasons)
            .Select(pair => $"{pair.Second.Name} ({pair.Own} against {pair.Other} {pair.Second.Unit})").ToList();
        return $"The runner-up, {second.Card.Name}, is "
            + $"{(better.Count == 0 ? "better in nothing" : "better in " + string.Join(", ", better))}.";
    }

    private static string Changes(GpuRanking r)
    {
        var changes = r.WhatWouldChangeTheVerdict.Take(ShownChanges).Select(change => change.ToString()).ToList();
        return changes.Count == 0 ? "" : $"What would change the verdict: {string.Join("; ", changes)}.";
    }

    private static string LeftOut(GpuRanking r)
    {
        var reasons = r.NotSold.GroupBy(card => card.Actual).OrderByDescending(same => same.Count())
            .Select(same => $"{Words.Count(same.Count(), "card")} {same.Key}").ToList();
        return reasons.Count == 0 ? "" : $"Left out: {string.Join("; ", reasons)}.";
    }

    private static void WriteCard(Utf8JsonWriter json, ScoredGpu card)
    {
        json.WriteString("name", card.Card.Name);
        json.Number("score", card.Score);
        json.Number("throughput", card.Throughput);
        json.Objects("criteria", card.Criteria, criterion => WriteCriterion(json, criterion));
    }

    private static void WriteCriterion(Utf8JsonWriter json, CriterionScore criterion)
    {
        json.WriteString("name", criterion.Name);
        json.Number("value", criterion.Value);
        json.WriteString("unit", criterion.Unit);
        json.Number("score", criterion.Score);
        json.Number("weight", criterion.Weight);
        json.WriteString("reason", criterion.Reason);
    }

    private static string GoalText(WorkloadGoal goal) => goal switch
    {
        WorkloadGoal.TrainingThroughput => "training",
        WorkloadGoal.InferenceThroughput => "inference",
        _ => "inference with low latency",
    };
}
