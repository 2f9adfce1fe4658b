using System.Text.Json;
using System.Text.Json.Nodes;
using DeepGpu.Models.Graphs;

namespace DeepGpu.Models.Json;

/// <summary>Writes and reads a model in the form of Keras 3's config.json; reads Keras 2's too.</summary>
internal static class ModelJson
{
    private const int MaxDepth = 64;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Write(ModelSpec spec, Extensions extensions)
    {
        var root = WriteObject(spec, extensions);
        return Levels(root) is var levels && levels <= MaxDepth ? root.ToJsonString(Indented) : throw TooDeep(spec, levels);
    }

    /// <summary>A model as the object that stands for it, at the top or as a layer.</summary>
    public static JsonObject WriteObject(ModelSpec spec, Extensions extensions, bool trainable = true) => new()
    {
        ["module"] = spec.IsSequential ? "keras" : "keras.src.models.functional",
        ["class_name"] = spec.IsSequential ? "Sequential" : "Functional",
        ["config"] = spec.IsSequential ? Sequential(spec, trainable, extensions) : FunctionalWriter.Write(spec, trainable, extensions),
        ["registered_name"] = spec.IsSequential ? null : "Functional",
    };

    public static ModelSpec Read(string json, Shape? inputShape, Extensions extensions)
        => Read(KerasType.Parsed(json, MaxDepth), inputShape, extensions);

    /// <summary>Reads a model from its root object.</summary>
    public static ModelSpec Read(JsonNode? root, Shape? inputShape, Extensions extensions)
    {
        if (root is not JsonObject) throw LayerJson.Missing("class_name");
        return Guarded(() => ReadObject(Upgraded(root, extensions, out var omitted), inputShape, extensions).Without(omitted));
    }

    /// <summary>A description in the form of Keras 3, whatever version wrote it.</summary>
    private static JsonNode Upgraded(JsonNode root, Extensions extensions, out List<string> omitted)
    {
        if (KerasVersions.IsBeforeThree(root))
        {
            KerasVersions.Upgrade(root);
            KerasNames.MakePlain(root);
        }

        LayerActivations.Split(root);
        omitted = [];
        TrainingOnly.Omit(root, extensions, omitted);
        return root;
    }

    /// <summary>Reads a model from its object, at the top or as a layer.</summary>
    public static ModelSpec ReadObject(JsonNode node, Shape? inputShape, Extensions extensions)
        => Guarded(() => LayerJson.ClassName(node, extensions) switch
        {
            "Sequential" => ReadSequential(node["config"], inputShape, extensions),
            "Functional" or "Model" => FunctionalReader.Read(LayerJson.Parts(node, extensions).Config, inputShape, extensions),
            var className => throw LayerJson.UnknownClass(className),
        });

    /// <summary>What a reader makes, or its fault in the words of a file's.</summary>
    private static ModelSpec Guarded(Func<ModelSpec> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidOperationException and not ModelStateException or JsonException or FormatException
            or InvalidCastException or OverflowException
            or ArgumentException and not DeepGpuArgumentException)
        {
            throw new ModelFormatException(new("wrong_field_type", "A model description must have the form Keras gives it,",
                $"but: {StrictJson.Printable(e.Message)}", "Write it with ModelSpec.ToJson or Keras."), innerException: e);
        }
        catch (Exception e) when (e is ModelBuildException or ShapeException or OverflowException or DeepGpuArgumentException)
        {
            throw new ModelFormatException(new("bad_model", "A model description must describe a model that can be built,",
                $"but: {StrictJson.Printable(e.Message)}", "Correct the description."), innerException: e);
        }
    }

    private static JsonObject Sequential(ModelSpec spec, bool trainable, Extensions extensions) => new()
    {
        ["name"] = spec.Name,
        ["trainable"] = trainable,
        ["layers"] = new JsonArray([.. spec.Layers.Select(node => LayerJson.Write(node.Layer, node.Name, extensions))]),
    };

    /// <summary>Keras 1 wrote the list of layers as the config itself.</summary>
    private static ModelSpec ReadSequential(JsonNode? config, Shape? inputShape, Extensions extensions)
    {
        var list = (config is JsonArray ? config : config?["layers"]) as JsonArray ?? throw LayerJson.Missing("layers");
        var layers = list.Select(node => LayerJson.Read(node, extensions)).ToList();
        var declared = Declared(list.FirstOrDefault()) ?? Declared(config);
        var start = inputShape ?? (layers.FirstOrDefault() switch
        {
            InputLayer first => first.BatchShape,
            NestedModel first => declared ?? first.Model.InputShape,
            _ => declared
        }) ?? throw NoInputShape();
        var input = layers is [InputLayer given, ..] ? given with { BatchShape = start } : new InputLayer(start);
        var output = layers.SkipWhile(layer => layer is InputLayer)
            .Aggregate(new LayerCall(input, []).Output(0), (value, layer) => value.Apply(layer));
        return output.Build((config as JsonObject)?["name"]?.GetValue<string>() ?? "sequential");
    }

    private static Shape? Declared(JsonNode? node)
    {
        var shape = (node as JsonObject)?["build_input_shape"] ?? (node as JsonObject)?["config"]?["batch_input_shape"]
            ?? (node as JsonObject)?["config"]?["batch_shape"] ?? (node as JsonObject)?["build_config"]?["input_shape"];
        return shape is JsonArray axes ? new Shape(axes.Select(axis => axis?.GetValue<int>())) : null;
    }

    /// <summary>How many objects and lists are inside one another.</summary>
    private static int Levels(JsonNode? node) => node switch
    {
        JsonObject map => 1 + map.Select(pair => Levels(pair.Value)).DefaultIfEmpty().Max(),
        JsonArray list => 1 + list.Select(Levels).DefaultIfEmpty().Max(),
        _ => 0,
    };

    /// <summary>How many models are inside one another, the outermost counted.</summary>
    private static int Depth(ModelSpec spec)
        => 1 + spec.Layers.Select(node => node.Layer is NestedModel nested ? Depth(nested.Model) : 0).DefaultIfEmpty().Max();

    private static ModelFormatException TooDeep(ModelSpec spec, int levels) => new(new Fault(
        "too_deep",
        $"A description may nest {MaxDepth} levels of JSON,",
        $"but that of '{spec.Name}', {Depth(spec)} models inside one another, nests {levels}.",
        "Nest fewer models: build the inner layers into the model around them."));

    private static ModelFormatException NoInputShape() => new(new Fault(
        "input_shape_missing",
        "A model needs the shape of its input,",
        "but the description leaves it out.",
        "Pass it, or build the model in Keras before it is written."));
}
