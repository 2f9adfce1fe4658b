using System.Diagnostics.Metrics;
using DeepGpu;
using DeepGpu.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds models that answer requests.</summary>
public static class DeepGpuServiceCollectionExtensions
{
    /// <summary>Adds one model as a singleton <see cref="Predictor"/>, which disposes of it.</summary>
    /// <remarks>The host opens and warms up the model before it starts, checks the options, and on its end answers what waits.
    /// Without a host, the first use opens it.</remarks>
    /// <param name="services">The services.</param>
    /// <param name="open">Makes the model: a <see cref="Model"/>, an <c>OnnxPredictor</c>, or one of your own.</param>
    /// <param name="configure">Sets the options; null for the defaults. <c>services.Configure&lt;PredictorOptions&gt;(section)</c> binds
    /// them.</param>
    /// <exception cref="DeepGpuArgumentException">There is such a model already.</exception>
    public static IServiceCollection AddDeepGpu(this IServiceCollection services, Func<IServiceProvider, IServableModel> open,
        Action<PredictorOptions>? configure = null) => AddDeepGpuModel(services, Options.Options.DefaultName, open, configure);

    /// <summary>Adds the models that configuration names: one at the section itself (<c>Path</c>, <c>Device</c> and the other options),
    /// one for each child of its <c>Models</c>, by key.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">The section, usually "DeepGpu".</param>
    /// <exception cref="DeepGpuArgumentException">There is such a model already.</exception>
    public static IServiceCollection AddDeepGpu(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        List<IConfigurationSection> models = [.. section.GetSection("Models").GetChildren()];
        if (models.Count == 0 || section["Path"] is not null) services.AddDeepGpuModel(Options.Options.DefaultName, section);
        foreach (var model in models) services.AddDeepGpuModel(model.Key, model);
        return services;
    }

    /// <summary>Adds one of several models: the <see cref="Predictor"/> has its name as the key, and its options are those of that
    /// name.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key; empty for the model without one.</param>
    /// <param name="open">Makes the model.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <exception cref="DeepGpuArgumentException">There is such a model already.</exception>
    public static IServiceCollection AddDeepGpuModel(this IServiceCollection services, string name,
        Func<IServiceProvider, IServableModel> open, Action<PredictorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(open);
        Register(services, new(name, null, open)).Configure(configure ?? (_ => { }));
        return services;
    }

    /// <summary>Adds one of several models, whose options come from configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key; empty for the model without one.</param>
    /// <param name="section">The options; with a file at <c>Path</c> where <paramref name="open"/> is null.</param>
    /// <param name="open">Makes the model; null opens <c>Path</c> by <see cref="Model.Load"/> on <c>Device</c>.</param>
    /// <exception cref="DeepGpuArgumentException">There is such a model already.</exception>
    public static IServiceCollection AddDeepGpuModel(this IServiceCollection services, string name, IConfiguration section,
        Func<IServiceProvider, IServableModel>? open = null)
    {
        ArgumentNullException.ThrowIfNull(section);
        Register(services, new(name, section, open)).Bind(section);
        return services;
    }

    /// <summary>Adds a health check over every model: loaded, its device usable, its queue moving.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The check's name. Default "deepgpu".</param>
    /// <param name="tags">Its tags, as "ready".</param>
    public static IHealthChecksBuilder AddDeepGpu(this IHealthChecksBuilder builder, string name = "deepgpu",
        params IEnumerable<string> tags)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new(name, provider => new PredictorHealthCheck(provider, provider.GetServices<PredictorRegistration>()),
            failureStatus: null, tags));
    }

    /// <summary>Adds a generator of embeddings over a model added before: <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> of texts,
    /// with the model's name as the key.</summary>
    /// <param name="services">The services.</param>
    /// <param name="tokenizer">Makes the tokenizer of the model.</param>
    /// <param name="name">The model's name. Default the model without one.</param>
    /// <param name="options">How its outputs become vectors; null for the defaults.</param>
    public static IServiceCollection AddDeepGpuEmbeddings(this IServiceCollection services, Func<IServiceProvider, Tokenizer> tokenizer,
        string name = "", TextEmbeddingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(name);
        TextEmbeddingGenerator Make(IServiceProvider provider) => new(
            name.Length == 0 ? provider.GetRequiredService<Predictor>() : provider.GetRequiredKeyedService<Predictor>(name),
            tokenizer(provider), options);
        return name.Length == 0 ? services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(Make)
            : services.AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>>(name, (provider, _) => Make(provider));
    }

    private static OptionsBuilder<PredictorOptions> Register(IServiceCollection services, PredictorRegistration one)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(one.Name, "name");
        RequireNew(services, one.Name);
        services.AddSingleton(one);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PredictorHost>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PredictorOptions>, PredictorOptionsValidator>());
        if (one.Name.Length == 0) services.AddSingleton(provider => Make(provider, one));
        else services.AddKeyedSingleton(one.Name, (provider, _) => Make(provider, one));
        return services.AddOptions<PredictorOptions>(one.Name).ValidateOnStart();
    }

    private static Predictor Make(IServiceProvider provider, PredictorRegistration one)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<PredictorOptions>>().Get(one.Name);
        var model = one.Open?.Invoke(provider) ?? Model.Load(options.Path!, DeviceName.Find(options.Device));
        return new(model, options, one.Name, ownsModel: true, provider.GetService<ILogger<Predictor>>(),
            provider.GetService<IMeterFactory>(), provider.GetService<TimeProvider>());
    }

    private static void RequireNew(IServiceCollection services, string name)
    {
        if (services.Any(service => service is { IsKeyedService: false, ImplementationInstance: PredictorRegistration one }
            && one.Name == name))
            throw new DeepGpuArgumentException(new("duplicate_model", "Each model that is served has a name of its own,",
                name.Length == 0 ? "but a model without a name is added twice." : $"but '{name}' is added twice.",
                "Use AddDeepGpuModel with another name."), nameof(name));
    }
}
