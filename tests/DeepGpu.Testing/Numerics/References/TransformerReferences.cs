using DeepGpu.Models;
using static DeepGpu.Testing.Numerics.Scalar;

namespace DeepGpu.Testing.Numerics;

/// <summary>The blocks of transformers: y = x + part(norm(x)), or y = norm(x + part(x)). Vaswani et al., 2017.</summary>
internal static class TransformerReferences
{
    public static void Add()
    {
        ReferenceTable.AddMany<TransformerEncoder>(Encode);
        ReferenceTable.AddMany<TransformerDecoder>(Decode);
    }

    /// <summary>Masked steps neither see nor are seen.</summary>
    private static IReadOnlyList<Flow> Encode(TransformerEncoder layer, Call call)
    {
        var heads = Heads(layer, call.X) with { ReturnAttentionScores = layer.ReturnAttentionScores };
        IReadOnlyList<Flow> outputs = [];
        var sum = Around(layer, "self_attention", call, call.X, x =>
        {
            outputs = MultiHeadReference.Run(heads, call.Inside("_self_attention_layer", new(x, call.Mask), new Flow(x, call.Mask)));
            return outputs[0].Values;
        });
        return [new(Feedforward(layer, call, sum), call.Mask), .. outputs.Skip(1)];
    }

    /// <summary>Masked steps are not seen.</summary>
    private static IReadOnlyList<Flow> Decode(TransformerDecoder layer, Call call)
    {
        var heads = Heads(layer, call.X);
        var self = heads with { UseCausalMask = layer.UseCausalMask };
        var sum = Around(layer, "self_attention", call, call.X, x
            => MultiHeadReference.Run(self, call.Inside("_self_attention_layer", new Flow(x), new Flow(x, call.Mask)))[0].Values);
        if (call.Inputs.Count > 1)
        {
            sum = Around(layer, "cross_attention", call, sum, x => MultiHeadReference.Run(heads,
                call.Inside("_cross_attention_layer", new Flow(x), call.Inputs[1]))[0].Values);
        }

        return [new(Feedforward(layer, call, sum), call.Mask)];
    }

    private static MultiHeadAttention Heads(TransformerBlock layer, Values x) => new(layer.NumHeads, x.Shape[^1] / layer.NumHeads);

    private static Values Feedforward(TransformerBlock layer, Call call, Values x) => Around(layer, "feedforward", call, x, input =>
    {
        var (first, second) = (call.Weights.Inside("_feedforward_intermediate_dense"), call.Weights.Inside("_feedforward_output_dense"));
        var between = Functions.Apply(layer.Activation, CoreReferences.Product(input, first["kernel"], first["bias"]));
        return CoreReferences.Product(between, second["kernel"], second["bias"]);
    });

    private static Values Around(TransformerBlock layer, string part, Call call, Values x, Func<Values, Values> inner)
    {
        var norm = call.Weights.Inside(part == "feedforward" ? "_feedforward_layer_norm" : $"_{part}_layer_norm");
        Values Normal(Values v) => Normalized(v, norm["gamma"], norm["beta"], layer.LayerNormEpsilon);
        return layer.NormalizeFirst ? x.Zip(inner(Normal(x)), (a, b) => a + b) : Normal(x.Zip(inner(x), (a, b) => a + b));
    }

    /// <summary>Each step by itself: gamma * (x - mean) / sqrt(variance + epsilon) + beta.</summary>
    private static Values Normalized(Values x, Values gamma, Values beta, double epsilon) => Functions.Rows(x, row =>
    {
        var mean = Sum(row) / row.Count;
        var deviation = Sqrt(Sum(row.Select(v => Square(v - mean))) / row.Count + epsilon);
        return [.. row.Select((v, i) => gamma.Data[i] * (v - mean) / deviation + beta.Data[i])];
    });
}
