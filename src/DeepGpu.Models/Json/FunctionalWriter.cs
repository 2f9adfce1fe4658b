using System.Text.Json.Nodes;

namespace DeepGpu.Models.Json;

/// <summary>Writes a graph as the config of Keras 3's Functional.</summary>
internal static class FunctionalWriter
{
    public static JsonObject Write(ModelSpec spec, bool trainable, Extensions extensions)
    {
        var calls = CallNumbers(spec);
        var nodes = spec.Nodes.OrderBy(node => node.Sequence).ToLookup(node => node.Name, StringComparer.Ordinal);
        return new()
        {
            ["name"] = spec.Name,
            ["trainable"] = trainable,
            ["layers"] = new JsonArray([.. spec.Layers.Select(layer => Layer(layer, nodes[layer.Name], calls, extensions))]),
            ["input_layers"] = new JsonArray([.. spec.Inputs.Select(input => Reference(new(input, 0), calls))]),
            ["output_layers"] = new JsonArray([.. spec.Outputs.Select(output => OutputReference(output, calls))]),
        };
    }

    /// <summary>Which call of its layer each node is, from 0.</summary>
    private static Dictionary<ModelNode, int> CallNumbers(ModelSpec spec)
        => spec.Nodes.GroupBy(node => node.Name)
            .SelectMany(calls => calls.OrderBy(node => node.Sequence).Select((node, number) => (node, number)))
            .ToDictionary(pair => pair.node, pair => pair.number);

    private static JsonObject Layer(
        ModelNode layer,
        IEnumerable<ModelNode> nodes,
        Dictionary<ModelNode, int> calls,
        Extensions extensions)
    {
        var written = LayerJson.Write(layer.Layer, layer.Name, extensions);
        written["name"] = layer.Name;
        written["inbound_nodes"] = new JsonArray([.. nodes.Where(node => node.Layer is not InputLayer).Select(node => Call(node, calls))]);
        return written;
    }

    private static JsonObject Call(ModelNode node, Dictionary<ModelNode, int> calls)
    {
        JsonNode[] tensors = [.. node.Inputs.Select(input => Tensor(input, calls))];
        var call = node.Layer switch
        {
            TensorFunction function => Arguments(FunctionJson.Arguments(function, tensors)),
            NotEqual notEqual => Arguments([tensors[0], notEqual.Value]),
            ElementwiseMerge or Concatenate or Dot or AttentionLayer => Arguments([new JsonArray(tensors)]),
            SequenceLayer or Bidirectional when tensors.Length > 1 =>
                Arguments([tensors[0]], ("initial_state", new JsonArray(tensors[1..]))),
            NestedModel when tensors.Length > 1 => Arguments([new JsonArray(tensors)]),
            _ => Arguments(tensors),
        };
        var keywords = call["kwargs"]!.AsObject();
        if (node.Mask is { } mask) keywords[MaskName(node.Layer, mask.Shape)] = Tensor(mask, calls);
        if (node.DropsMask) keywords["mask"] = null;
        foreach (var (name, value) in Switches(node.Layer)) keywords[name] = value;
        return call;
    }

    /// <summary>What Keras's argument of the call is named that takes a mask.</summary>
    private static string MaskName(Layer layer, Shape mask) => (layer, mask.Rank) switch
    {
        (ProjectedAttention, _) or (TransformerEncoder, 3) => "attention_mask",
        (TransformerEncoder, _) => "padding_mask",
        (TransformerDecoder, 3) => "decoder_attention_mask",
        (TransformerDecoder, _) => "decoder_padding_mask",
        _ => "mask",
    };

    /// <summary>Options that Keras takes as arguments of the call, where they are not as Keras has them.</summary>
    private static IEnumerable<(string Name, bool Value)> Switches(Layer layer) => layer switch
    {
        AttentionLayer a => On(("return_attention_scores", a.ReturnAttentionScores), ("use_causal_mask", a.UseCausalMask)),
        ProjectedAttention m => On(("return_attention_scores", m.ReturnAttentionScores), ("use_causal_mask", m.UseCausalMask)),
        TransformerEncoder e => On(("return_attention_scores", e.ReturnAttentionScores)),
        TransformerDecoder { UseCausalMask: false } => [("use_causal_mask", false)],
        ReversibleEmbedding embedding => On(("reverse", embedding.IsReversed)),
        _ => [],
    };

    private static IEnumerable<(string Name, bool Value)> On(params (string Name, bool Value)[] switches)
        => switches.Where(s => s.Value);

    private static JsonObject Arguments(JsonNode?[] args, params (string Name, JsonNode Value)[] kwargs) => new()
    {
        ["args"] = new JsonArray(args),
        ["kwargs"] = new JsonObject(kwargs.Select(k => KeyValuePair.Create(k.Name, (JsonNode?)k.Value))),
    };

    private static JsonObject Tensor(NodeOutput output, Dictionary<ModelNode, int> calls) => new()
    {
        ["class_name"] = "__keras_tensor__",
        ["config"] = new JsonObject
        {
            ["shape"] = new JsonArray([.. output.Shape.Axes.Select(axis => axis is { } length ? (JsonNode)length : null)]),
            ["dtype"] = output.Node.Layer is NotEqual or Any or TensorFunction { Row.IsTruth: true }
                ? "bool"
                : (output.Node.Layer as InputLayer)?.ElementType.ToString().ToLowerInvariant() ?? "float32",
            ["keras_history"] = Reference(output, calls),
        },
    };

    /// <summary>Keras counts the calls of a graph inside a graph from 1 where they are outputs: the first is the graph itself.</summary>
    private static JsonArray OutputReference(NodeOutput output, Dictionary<ModelNode, int> calls)
    {
        var reference = Reference(output, calls);
        if (output.Node.Layer is NestedModel { Model.IsSequential: false }) reference[1] = calls[output.Node] + 1;
        return reference;
    }

    private static JsonArray Reference(NodeOutput output, Dictionary<ModelNode, int> calls)
        => [output.Node.Name, calls[output.Node], output.Index];
}
