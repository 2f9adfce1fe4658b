using DeepGpu.Models;
using static DeepGpu.Testing.Numerics.Scalar;

namespace DeepGpu.Testing.Numerics;

/// <summary>Gated feed-forward networks, alone and several with a router.</summary>
internal static class GatedReferences
{
    public static void Add()
    {
        ReferenceTable.AddMasked<GatedFeedForward>(Gated);
        ReferenceTable.AddMasked<MixtureOfExperts>(Mixed);
    }

    private static Values Gated(GatedFeedForward layer, Call call)
    {
        Values Product(Values x, string part)
            => CoreReferences.Product(x, call.Weights[$"_feedforward_{part}_dense/kernel"],
                call.Weights.Find($"_feedforward_{part}_dense/bias"));
        var gate = Functions.Apply(layer.Activation, Product(call.X, "gate"));
        return Product(gate.Zip(Product(call.X, "intermediate"), (a, b) => a * b), "output");
    }

    private static Values Mixed(MixtureOfExperts layer, Call call) => Functions.Rows(call.X, step =>
    {
        var router = call.Weights["router/kernel"];
        var logits = Enumerable.Range(0, layer.NumExperts).Select(e => Sum(step.Select((x, i) => x * router[i, e]))).ToArray();
        var shares = Reductions.Softmax(logits);
        var order = Enumerable.Range(0, layer.NumExperts).OrderByDescending(e => shares[e].Value).ToArray();
        if (layer.TopK < layer.NumExperts) _ = shares[order[layer.TopK - 1]] > shares[order[layer.TopK]]; // remembers how near a tie it was
        var (chosen, sum) = (order.Take(layer.TopK).ToArray(), Sum(order.Take(layer.TopK).Select(e => shares[e])));
        var outputs = chosen.Select(e => Expert(layer, call, step, e, layer.NormalizeTopK ? shares[e] / sum : shares[e])).ToArray();
        return [.. Enumerable.Range(0, step.Count).Select(i => Sum(outputs.Select(output => output[i])))];
    });

    private static Scalar[] Expert(MixtureOfExperts layer, Call call, IReadOnlyList<Scalar> step, int e, Scalar share)
    {
        Scalar Project(string name, int unit) => Sum(step.Select((x, i) => x * call.Weights[$"experts/{name}_kernel"][e, i, unit]));
        var between = Enumerable.Range(0, layer.IntermediateDim)
            .Select(unit => Functions.Of(layer.Activation, Project("gate", unit)) * Project("intermediate", unit)).ToArray();
        var output = call.Weights["experts/output_kernel"];
        return [.. Enumerable.Range(0, step.Count).Select(i => share * Sum(between.Select((v, unit) => v * output[e, unit, i])))];
    }
}
