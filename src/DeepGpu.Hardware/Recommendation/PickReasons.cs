namespace DeepGpu.Hardware;

/// <summary>Why a card is picked, and what bounds a model, in words.</summary>
internal static class PickReasons
{
    public static string Of(IReadOnlyList<GpuPickKind> kinds, RecommendedGpu gpu, RecommendedGpu fastest, DateOnly today)
        => $"{Words.Sentence(string.Join(", ", kinds.Select(kind => Of(kind))))}: {gpu.Card.Vram}, {gpu.Price!.TextOn(today)}, "
            + $"{Words.Of(gpu.RunTime)}{Beside(gpu, fastest)}.";

    private static string Of(GpuPickKind kind) => kind switch
    {
        GpuPickKind.CheapestEnough => "the cheapest that is enough",
        GpuPickKind.BestForTheMoney => "the best for the money",
        GpuPickKind.Fastest => "the fastest",
        _ => "the least energy",
    };

    private static string Beside(RecommendedGpu gpu, RecommendedGpu fastest)
    {
        var slower = gpu.RunTime.Value / fastest.RunTime.Value;
        return slower < 1.25 ? "" : $", {Words.Of(slower)} times as long as on {fastest.Card.Name}";
    }
}

/// <summary>What limits a step, in words and with its figure.</summary>
internal static class BoundText
{
    public static string Of(GpuForecast forecast)
    {
        var step = Words.Of(forecast.StepTime!.Value.Value);
        return forecast.BoundBy switch
        {
            ForecastBound.Host => $"the program that starts the operations: {Words.Of(forecast.HostTime!.Value)} of a step of {step}",
            ForecastBound.Launch => $"the start of many small operations, not their size: a step takes {step}",
            ForecastBound.Recurrence => $"time steps that must follow one another: a step takes {step}",
            ForecastBound.Compute when forecast.Workload.FlopsPerStep is { } flops
                => $"arithmetic: {new ComputeWork(flops)} in a step of {step}",
            _ => $"moving data in the card's memory ({forecast.Card.Bandwidth} on {forecast.Card.Name}): a step takes {step}",
        };
    }

    private readonly record struct ComputeWork(double Flops)
    {
        public override string ToString()
            => Flops >= 1e12 ? $"{Words.Of(Flops / 1e12)} trillion operations" : $"{Words.Of(Flops / 1e9)} billion operations";
    }
}

/// <summary>What is not known and was used against no card.</summary>
internal static class UnknownFacts
{
    public static IReadOnlyList<string> Of(Chosen chosen)
    {
        var priceless = chosen.Cards.Count(card => card.Price is null);
        var groups = chosen.Unjudged.GroupBy(card => card.Rule).OrderByDescending(rule => rule.Count());
        List<string> facts = [.. groups.Select(rule
            => $"{Words.Count(rule.Count(), "card")} of unknown {Fact(rule.Key)} could not be judged")];
        if (priceless > 0) facts.Insert(0,
            $"{Words.Count(priceless, "card")} of unknown price {(priceless == 1 ? "was" : "were")} left out of the picks");
        return facts;
    }

    private static string Fact(string rule) => rule switch
    {
        "maximum price" => "price",
        "maximum power" or "maximum system power" or "power supply" => "power",
        "slot width" or "length" => "size",
        "link to the host" => "link",
        "forecast of time" => "speed in single precision",
        _ => rule,
    };
}
