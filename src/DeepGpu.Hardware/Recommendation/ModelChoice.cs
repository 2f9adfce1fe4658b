namespace DeepGpu.Hardware;

/// <summary>Ranks cards for one model.</summary>
internal static class ModelChoice
{
    private const double Uncertain = 0.5;

    public static ModelRecommendation Of(Recommendation ranking, Workload workload, ForecastOptions options, GpuForecaster forecaster)
    {
        List<(ScoredGpu Scored, GpuForecast? Forecast, RequirementFailure? Failure)> judged = [.. ranking.Cards.Select(scored =>
            Judge(scored, workload, options, forecaster))];
        List<(ScoredGpu Scored, GpuForecast Forecast)> left = [.. judged.Where(card => card.Failure is null)
            .Select(card => (card.Scored, card.Forecast!))];
        var fastest = left.Select(card => card.Forecast.SamplesPerSecond!.Value.Value).DefaultIfEmpty(1).Max();
        return new()
        {
            Workload = workload,
            Requirements = ranking.Requirements,
            Cards = [.. left.Select(card => new ChosenGpu(card.Scored, card.Forecast, Merit(card.Scored, card.Forecast, fastest)))
                .OrderByDescending(card => card.Merit)],
            Rejected = [.. judged.Where(card => card.Failure is not null)
                .Select(card => new RejectedGpu(card.Scored.Card, [card.Failure!])), .. ranking.Rejected],
        };
    }

    private static (ScoredGpu Scored, GpuForecast? Forecast, RequirementFailure? Failure) Judge(ScoredGpu scored, Workload workload,
        ForecastOptions options, GpuForecaster forecaster)
    {
        if (!scored.Card.Supports(workload.Precision))
            return (scored, null, new("precision", workload.Precision.ToString(), "no units for it"));
        var forecast = forecaster.Forecast(workload, scored.Card, options);
        return forecast switch
        {
            { Fits: FitVerdict.DoesNotFit } => (scored, forecast, new("memory", $"{forecast.Memory.Peak}", $"{scored.Card.Vram}")),
            { StepTime: null } => (scored, forecast, new("forecast of time", "a rate in single precision", "unknown")),
            _ => (scored, forecast, null),
        };
    }

    private static double Merit(ScoredGpu scored, GpuForecast forecast, double fastest)
        => 100 * Math.Sqrt(forecast.SamplesPerSecond!.Value.Value / fastest * (scored.Score / 100))
            * (forecast.Fits == FitVerdict.Uncertain ? Uncertain : 1);
}
