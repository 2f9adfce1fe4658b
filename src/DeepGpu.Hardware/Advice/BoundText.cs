using DeepGpu.Hardware.Texts;

namespace DeepGpu.Hardware.Advice;

/// <summary>What limits a step, in words and with its figure.</summary>
internal static class BoundText
{
    public static string Of(GpuForecast forecast, string stepWord)
    {
        var step = Words.Of(forecast.StepTime!.Value.Value);
        return forecast.BoundBy switch
        {
            ForecastBound.Host => $"the program that starts the operations: {Words.Of(forecast.HostTime!.Value)} of a {stepWord} of {step}",
            ForecastBound.Launch => $"the start of many small operations, not their size: a {stepWord} takes {step}",
            ForecastBound.Recurrence => $"time steps that must follow one another: a {stepWord} takes {step}",
            ForecastBound.Compute when forecast.Workload.FlopsPerStep is { } flops
                => $"arithmetic: {new ComputeWork(flops)} in a {stepWord} of {step}",
            _ => $"moving data in the card's memory ({forecast.Card.Bandwidth} on {forecast.Card.Name}): a {stepWord} takes {step}",
        };
    }

    private readonly record struct ComputeWork(double Flops)
    {
        public override string ToString()
            => Flops >= 1e12 ? $"{Words.Of(Flops / 1e12)} trillion operations" : $"{Words.Of(Flops / 1e9)} billion operations";
    }
}
