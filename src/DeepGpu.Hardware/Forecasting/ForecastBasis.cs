namespace DeepGpu.Hardware.Forecasting;

/// <summary>What a forecast rests on, in plain words: whether steps of its kind were measured on the card, on its sisters, or on none.
/// </summary>
internal static class ForecastBasis
{
    /// <summary>The words for a card.</summary>
    /// <param name="card">The card.</param>
    /// <param name="measured">What was measured on it; null where nothing was.</param>
    /// <param name="sisters">Whether cards of its generation were measured.</param>
    public static string Of(GpuSpec card, string? measured, bool sisters) => (measured, sisters) switch
    {
        (not null, _) => $"on this card: {measured}",
        (_, true) => $"on its sisters: cards of its generation ({card.Architecture}), not on this one",
        _ => $"on none: no card of its generation ({card.Architecture})",
    };
}
