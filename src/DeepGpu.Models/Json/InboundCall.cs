using System.Text.Json.Nodes;

namespace DeepGpu.Models.Json;

/// <summary>One call of a layer as Keras writes it: tensors, a mask, switches, or a number compared with.</summary>
internal sealed class InboundCall
{
    private readonly List<TensorReference> _inputs = [];
    private readonly Dictionary<string, JsonNode> _keywords = new(StringComparer.Ordinal);
    private double? _number;
    private bool? _isCausal;

    public IReadOnlyList<TensorReference> Inputs => _inputs;

    public TensorReference? Mask { get; private set; }

    /// <summary>Whether the call says that it has no mask, whatever its input brings: Keras 3 writes the mask that
    /// each call resolved to.</summary>
    public bool DropsMask { get; private set; }

    public IEnumerable<TensorReference> References => Mask is { } mask ? _inputs.Append(mask) : _inputs;

    /// <summary>The function that the call is one of, with its arguments; null for the call of a layer.</summary>
    private Layer? Function { get; init; }

    /// <summary>A function of the result; null for none.</summary>
    public TensorFunction? Then { get; private init; }

    /// <summary>A call of a function.</summary>
    public static InboundCall Of((TensorFunction Function, IReadOnlyList<TensorReference> Inputs) call)
        => Of((call.Function, call.Inputs, null));

    /// <summary>A call of a function, and a function of its result.</summary>
    public static InboundCall Of((TensorFunction Function, IReadOnlyList<TensorReference> Inputs, TensorFunction? Then) call)
    {
        var made = new InboundCall { Function = FunctionJson.AsLayer(call.Function), Then = call.Then };
        made._inputs.AddRange(call.Inputs);
        return made;
    }

    /// <summary>Reads Keras 3's {"args", "kwargs"} or Keras 2's [[name, call, output, {kwargs}], ...].</summary>
    public static InboundCall Parse(JsonNode? node, string layer)
    {
        var call = new InboundCall();
        if (node is JsonArray list) call.ParseList(list, layer);
        else call.ParseObject(node as JsonObject ?? throw LayerJson.Missing("inbound_nodes"), layer);
        return call;
    }

    /// <summary>The layer with the switches of the call, which are options of the layer here.</summary>
    public Layer Switched(Layer layer)
    {
        if (Function is not null) return Function with { Name = layer.Name };
        if (_number is { } number && layer is not NotEqual) throw Unknown(layer.Name ?? layer.ClassName, "args", number);
        var (scores, causal) = (_keywords.ContainsKey("return_attention_scores"), _isCausal == true);
        return layer switch
        {
            ProjectedAttention m => m with
            {
                ReturnAttentionScores = m.ReturnAttentionScores || scores,
                UseCausalMask = m.UseCausalMask || causal
            },
            Attention a => a with { ReturnAttentionScores = a.ReturnAttentionScores || scores, UseCausalMask = a.UseCausalMask || causal },
            AdditiveAttention a =>
                a with { ReturnAttentionScores = a.ReturnAttentionScores || scores, UseCausalMask = a.UseCausalMask || causal },
            TransformerEncoder e => e with { ReturnAttentionScores = e.ReturnAttentionScores || scores },
            TransformerDecoder d => d with { UseCausalMask = _isCausal ?? d.UseCausalMask },
            NotEqual n => n with { Value = _number ?? n.Value },
            _ => layer,
        };
    }

    /// <summary>The layer as this call uses it: tied embeddings the one way or the other.</summary>
    public Layer Called(Layer layer)
        => layer is ReversibleEmbedding embedding && _keywords.ContainsKey("reverse") ? embedding.Reversed() : layer;

    private void ParseObject(JsonObject node, string layer)
    {
        foreach (var argument in node["args"] as JsonArray ?? []) Argument(argument, layer);
        var keywords = node["kwargs"] as JsonObject ?? [];
        DropsMask = keywords.TryGetPropertyValue("mask", out var mask) && mask is null;
        foreach (var (key, value) in keywords) Keyword(key, value, layer);
    }

    private void ParseList(JsonArray list, string layer)
    {
        foreach (var item in list.OfType<JsonArray>())
        {
            _inputs.Add(TensorReference.Parse(item));
            if (item.Count <= 3 || item[3] is not JsonObject keywords) continue;
            foreach (var (key, value) in keywords) Keyword(key, value, layer);
        }
    }

    private void Argument(JsonNode? argument, string layer)
    {
        if (argument is JsonArray many)
        {
            foreach (var item in many) Argument(item, layer);
        }
        else if (argument is JsonObject tensor) _inputs.Add(History(tensor));
        else if (argument is JsonValue value && value.TryGetValue<double>(out var number)) _number = number;
        else if (argument is not null) throw Unknown(layer, "args", argument);
    }

    private void Keyword(string key, JsonNode? value, string layer)
    {
        if (key == "use_causal_mask" && value is JsonValue causal && causal.TryGetValue<bool>(out var isCausal)) _isCausal = isCausal;
        if (value is null || value is JsonValue v && v.TryGetValue<bool>(out var flag) && !flag) return;
        switch (key)
        {
            case "mask" or "attention_mask" or "padding_mask" or "decoder_padding_mask" or "decoder_attention_mask"
                when value is JsonObject tensor:
                Mask = History(tensor); break;
            case "initial_state" or "value" or "key" or "query" or "inputs" or "x" or "decoder_sequence" or "encoder_sequence":
                Argument(value, layer);
                break;
            case "return_attention_scores" or "use_causal_mask" or "reverse": _keywords[key] = value; break;
            default: throw Unknown(layer, key, value);
        }
    }

    private static TensorReference History(JsonObject tensor)
    {
        var history = tensor["config"]?["keras_history"] as JsonArray ?? throw LayerJson.Missing("keras_history");
        return TensorReference.Parse(history);
    }

    private static ModelFormatException Unknown(string layer, string key, JsonNode value) => new(new Fault(
        "unknown_argument",
        $"A call of '{StrictJson.Printable(layer)}' may have only arguments this library knows,",
        $"but has '{StrictJson.Printable(key)}': {StrictJson.Printable(value.ToJsonString())}.",
        "Leave the argument out."));
}
