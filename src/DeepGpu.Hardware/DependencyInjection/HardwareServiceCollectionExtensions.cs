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
    /// one by one as well. An <see cref="IGpuCriterion"/>, an <see cref="IGpuSource"/> or a <see cref="GpuForecaster"/> registered beside them
    /// is used: a criterion of a built-in one's name takes its place, and sources take the place of this machine's.</remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    public static IServiceCollection AddDeepGpuHardware(this IServiceCollection services, Action<DeepGpuHardwareOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var configured = new Lazy<DeepGpuHardwareOptions>(() => Configured(configure));
        services.AddOptions<GpuCatalogOptions>().Configure(options => configured.Value.Catalog.CopyTo(options)).ValidateOnStart();
        services.AddOptions<GpuScoringOptions>().Configure(options => configured.Value.Scoring.CopyTo(options)).ValidateOnStart();
        services.AddOptions<GpuDetectionOptions>().Configure(options => configured.Value.Detection.CopyTo(options)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GpuCatalogOptions>, GpuCatalogOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GpuScoringOptions>, GpuScoringOptionsValidator>(
            provider => new(Criteria(provider))));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GpuDetectionOptions>, GpuDetectionOptionsValidator>());
        services.TryAddSingleton(provider =>
            GpuCatalogFactory.Create(Options<GpuCatalogOptions>(provider), provider.GetService<ILogger<GpuCatalog>>()));
        services.TryAddSingleton(provider => new GpuScorer(Criteria(provider), Options<GpuScoringOptions>(provider)));
        services.TryAddSingleton(GpuForecaster.Default);
        services.TryAddSingleton<GpuAdvisor>();
        services.TryAddSingleton(Detector);
        return services;
    }

    /// <summary>What the caller's action sets, which runs once.</summary>
    private static DeepGpuHardwareOptions Configured(Action<DeepGpuHardwareOptions>? configure)
    {
        var options = new DeepGpuHardwareOptions();
        configure?.Invoke(options);
        return options;
    }

    /// <summary>The library's criteria, those registered of the same name in their place, and the others registered.</summary>
    private static List<IGpuCriterion> Criteria(IServiceProvider provider)
    {
        var own = provider.GetServices<IGpuCriterion>().ToList();
        var names = own.Select(criterion => criterion.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. GpuScorer.BuiltInCriteria.Where(criterion => !names.Contains(criterion.Name)), .. own];
    }

    /// <summary>A detector over the sources registered; without any, over this machine's.</summary>
    private static GpuDetector Detector(IServiceProvider provider)
    {
        var (options, catalog) = (Options<GpuDetectionOptions>(provider), provider.GetRequiredService<GpuCatalog>());
        var logger = provider.GetService<ILogger<GpuDetector>>();
        var sources = provider.GetServices<IGpuSource>().ToList();
        return sources.Count > 0 ? new(sources, catalog, options, logger, provider.GetService<TimeProvider>())
            : GpuDetector.OfThisMachine(options, catalog, logger);
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
