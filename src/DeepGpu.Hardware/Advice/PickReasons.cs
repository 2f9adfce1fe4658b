using DeepGpu.Hardware.Texts;

namespace DeepGpu.Hardware.Advice;

/// <summary>Why a card is picked, and what bounds a model, in words.</summary>
internal static class PickReasons
{
    public static string Of(IReadOnlyList<GpuPickKind> kinds, RecommendedGpu gpu, RecommendedGpu fastest, DateOnly today)
        => $"{Words.Sentence(string.Join(", ", kinds.Select(kind => Of(kind))))}: {gpu.Card.Vram}, {gpu.Price!.TextOn(today)}, "
            + $"{Words.Of(gpu.RunTime)}{Tokens(gpu)}{Beside(gpu, fastest)}.";

    /// <summary>What language models are compared by; nothing of other models.</summary>
    public static string Tokens(RecommendedGpu gpu)
        => gpu.Forecast.TokensPerSecond is { } tokens ? $", {Words.Of(tokens.Value)} tokens/s" : "";

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
