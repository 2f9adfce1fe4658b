namespace DeepGpu.Hardware.Advice;

/// <summary>Which cards are as fast as the fastest: within its interval, or within a share of what the host allows.</summary>
internal readonly struct EqualSpeed
{
    private readonly TimeSpan _slowest;

    public EqualSpeed(GpuForecast fastest, RecommendationPolicy policy, AdvisedWork work)
    {
        var step = fastest.StepTime!.Value;
        var allowed = fastest.BoundBy == ForecastBound.Host ? Longer(step.Value, fastest.HostTime ?? step.Value) : fastest.HostTime
            ?? default;
        (Fastest, _slowest) = (step, Longer(work.EqualUpTo(fastest), allowed * policy.EqualWithin));
    }

    public Estimate<TimeSpan> Fastest { get; }

    public bool Holds(TimeSpan step) => step <= _slowest;

    private static TimeSpan Longer(TimeSpan first, TimeSpan second) => first > second ? first : second;
}
