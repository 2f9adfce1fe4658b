using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace DeepGpu.Hosting;

/// <summary>A model that an application serves.</summary>
/// <param name="Name">Its key; empty for the one without.</param>
/// <param name="Section">What configures it; null where code does.</param>
/// <param name="Open">Makes the model; null where options name its file.</param>
internal sealed record PredictorRegistration(string Name, IConfiguration? Section, Func<IServiceProvider, IServableModel>? Open)
{
    public Predictor From(IServiceProvider provider)
        => Name.Length == 0 ? provider.GetRequiredService<Predictor>() : provider.GetRequiredKeyedService<Predictor>(Name);
}

/// <summary>Opens and warms up the models when the host starts, and drains the queues when it stops.</summary>
internal sealed class PredictorHost(IServiceProvider provider, IEnumerable<PredictorRegistration> registrations) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var predictor in registrations.Select(one => one.From(provider)))
        {
            if (predictor.Options.WarmUp) await predictor.WarmUpAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken)
        => Task.WhenAll(registrations.Select(one => one.From(provider).StopAsync(cancellationToken)));
}

/// <summary>Whether every model answers: loaded, its device usable, its queue moving.</summary>
internal sealed class PredictorHealthCheck(IServiceProvider provider, IEnumerable<PredictorRegistration> registrations) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var results = await Task.WhenAll(registrations.Select(one => ResultAsync(one, cancellationToken))).ConfigureAwait(false);
        if (results.Length == 0) return HealthCheckResult.Unhealthy("No model is served: call AddDeepGpu or AddDeepGpuModel.");
        var worst = results.MinBy(result => result.Status);
        return new(worst.Status, worst.Description, worst.Exception, results.SelectMany(result => result.Data).ToDictionary());
    }

    private async Task<HealthCheckResult> ResultAsync(PredictorRegistration one, CancellationToken cancellation)
    {
        try
        {
            return await PredictorHealth.CheckAsync(one.From(provider), cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"{PredictorException.Named(one.Name)} cannot be made: {e.Message}", e);
        }
    }
}
