using System.Text.Json.Nodes;
using DeepGpu.Models.Graphs;
using DeepGpu.Models.Layers;

namespace DeepGpu.Models.Json;

/// <summary>Reads a graph from the config of Keras's Functional (2 and 3).</summary>
internal sealed class FunctionalReader(JsonArray layers, Extensions extensions)
{
    private readonly Dictionary<string, Layer> _layers = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Layer, int Call), LayerCall> _calls = [];
    private readonly HashSet<string> _shapes = new(StringComparer.Ordinal);
    private readonly ShapeFolding _folding = new();
    private readonly HashSet<string> _names = layers.OfType<JsonObject>()
        .Select(layer => (string?)layer["name"] ?? (string?)(layer["config"] as JsonObject)?["name"])
        .OfType<string>().ToHashSet(StringComparer.Ordinal);

    public static ModelSpec Read(JsonObject config, Shape? inputShape, Extensions extensions)
    {
        var list = config["layers"] as JsonArray ?? throw LayerJson.Missing("layers");
        NestedCalls.CountFromZero(list, config);
        var reader = new FunctionalReader(list, extensions);
        List<TensorReference> entries = [.. References(config["input_layers"])];
        List<WaitingCall> waiting = [.. list.SelectMany(node => reader.Declare(node, entries, inputShape))];
        foreach (var call in WaitingCall.InOrder(waiting, [.. reader._calls.Keys], reader._layers.ContainsKey)) reader.Make(call);
        var inputs = entries.Select(reader.Resolve).ToList();
        var outputs = References(config["output_layers"]).Select(reader.Resolve).ToList();
        return GraphBuilder.Build((string?)config["name"] ?? "functional", outputs, inputs, isSequential: false);
    }

    /// <summary>Notes a layer, and yields its calls, which may refer to layers further down.</summary>
    private IEnumerable<WaitingCall> Declare(JsonNode? node, List<TensorReference> entries, Shape? inputShape)
    {
        if (TensorFlowFunctions.IsShape(node)) return DeclareShape(node!.AsObject());
        var layer = LayerJson.Read(node, extensions);
        var name = (string?)node!["name"] ?? layer.Name ?? throw LayerJson.Missing("name");
        if (layer is InputLayer input)
        {
            if (inputShape is not null && entries is [var first, ..] && first.Layer == name) layer = input with { BatchShape = inputShape };
            _calls[(name, 0)] = new(layer with { Name = name }, []);
        }

        var calls = layer is InputLayer
            ? []
            : (node["inbound_nodes"] as JsonArray ?? []).Select(call => Call(node, layer, call, name)).ToList();
        if (!_layers.TryAdd(name, Switched(layer with { Name = name }, calls)))
            throw Broken("duplicate_name", "Each layer of a graph needs its own name,",
                $"but two are called '{StrictJson.Printable(name)}'.");
        return calls.Select((call, number) => new WaitingCall(name, number, call));
    }

    /// <summary>Notes a call of tf.shape, which yields no tensor but numbers known here.</summary>
    private IEnumerable<WaitingCall> DeclareShape(JsonObject node)
    {
        var name = (string?)node["name"] ?? throw LayerJson.Missing("name");
        _shapes.Add(name);
        return (node["inbound_nodes"] as JsonArray ?? []).OfType<JsonArray>().Select((call, number) => new WaitingCall(name, number,
            InboundCall.Of((new TensorFunction("Copy"), [TensorReference.Parse(call is [JsonArray first, ..] ? first : call)]))));
    }

    private InboundCall Call(JsonNode node, Layer layer, JsonNode? call, string name)
    {
        if (layer is not TensorFunction function) return InboundCall.Parse(call, name);
        if (!TensorFlowFunctions.IsClass(LayerJson.ClassName(node, extensions)))
            return InboundCall.Of(FunctionJson.WithCall(function, call, name));
        return InboundCall.Of(TensorFlowFunctions.WithCall(node["config"]!.AsObject(), call as JsonArray
            ?? throw LayerJson.Missing("inbound_nodes"), _names.Contains));
    }

    /// <summary>The layer with the switches of its calls, which Keras may set for each call and this library for the layer.</summary>
    private static Layer Switched(Layer layer, IEnumerable<InboundCall> calls)
    {
        List<Layer> variants = [.. calls.Select(call => call.Switched(layer)).DefaultIfEmpty(layer).Distinct()];
        return variants.Count == 1
            ? variants[0]
            : throw Broken("different_calls", "The calls of a shared layer must have the same arguments,",
                $"but those of '{StrictJson.Printable(layer.Name!)}' differ.");
    }

    private void Make(WaitingCall waiting)
    {
        var (name, number, call) = waiting;
        if (_shapes.Contains(name))
        {
            _folding.Note(name, number, ShapeOf(call.Inputs[0]));
            return;
        }

        if (_folding.Concerns(call.Inputs))
        {
            if (_layers[name] is TensorFunction folded && _folding.Put(folded, call.Inputs, name, number, ShapeOf)
                is { } put) _calls[(name, number)] = new(put.Function, [.. put.Inputs.Select(Resolve)]);
            return;
        }

        _calls[(name, number)] = new(call.Called(_layers[name]), [.. call.Inputs.Select(Resolve)])
        {
            Mask = call.Mask is { } mask ? Resolve(mask) : null,
            DropsMask = call.DropsMask
        };
        if (call.Then is { } then) _calls[(name, number)] = new(
            then with { Name = $"{name}_{LayerNames.SnakeCase(then.Function)}" }, [_calls[(name, number)].Output(0)]);
    }

    private Shape ShapeOf(TensorReference reference) => Resolve(reference).Shape
        ?? throw Broken("unknown_shape", "A shape that a graph asks for must be known,",
            $"but that of '{StrictJson.Printable(reference.Layer)}' is not: a layer before it is faulty.");

    private SymbolicTensor Resolve(TensorReference reference)
    {
        var call = _calls.GetValueOrDefault((reference.Layer, reference.Call))
            ?? throw Broken("missing_layer", "A model's inputs and outputs must be layers it has,",
                $"but one is call {reference.Call} of '{StrictJson.Printable(reference.Layer)}'.");
        return reference.Output >= 0 && reference.Output < call.Layer.OutputCount
            ? call.Output(reference.Output)
            : throw Broken("missing_output", $"'{StrictJson.Printable(reference.Layer)}' yields {call.Layer.OutputCount} values,",
                $"but value {reference.Output} is asked for.");
    }

    /// <summary>One reference, a list of them, or a map of names to them.</summary>
    private static IEnumerable<TensorReference> References(JsonNode? node) => node switch
    {
        JsonArray list => list.Count > 0 && list[0] is JsonValue ? [TensorReference.Parse(list)] : list.SelectMany(References),
        JsonObject map => map.SelectMany(pair => References(pair.Value)),
        _ => throw LayerJson.Missing("input_layers or output_layers"),
    };

    /// <summary>A fault of the graph.</summary>
    internal static ModelFormatException Broken(string code, string rule, string received)
        => new(new Fault(code, rule, received, "Correct the description."));
}

/// <summary>One output of one call of a layer.</summary>
internal readonly record struct TensorReference(string Layer, int Call, int Output)
{
    public static TensorReference Parse(JsonArray list)
        => list is [{ } layer, ..]
            ? new(layer.GetValue<string>(), Number(list, 1), Number(list, 2))
            : throw LayerJson.Missing("keras_history");

    private static int Number(JsonArray list, int index) => list.Count > index && list[index] is { } number ? number.GetValue<int>() : 0;
}
