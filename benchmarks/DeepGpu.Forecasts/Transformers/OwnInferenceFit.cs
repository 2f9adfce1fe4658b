using System.Globalization;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>What one measured time says of another on the same card, by what they have in common.</summary>
/// <param name="Phase">The part of the time.</param>
/// <param name="Similarity">What both have in common.</param>
/// <param name="Pairs">How many pairs of rows tell it.</param>
/// <param name="Share">The share of the one's excess that the other has too.</param>
/// <param name="Narrowing">How wide the excesses still spread after the correction, of how wide they spread before.</param>
/// <param name="Before">The median error without the measurement, in percent.</param>
/// <param name="After">The median error with it.</param>
internal sealed record OwnInferenceRow(InferencePhase Phase, InferenceSimilarity Similarity, int Pairs, double Share, double Narrowing,
    double Before, double After)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"one own measurement, {Phase}, same {Similarity}: median error {Before:0.0} -> {After:0.0} % ({Pairs} pairs, share {Share:0.00})");
}

/// <summary>Finds it from the residuals of rows whose card was left out: pairs of rows of one card and source, as a user measures both on
/// one machine.</summary>
internal static class OwnInferenceFit
{
    public static IReadOnlyList<OwnInferenceRow> Run(IReadOnlyList<InferenceRow> rows, Func<InferenceRow, double> residual)
        => [.. Enum.GetValues<InferencePhase>().SelectMany(phase => Of(phase, rows, residual))];

    private static IEnumerable<OwnInferenceRow> Of(InferencePhase phase, IReadOnlyList<InferenceRow> rows,
        Func<InferenceRow, double> residual)
    {
        var pairs = rows.Where(row => Is(phase, row)).GroupBy(row => (row.Source, row.Card.Name, row.Cards))
            .SelectMany(machine => Pairs([.. machine])).ToLookup(pair => Similarity(pair.Own, pair.Other));
        foreach (var similarity in Enum.GetValues<InferenceSimilarity>())
        {
            List<(double Own, double Other)> known = [.. pairs[similarity].Select(p => (residual(p.Own), residual(p.Other)))];
            var share = Math.Clamp(known.Sum(p => p.Own * p.Other) / known.Sum(p => p.Own * p.Own), 0, 1);
            List<double> left = [.. known.Select(p => p.Other - share * p.Own)];
            yield return new(phase, similarity, known.Count, share, Width(left) / Width([.. known.Select(p => p.Other)]),
                Statistics.MedianError(known.Select(p => p.Other)), Statistics.MedianError(left));
        }
    }

    private static bool Is(InferencePhase phase, InferenceRow row) => phase == InferencePhase.Prefill
        ? row.Task == InferenceTask.Prefill
        : row.Task is InferenceTask.Decode or InferenceTask.Serving;

    private static IEnumerable<(InferenceRow Own, InferenceRow Other)> Pairs(IReadOnlyList<InferenceRow> rows)
        => rows.SelectMany(own => rows.Where(other => !ReferenceEquals(own, other)).Select(other => (own, other)));

    private static InferenceSimilarity Similarity(InferenceRow own, InferenceRow other)
        => OwnInference.Similarity(own.Engine == other.Engine, own.Shape.Name == other.Shape.Name && own.Format.Name == other.Format.Name);

    /// <summary>Between the tenth and the ninetieth of a hundred.</summary>
    private static double Width(IReadOnlyList<double> values) => Statistics.Quantile(values, 0.9) - Statistics.Quantile(values, 0.1);
}
