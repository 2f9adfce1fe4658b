using System.Text.Json;
using System.Text.Json.Nodes;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models.Json;

/// <summary>Writes and reads one layer as Keras does: a class name and a config whose keys are the options' names.</summary>
internal static class LayerJson
{
    /// <summary>Keys of Keras's configs that decide nothing here: how a step is executed, where random numbers come from,
    /// what a later key repeats.</summary>
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        "implementation", "unroll", "seed", "time_major", "synchronized", "sparse", "ragged", "optional", "autocast",
        "batch_input_shape", "batch_shape",
        "build_input_shape", "input_dtype", "input_length", "input_dim", "use_cudnn", "fused", "virtual_batch_size",
        "batch_size", "weights", "projection_dim",
        "vocabulary_dtype", "vocabulary_size", "oov_token", "decoder_sequence_shape", "encoder_sequence_shape",
    };

    public static JsonObject Write(Layer layer, string? name)
        => Write(layer, name, Extensions.None);

    /// <summary>Writes a layer, which may be one of the extensions.</summary>
    /// <exception cref="ModelFormatException">The class is unknown, or cannot be written.</exception>
    public static JsonObject Write(Layer layer, string? name, Extensions extensions) => layer switch
    {
        NestedModel nested => ModelJson.WriteObject(nested.Model, extensions, nested.Trainable),
        TensorFunction function => FunctionJson.Write(function, name),
        _ => Object(layer, ConfigOf(layer, name, extensions), extensions.Of(ExtensionKind.Layer, layer)),
    };

    /// <summary>Reads a layer from the object around its config.</summary>
    /// <exception cref="ModelFormatException">The class is unknown, or an option has a value or name this
    /// library does not know.</exception>
    public static Layer Read(JsonNode? node) => Read(node, Extensions.None);

    /// <summary>Reads a layer, which may be one of the extensions.</summary>
    /// <exception cref="ModelFormatException">The class is unknown, or an option has a value or name this
    /// library does not know.</exception>
    public static Layer Read(JsonNode? node, Extensions extensions)
    {
        var (className, config) = Parts(node, extensions);
        if (className is "Sequential" or "Functional" or "Model")
            return new NestedModel(ModelJson.ReadObject(node!, inputShape: null, extensions))
            {
                Trainable = config["trainable"]?.GetValue<bool>() ?? true
            };
        if (FunctionJson.IsFunction(node!) && !FunctionJson.HasLayer(className, node!, config)) return FunctionJson.Read(className, config);
        if (TensorFlowFunctions.IsClass(className) && node!["inbound_nodes"] is not null) return TensorFlowFunctions.Read(config);
        var type = extensions.Layer(className) ?? throw Unknown(className, config);
        try
        {
            return (Layer)Prepared(className, config, type).Deserialize(type.Json)!;
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or DeepGpuArgumentException
                || type.Package is not null && e is ArgumentException or NotSupportedException)
        {
            throw BadOption(className, (string?)config["name"], CodeOf(e, config, type), e);
        }
    }

    /// <summary>The class name and config of an object.</summary>
    public static (string ClassName, JsonObject Config) Parts(JsonNode? node, Extensions extensions)
        => (ClassName(node, extensions), node!["config"] as JsonObject ?? throw Missing("config"));

    /// <summary>The class an object names, if it is one of the extensions or of Keras's own: a class of another module may share a
    /// name with one of them.</summary>
    public static string ClassName(JsonNode? node, Extensions extensions)
    {
        if (extensions.Named(ExtensionKind.Layer, node) is { } own) return own.ClassName;
        if (node is not JsonObject || node["class_name"] is not JsonValue name || !name.TryGetValue<string>(out var className))
            throw Missing("class_name");
        var module = (string?)node["module"] ?? "keras";
        var isKnown = module.Split('.')[0] is "keras" or "tf_keras" or "keras_core" or KerasModules.HubPackage or "keras_nlp"
            or KerasModules.Own;
        return isKnown ? className : throw UnknownClass($"{module}.{className}");
    }

    public static ModelFormatException Missing(string key) => new(new Fault(
        "missing_field",
        $"Each object of a model description needs '{key}',",
        "but one has none.",
        "Write the description with ModelSpec.ToJson or Keras."));

    public static ModelFormatException UnknownClass(string className) => new(new Fault(
        className.EndsWith("Lambda", StringComparison.Ordinal) ? "lambda_layer" : "unknown_class",
        "A model description may name only classes this library knows,",
        $"but names '{StrictJson.Printable(className)}'.",
        className.Contains("Lambda", StringComparison.Ordinal)
            ? "A Lambda holds Python code, which is never run: replace it by a layer."
            : "Use a class of this library, or register your own with Extensions and pass them to this call."));

    /// <summary>A class nobody knows; where its config names a file or an address, that is what matters.</summary>
    private static ModelFormatException Unknown(string className, JsonObject config)
        => config.FirstOrDefault(option => option.Value is JsonValue value && value.TryGetValue<string>(out var text)
            && (option.Key == "vocabulary" || text.Contains("://", StringComparison.Ordinal))) is { Key: { } key, Value: { } named }
            ? new(new("external_reference", "A model description may name no files or addresses,",
                $"but {StrictJson.Printable(className)} has '{StrictJson.Printable(key)}': {StrictJson.Printable(named.ToJsonString())}.",
                "Save the model with the values themselves; nothing was opened."))
            : UnknownClass(className);

    private static JsonObject Object(Layer layer, JsonObject config, Extension? own) => new()
    {
        ["module"] = own?.Package ?? (layer is NotEqual or Any ? "keras.src.ops.numpy" : layer.Module),
        ["class_name"] = layer.ClassName,
        ["config"] = config,
        ["registered_name"] = own?.RegisteredName ?? RegisteredName(layer),
    };

    /// <summary>The name a class is registered by; null for the layers of Keras itself.</summary>
    private static string? RegisteredName(Layer layer)
        => layer is NotEqual or Any ? layer.ClassName : layer.Module switch
        {
            KerasModules.Hub => $"{KerasModules.HubPackage}>{layer.ClassName}",
            KerasModules.Own => $"DeepGpu>{layer.ClassName}",
            _ => null,
        };

    private static JsonObject ConfigOf(Layer layer, string? name, Extensions extensions)
    {
        var type = extensions.Layer(layer.ClassName);
        if (type is null || type.Type != layer.GetType()) throw UnknownClass(layer.ClassName);
        var config = ExtensionCheck.Written(layer.ClassName, layer with { Name = name }, type.Json);
        foreach (var key in NotWritten(layer)) config.Remove(key);
        if (IntegerTypeOf(layer) is { } integer) config["dtype"] = integer.ToString().ToLowerInvariant();
        if (layer is IAdaptable { Quantization: { } quantization })
            config["dtype"] = QuantizationConverter.Policy(quantization, (string)config["dtype"]!["config"]!["name"]!);
        if (layer is InputLayer input) config["dtype"] = input.ElementType.ToString().ToLowerInvariant();
        return config;
    }

    /// <summary>What Keras's dtype of a layer is that yields whole numbers; null for another layer.</summary>
    private static DataType? IntegerTypeOf(Layer layer) => layer switch
    {
        Hashing { OutputMode: OutputMode.Int, Policy: null } hashing => hashing.IntegerType,
        HashedCrossing { OutputMode: OutputMode.Int, Policy: null } crossing => crossing.IntegerType,
        _ => null,
    };

    /// <summary>Options that a class of Keras does not take, so that Keras reads what is written;
    /// a 1D layer's format where it is the usual one.</summary>
    private static string[] NotWritten(Layer layer) => layer switch
    {
        InputLayer => ["element_type", "trainable"],
        NotEqual or Any => ["dtype", "trainable"],
        Hashing or HashedCrossing => ["integer_type"],
        SpatialDropout1D { DataFormat: DataFormat.ChannelsLast } => ["trainable", "data_format"],
        SpatialDropout => ["trainable"],
        Cropping1D { DataFormat: DataFormat.ChannelsLast } or UpSampling1D { DataFormat: DataFormat.ChannelsLast }
            or ZeroPadding1D { DataFormat: DataFormat.ChannelsLast } => ["data_format"],
        _ => [],
    };

    /// <summary>The config as this library spells it; an option nobody knows is refused unless it is switched off.</summary>
    private static JsonObject Prepared(string className, JsonObject config, KerasType type)
    {
        var prepared = type.Defaults();
        foreach (var (key, value) in KerasVersions.Renamed(className, config))
        {
            if (type.Options.Contains(key)) prepared[key] = (IsArray(type, key) ? value : KerasTwo.UnwrappedArray(value))?.DeepClone();
            else if (!Ignored.Contains(key) && !IsOff(value) && !KerasTwo.IsNeutral(className, key, value))
                throw UnknownOption(className, key, value!);
        }

        if (type.Sample is IAdaptable) SplitQuantization(prepared);
        return prepared;
    }

    /// <summary>Whether an option is an array, of which the shape counts too.</summary>
    private static bool IsArray(KerasType type, string key)
        => type.Json.Properties.Any(property => property.Name == key && property.PropertyType == typeof(ConstantValue));

    /// <summary>Keras says in the dtype policy whether a layer is quantised; a config of it alone changes nothing.</summary>
    private static void SplitQuantization(JsonObject prepared)
    {
        var (policy, config) = (prepared["dtype"], prepared["quantization_config"]);
        if (!QuantizationConverter.IsQuantized(policy)) prepared["quantization_config"] = null;
        else (prepared["dtype"], prepared["quantization_config"]) = QuantizationConverter.Split(policy!, config);
    }

    /// <summary>Whether an option is left out or switched off.</summary>
    public static bool IsOff(JsonNode? value) => value is null || value is JsonValue v && v.TryGetValue<bool>(out var flag) && !flag;

    public static ModelFormatException UnknownOption(string className, string key, JsonNode value) => new(new Fault(
        "unknown_option",
        $"{className} may have only options this library knows,",
        $"but has '{StrictJson.Printable(key)}': {StrictJson.Printable(value.ToJsonString())}.",
        "Leave the option at its default."));

    /// <summary>What is wrong with a number: another type, or beyond what a length can be.</summary>
    private static string CodeOf(Exception e, JsonObject config, KerasType type)
    {
        var key = (e as JsonException)?.Path?.TrimStart('$', '.') ?? "";
        var isNumber = type.Json.Properties.Any(property =>
            property.Name == key && (property.PropertyType == typeof(int) || property.PropertyType == typeof(double)));
        if (!isNumber || config[key] is not JsonValue value) return "bad_value";
        if (value.GetValueKind() != JsonValueKind.Number) return "wrong_field_type";
        return value.TryGetValue<double>(out var number) && Math.Abs(number) > int.MaxValue ? "dimension_too_large" : "bad_value";
    }

    private static ModelFormatException BadOption(string className, string? name, string code, Exception e) => new(
        new Fault(
            code,
            $"The options of {className} '{StrictJson.Printable(name ?? "")}' must have values the layer allows,",
            $"but: {StrictJson.Printable(e is IFaultSource source ? source.Fault.ToString() : e.Message)}",
            "Correct the description."),
        entry: name is null ? null : StrictJson.Printable(name),
        innerException: e);
}
