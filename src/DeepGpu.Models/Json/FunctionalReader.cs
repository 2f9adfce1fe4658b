using System.Text.Json.Nodes;

namespace DeepGpu.Models;

/// <summary>Reads a graph from the config of Keras's Functional (2 and 3).</summary>
internal sealed class FunctionalReader
{
    private readonly Dictionary<string, Layer> _layers = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Layer, int Call), LayerCall> _calls = [];

    public static ModelSpec Read(JsonObject config, Shape? inputShape)
    {
        var list = config["layers"] as JsonArray ?? throw LayerJson.Missing("layers");
        var reader = new FunctionalReader();
        List<TensorReference> entries = [.. References(config["input_layers"])];
        List<Waiting> waiting = [.. list.SelectMany(node => reader.Declare(node, entries, inputShape))];
        reader.Connect(waiting);
        var inputs = entries.Select(reader.Resolve).ToList();
        var outputs = References(config["output_layers"]).Select(reader.Resolve).ToList();
        return GraphBuilder.Build((string?)config["name"] ?? "functional", outputs, inputs, isSequential: false);
    }

    /// <summary>Notes a layer, and yields its calls, which may refer to layers further down.</summary>
    private IEnumerable<Waiting> Declare(JsonNode? node, List<TensorReference> entries, Shape? inputShape)
    {
        var layer = LayerJson.Read(node);
        var name = (string?)node!["name"] ?? layer.Name ?? throw LayerJson.Missing("name");
        if (layer is InputLayer input)
        {
            if (inputShape is not null && entries is [var first, ..] && first.Layer == name) layer = input with { BatchShape = inputShape };
            _calls[(name, 0)] = new(layer with { Name = name }, []);
        }

        var calls = layer is InputLayer ? [] : (node["inbound_nodes"] as JsonArray ?? []).Select(call => InboundCall.Parse(call, name)).ToList();
        layer = calls.Aggregate(layer with { Name = name }, (l, call) => call.Switched(l));
        if (!_layers.TryAdd(name, layer)) throw Broken("duplicate_name", "Each layer of a graph needs its own name,", $"but two are called '{StrictJson.Printable(name)}'.");
        return calls.Select((call, number) => new Waiting(name, number, call));
    }

    /// <summary>Makes each call once its inputs and its layer's calls before it are there; what remains waits for itself.</summary>
    private void Connect(List<Waiting> waiting)
    {
        while (waiting.Count > 0)
        {
            var ready = waiting.Where(IsReady).ToList();
            if (ready.Count == 0) throw Unconnected(waiting[0]);
            foreach (var (name, number, call) in ready)
            {
                _calls[(name, number)] = new(_layers[name], [.. call.Inputs.Select(Resolve)]) { Mask = call.Mask is { } mask ? Resolve(mask) : null };
            }

            waiting = [.. waiting.Except(ready)];
        }
    }

    private bool IsReady(Waiting waiting)
        => (waiting.Number == 0 || _calls.ContainsKey((waiting.Layer, waiting.Number - 1)))
        && waiting.Call.References.All(reference => _calls.ContainsKey((reference.Layer, reference.Call)));

    private SymbolicTensor Resolve(TensorReference reference)
    {
        var call = _calls.GetValueOrDefault((reference.Layer, reference.Call)) ?? throw Broken("missing_layer", "A graph may refer only to layers it has,", $"but refers to '{StrictJson.Printable(reference.Layer)}'.");
        return reference.Output >= 0 && reference.Output < call.Layer.OutputCount ? call.Output(reference.Output) : throw Broken("missing_output", $"'{reference.Layer}' yields {call.Layer.OutputCount} values,", $"but value {reference.Output} is asked for.");
    }

    private ModelFormatException Unconnected(Waiting waiting)
    {
        var missing = waiting.Call.References.FirstOrDefault(reference => !_layers.ContainsKey(reference.Layer));
        return missing.Layer is { } name
            ? Broken("missing_layer", "A graph may refer only to layers it has,", $"but '{waiting.Layer}' refers to '{StrictJson.Printable(name)}'.")
            : Broken("cycle", "A graph may not run in a circle,", $"but '{waiting.Layer}' waits for its own output.");
    }

    /// <summary>One reference, a list of them, or a map of names to them.</summary>
    private static IEnumerable<TensorReference> References(JsonNode? node) => node switch
    {
        JsonArray list => list.Count > 0 && list[0] is JsonValue ? [TensorReference.Parse(list)] : list.SelectMany(References),
        JsonObject map => map.SelectMany(pair => References(pair.Value)),
        _ => throw LayerJson.Missing("input_layers or output_layers"),
    };

    private static ModelFormatException Broken(string code, string rule, string received) => new(new Fault(code, rule, received, "Correct the description."));

    private sealed record Waiting(string Layer, int Number, InboundCall Call);
}

/// <summary>One output of one call of a layer.</summary>
internal readonly record struct TensorReference(string Layer, int Call, int Output)
{
    public static TensorReference Parse(JsonArray list) => new(list[0]!.GetValue<string>(), list.Count > 1 ? list[1]!.GetValue<int>() : 0, list.Count > 2 ? list[2]!.GetValue<int>() : 0);
}
