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
        var missing = waiting.ToDictionary(call => call, call => Needs(call).Where(need => !_calls.ContainsKey(need)).ToHashSet());
        var dependents = missing.SelectMany(call => call.Value, (call, need) => (need, call.Key)).ToLookup(pair => pair.need, pair => pair.Key);
        var ready = new Queue<Waiting>(waiting.Where(call => missing[call].Count == 0));
        while (ready.TryDequeue(out var call))
        {
            Make(call);
            foreach (var dependent in dependents[(call.Layer, call.Number)].Where(other => missing[other].Remove((call.Layer, call.Number)) && missing[other].Count == 0)) ready.Enqueue(dependent);
        }

        var stuck = waiting.Where(call => missing[call].Count > 0).ToDictionary(call => (call.Layer, call.Number));
        if (stuck.Count > 0) throw Unconnected(stuck, call => missing[call]);
    }

    private static IEnumerable<(string Layer, int Call)> Needs(Waiting waiting)
    {
        var needs = waiting.Call.References.Select(reference => (reference.Layer, reference.Call));
        return waiting.Number == 0 ? needs : needs.Append((waiting.Layer, waiting.Number - 1));
    }

    private void Make(Waiting waiting)
    {
        var (name, number, call) = waiting;
        _calls[(name, number)] = new(_layers[name], [.. call.Inputs.Select(Resolve)]) { Mask = call.Mask is { } mask ? Resolve(mask) : null };
    }

    private SymbolicTensor Resolve(TensorReference reference)
    {
        var call = _calls.GetValueOrDefault((reference.Layer, reference.Call)) ?? throw Broken("missing_layer", "A model's inputs and outputs must be layers it has,", $"but one is call {reference.Call} of '{StrictJson.Printable(reference.Layer)}'.");
        return reference.Output >= 0 && reference.Output < call.Layer.OutputCount ? call.Output(reference.Output) : throw Broken("missing_output", $"'{StrictJson.Printable(reference.Layer)}' yields {call.Layer.OutputCount} values,", $"but value {reference.Output} is asked for.");
    }

    /// <summary>Why calls wait for ever: something they refer to does not exist, or they wait for each other.</summary>
    private ModelFormatException Unconnected(Dictionary<(string Layer, int Call), Waiting> stuck, Func<Waiting, HashSet<(string Layer, int Call)>> missing)
    {
        foreach (var (waiting, need) in stuck.Values.SelectMany(missing, (waiting, need) => (waiting, need)).Where(pair => !stuck.ContainsKey(pair.need)))
        {
            return _layers.ContainsKey(need.Layer)
                ? Broken("missing_call", "A graph may refer only to calls it has,", $"but '{StrictJson.Printable(waiting.Layer)}' refers to call {need.Call} of '{StrictJson.Printable(need.Layer)}'.")
                : Broken("missing_layer", "A graph may refer only to layers it has,", $"but '{StrictJson.Printable(waiting.Layer)}' refers to '{StrictJson.Printable(need.Layer)}'.");
        }

        var seen = new HashSet<(string Layer, int Call)>();
        var current = stuck.Keys.First();
        while (seen.Add(current)) current = missing(stuck[current]).First();
        return Broken("cycle", "A graph may not run in a circle,", $"but '{StrictJson.Printable(current.Layer)}' waits for its own output.");
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
    public static TensorReference Parse(JsonArray list) => list is [{ } layer, ..] ? new(layer.GetValue<string>(), Number(list, 1), Number(list, 2)) : throw LayerJson.Missing("keras_history");

    private static int Number(JsonArray list, int index) => list.Count > index && list[index] is { } number ? number.GetValue<int>() : 0;
}
