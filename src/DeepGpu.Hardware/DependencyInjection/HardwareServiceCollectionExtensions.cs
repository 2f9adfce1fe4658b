using DeepGpu.Hardware;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds DeepGpu's hardware services.</summary>
public static class HardwareServiceCollectionExtensions
{
    /// <summary>Adds <see cref="GpuCatalog"/>, <see cref="GpuScorer"/>, <see cref="GpuAdvisor"/> and
    /// <see cref="GpuDetector"/> as singletons.</summary>
    /// <remarks>The options are checked when the service that needs them is first asked for, and at the start of a host.
    /// <see cref="GpuCatalogOptions"/>, <see cref="GpuScoringOptions"/> and <see cref="GpuDetectionOptions"/> can be configured
    /// one by one as well.</remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    public static IServiceCollection AddDeepGpuHardware(this IServiceCollection services, Action<DeepGpuHardwareOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<GpuCatalogOptions>().Configure(options => configure?.Invoke(new() { Catalog = options })).ValidateOnStart();
        services.AddOptions<GpuScoringOptions>().Configure(options => configure?.Invoke(new() { Scoring = options })).ValidateOnStart();
        services.AddOptions<GpuDetectionOptions>().Configure(options => configure?.Invoke(new() { Detection = options })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GpuCatalogOptions>, GpuCatalogOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GpuScoringOptions>, GpuScoringOptionsValidator>(_ => new()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GpuDetectionOptions>, GpuDetectionOptionsValidator>());
        services.TryAddSingleton(provider =>
            GpuCatalogFactory.Create(Options<GpuCatalogOptions>(provider), provider.GetService<ILogger<GpuCatalog>>()));
        services.TryAddSingleton(provider => new GpuScorer(GpuScorer.BuiltInCriteria, Options<GpuScoringOptions>(provider)));
        services.TryAddSingleton<GpuAdvisor>();
        services.TryAddSingleton(provider => GpuDetector.OfThisMachine(Options<GpuDetectionOptions>(provider),
            provider.GetRequiredService<GpuCatalog>(), provider.GetService<ILogger<GpuDetector>>()));
        return services;
    }

    private static T Options<T>(IServiceProvider provider)
        where T : class
        => provider.GetRequiredService<IOptions<T>>().Value;
}

/// <summary>All options of DeepGpu's hardware services in one place.</summary>
public sealed class DeepGpuHardwareOptions
{
    /// <summary>Which cards the catalogue holds.</summary>
    public GpuCatalogOptions Catalog { get; init; } = new();

    /// <summary>How cards are scored.</summary>
    public GpuScoringOptions Scoring { get; init; } = new();

    /// <summary>How GPUs are found and watched.</summary>
    public GpuDetectionOptions Detection { get; init; } = new();
}
