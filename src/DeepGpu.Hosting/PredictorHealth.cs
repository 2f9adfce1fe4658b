using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DeepGpu.Hosting;

/// <summary>The health of one predictor.</summary>
internal static class PredictorHealth
{
    public static async Task<HealthCheckResult> CheckAsync(Predictor predictor, CancellationToken cancellation)
    {
        var (name, limit) = (PredictorException.Named(predictor.Name), predictor.Options.StuckAfter);
        if (predictor.IsStopping) return Result(predictor, HealthStatus.Unhealthy, $"{name} stops.");
        if (predictor.BusyFor is { } busy && busy > limit)
            return Result(predictor, HealthStatus.Unhealthy, FormattableString.Invariant(
                $"{name} is stuck: one call of the model runs for {busy.TotalSeconds:0} s."));
        if (predictor.QueueLength >= predictor.Options.Capacity)
            return Result(predictor, HealthStatus.Degraded, $"{name}: all {predictor.Options.Capacity} places of the queue are taken.");
        var worksNow = predictor.Loop is { Fault: null, SinceSuccess: { } since } && since < limit;
        return worksNow ? Result(predictor, HealthStatus.Healthy, $"{name} answers.")
            : await ProbeAsync(predictor, name, cancellation).ConfigureAwait(false);
    }

    /// <summary>Computes the example, as a request like any other.</summary>
    private static async Task<HealthCheckResult> ProbeAsync(Predictor predictor, string name, CancellationToken cancellation)
    {
        if (predictor.Example() is not { } example)
            return predictor.Loop.Fault is { } fault ? Result(predictor, HealthStatus.Degraded, $"{name}: the last call failed.", fault)
                : Result(predictor, HealthStatus.Healthy, $"{name} is loaded; no example computes it.");
        try
        {
            await predictor.AskAsync(example, predictor.Options.StuckAfter, isProbe: true, cancellation).ConfigureAwait(false);
            return Result(predictor, HealthStatus.Healthy, $"{name} answers.");
        }
        catch (PredictorException e) when (e.Reason == PredictorRefusal.QueueFull)
        {
            return Result(predictor, HealthStatus.Degraded, e.Message, e);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            return Result(predictor, HealthStatus.Unhealthy, $"{name} cannot compute its example: {e.Message}", e);
        }
    }

    private static HealthCheckResult Result(Predictor predictor, HealthStatus status, string text, Exception? cause = null)
        => new(status, text, cause, new Dictionary<string, object>
        {
            [predictor.Name.Length == 0 ? "queue" : $"queue {predictor.Name}"] = predictor.QueueLength,
        });
}
