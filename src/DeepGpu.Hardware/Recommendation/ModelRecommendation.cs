using System.Globalization;

namespace DeepGpu.Hardware;

/// <summary>The cards of a catalogue ranked for one model: by its forecast and by what the cards can do,
/// those that it does not fit left out.</summary>
public sealed record ModelRecommendation
{
    private const int ShownCards = 5;

    /// <summary>What is run.</summary>
    public required Workload Workload { get; init; }

    /// <summary>What a card must have.</summary>
    public required Requirements Requirements { get; init; }

    /// <summary>The cards that meet every requirement and that the model fits, or may fit, best first.</summary>
    public required IReadOnlyList<ChosenGpu> Cards { get; init; }

    /// <summary>The cards that fail a requirement, lack the precision or the memory, or whose time cannot be forecast.</summary>
    public required IReadOnlyList<RejectedGpu> Rejected { get; init; }

    /// <summary>The best card, or null where none is left.</summary>
    public ChosenGpu? Best => Cards.Count > 0 ? Cards[0] : null;

    /// <summary>The second-best card, or null.</summary>
    public ChosenGpu? RunnerUp => Cards.Count > 1 ? Cards[1] : null;

    /// <summary>What would change the verdict: another thing asked for, and the card that would then be the best.</summary>
    public IReadOnlyList<WhatIf> WhatWouldChangeTheVerdict => ModelRecommendationText.Changes(this);

    /// <summary>The verdict in one paragraph.</summary>
    public string Explain() => ModelRecommendationText.Paragraph(this);

    /// <summary>The ranking as public JSON:
    /// <c>{model, cards: [{name, merit, score, fits, stepMilliseconds, ...}],
    /// rejected: [{name, rule, required, actual}], runnerUp, verdict}</c>.</summary>
    /// <param name="top">How many cards to list. Default all.</param>
    public string ToJson(int top = int.MaxValue) => ModelRecommendationText.Json(this, top);

    /// <summary>The first cards with what is forecast, and the verdict.</summary>
    public override string ToString()
        => string.Join(Environment.NewLine,
            [.. Cards.Take(ShownCards).Select((card, place) => string.Create(CultureInfo.InvariantCulture, $"{place + 1}. {card}")),
                Explain()]);
}

/// <summary>A card ranked for a model.</summary>
/// <param name="Scored">What it can do, whatever the model.</param>
/// <param name="Forecast">What the model needs on it.</param>
/// <param name="Merit">0 to 100: the geometric mean of its speed, as a share of the fastest card's, and its capability score;
/// halved where it is uncertain whether the model fits.</param>
public sealed record ChosenGpu(ScoredGpu Scored, GpuForecast Forecast, double Merit)
{
    /// <summary>The card.</summary>
    public GpuSpec Card => Scored.Card;

    /// <summary>The card with its step, memory and energy.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture,
            $"{Card.Name}: {ForecastText.Fit(Forecast.Fits)}, {Forecast.SamplesPerSecond?.Value:0.#} samples/s "
                + $"({Forecast.SamplesPerSecond?.Low:0.#} to {Forecast.SamplesPerSecond?.High:0.#}), merit {Merit:0.0}");
}
