using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepGpu.Models.Json;

/// <summary>Writes and reads optimizers as Keras does: the "optimizer" of a compile_config.</summary>
internal static class OptimizerJson
{
    private const string Module = "keras.optimizers";
    private const int MaxDepth = 16;

    /// <summary>Layout of texts for people.</summary>
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true };

    public static JsonObject Write(Optimizer optimizer) => Write(optimizer, Extensions.None);

    /// <summary>Writes an optimizer, which may be one of the extensions.</summary>
    public static JsonObject Write(Optimizer optimizer, Extensions extensions)
    {
        if (optimizer is LossScaleOptimizer scaled) return WriteScaled(scaled, extensions);
        var written = extensions.TypeOf(ExtensionKind.Optimizer, optimizer) is { } own
            ? own.Write(optimizer)
            : extensions.Bound(TypeOf(optimizer)).Write(optimizer, Module);
        WriteExtensions(optimizer, written["config"]!.AsObject());
        return written;
    }

    private static KerasType TypeOf(Optimizer optimizer)
        => OptimizerTypes.Optimizers.Of(optimizer) ?? throw LayerJson.UnknownClass(optimizer.GetType().Name);

    public static Optimizer Read(string json, Extensions extensions) => Read(KerasType.Parsed(json, MaxDepth), extensions);

    /// <summary>Reads an optimizer from a name or from the object around its config.</summary>
    public static Optimizer Read(JsonNode? node) => Read(node, Extensions.None);

    /// <summary>Reads an optimizer, which may be one of the extensions, from a name or from the object around its config.</summary>
    public static Optimizer Read(JsonNode? node, Extensions extensions)
    {
        if (node is JsonValue value && value.TryGetValue<string>(out var name)) return Read(name, [], extensions);
        if (extensions.Named(ExtensionKind.Optimizer, node) is { } own)
            return Read(extensions.Type(own), node!["config"] as JsonObject ?? throw LayerJson.Missing("config"));
        var (className, config) = KerasType.Parts(node);
        return Read(className, config, extensions);
    }

    private static Optimizer Read(string className, JsonObject config, Extensions extensions)
    {
        if (className is "LossScaleOptimizer") return ReadScaled(config, extensions);
        if (extensions.Type(ExtensionKind.Optimizer, className) is { } own) return Read(own, config);
        return Read(extensions.Bound(OptimizerTypes.Optimizer(className) ?? throw LayerJson.UnknownClass(className)), config);
    }

    /// <summary>Reads the options of a class; those of a user's have the names they have.</summary>
    private static Optimizer Read(KerasType type, JsonObject config) => KerasType.Checked(type.ClassName, () =>
    {
        var (options, more) = Split(type.Package is null ? KerasTwo(config) : config.DeepClone().AsObject());
        return ReadExtensions((Optimizer)type.Read(options), more);
    });

    /// <summary>The config under Keras 3's names: "lr" was the rate, "decay" its inverse-time decay. A list that is null is an empty
    /// one.</summary>
    private static JsonObject KerasTwo(JsonObject config)
    {
        var kept = config.Where(p => p.Key is not ("decay" or "use_locking" or "schedule_decay") && (p.Key, p.Value)
            is not ("epsilon", null) && (p.Key, p.Value) is not ("exclude_layers", null));
        var renamed = new JsonObject(kept.Select(p => KeyValuePair.Create(p.Key is "lr" ? "learning_rate" : p.Key, p.Value?.DeepClone())));
        if (config["decay"] is not JsonValue decay || decay.GetValue<double>() == 0) return renamed;
        var rate = renamed["learning_rate"]?.GetValue<double>() ?? throw LayerJson.Missing("learning_rate");
        renamed["learning_rate"] = LearningRateScheduleConverter.Write(new InverseTimeDecay(rate, 1, decay.GetValue<double>()));
        return renamed;
    }

    private static JsonObject WriteScaled(LossScaleOptimizer optimizer, Extensions extensions)
        => KerasType.Object(nameof(LossScaleOptimizer), Module, new()
        {
            ["name"] = "loss_scale_optimizer",
            ["inner_optimizer"] = Write(optimizer.InnerOptimizer, extensions),
            ["initial_scale"] = optimizer.InitialScale,
            ["dynamic_growth_steps"] = optimizer.DynamicGrowthSteps,
        });

    private static LossScaleOptimizer ReadScaled(JsonObject config, Extensions extensions)
    {
        var inner = Read(config["inner_optimizer"] ?? throw LayerJson.Missing("inner_optimizer"), extensions);
        return KerasType.Checked(nameof(LossScaleOptimizer), () => new LossScaleOptimizer(inner)
        {
            InitialScale = config["initial_scale"]?.GetValue<double>() ?? 32768,
            DynamicGrowthSteps = config["dynamic_growth_steps"]?.GetValue<int>() ?? 2000,
        });
    }

    /// <summary>Options that Keras does not have are written only where they are set, so that it reads everything else.</summary>
    private static void WriteExtensions(Optimizer optimizer, JsonObject config)
    {
        if (!optimizer.ExcludeFromWeightDecay.IsEmpty)
            config["exclude_from_weight_decay"] = new JsonArray([.. optimizer.ExcludeFromWeightDecay.Select(text => (JsonNode)text)]);
        if (!optimizer.LayerRates.IsEmpty)
            config["layer_rates"] = new JsonObject(optimizer.LayerRates.Select(rate =>
                KeyValuePair.Create(rate.Layer, (JsonNode?)rate.Multiplier)));
    }

    private static Optimizer ReadExtensions(Optimizer optimizer, IReadOnlyDictionary<string, JsonNode?> extensions) => optimizer with
    {
        ExcludeFromWeightDecay = extensions.TryGetValue("exclude_from_weight_decay", out var texts) && texts is JsonArray list
            ? [.. list.Select(text => text!.GetValue<string>())]
            : [],
        LayerRates = extensions.TryGetValue("layer_rates", out var rates) && rates is JsonObject map
            ? [.. map.Select(rate => new LayerRate(rate.Key, rate.Value!.GetValue<double>()))]
            : ImmutableArray<LayerRate>.Empty,
    };

    private static (JsonObject Options, IReadOnlyDictionary<string, JsonNode?> Extensions) Split(JsonObject config)
    {
        var extensions = config.Where(p => p.Key is "exclude_from_weight_decay" or "layer_rates").ToDictionary();
        foreach (var key in extensions.Keys) config.Remove(key);
        return (config, extensions);
    }
}
