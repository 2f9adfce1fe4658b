using System.Text.Json;

namespace DeepGpu.Hardware;

/// <summary>What two steps have in common.</summary>
internal enum StepSimilarity
{
    /// <summary>Model and card, and a batch of at most twice or half the size.</summary>
    Both,

    /// <summary>The card alone.</summary>
    Card,

    /// <summary>The model alone.</summary>
    Model,
}

/// <summary>Compares steps.</summary>
internal static class StepSimilarities
{
    private const double LikeBatch = 2;

    /// <summary>What two steps of one task and precision have in common; null for nothing.</summary>
    public static StepSimilarity? Between(bool isSameCard, bool isSameModel, double batchRatio) => (isSameCard, isSameModel) switch
    {
        (true, true) when Math.Max(batchRatio, 1 / batchRatio) <= LikeBatch => StepSimilarity.Both,
        (true, _) => StepSimilarity.Card,
        (false, true) => StepSimilarity.Model,
        _ => null,
    };
}

/// <summary>What a measurement of the user's own says of another step.</summary>
/// <param name="Share">The share of its excess that the other step has too.</param>
/// <param name="Narrowing">How much of the interval's width is left.</param>
internal sealed record OwnMeasurement(double Share, double Narrowing)
{
    public static OwnMeasurement Read(JsonElement json)
        => new(json.GetProperty("share").GetDouble(), json.GetProperty("narrowing").GetDouble());
}
