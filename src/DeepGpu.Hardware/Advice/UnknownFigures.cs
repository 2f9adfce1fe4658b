using DeepGpu.Hardware.Texts;

namespace DeepGpu.Hardware.Advice;

/// <summary>What is not known and was used against no card.</summary>
internal static class UnknownFigures
{
    public static IReadOnlyList<string> Of(Chosen chosen)
    {
        var priceless = chosen.Cards.Count(card => card.Price is null);
        var groups = chosen.Unjudged.GroupBy(card => card.Rule).OrderByDescending(rule => rule.Count());
        List<string> lines = [.. groups.Select(rule
            => $"{Words.Count(rule.Count(), "card")} of unknown {FigureOf(rule.Key)} could not be judged")];
        if (priceless > 0) lines.Insert(0,
            $"{Words.Count(priceless, "card")} of unknown price {(priceless == 1 ? "was" : "were")} left out of the picks");
        return lines;
    }

    private static string FigureOf(string rule) => rule switch
    {
        "maximum price" => "price",
        "maximum power" or "maximum system power" or "power supply" => "power",
        "slot width" or "length" => "size",
        "link to the host" => "link",
        JudgedGpu.TimeRule => "speed in single precision",
        _ => rule,
    };
}
