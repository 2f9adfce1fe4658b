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
        var (router, bias) = (call.Weights["router/kernel"], call.Weights.Find("router/bias"));
        var logits = Enumerable.Range(0, layer.NumExperts)
            .Select(e => Sum(step.Select((x, i) => x * router[i, e])) + (bias is null ? 0 : bias[e])).ToArray();
        var shares = layer.Score == ExpertScore.Softmax ? Reductions.Softmax(logits) : [.. logits.Select(Sigmoid)];
        var chosen = Chosen(layer, shares, call.Weights.Find("router/correction_bias"));
        var sum = layer.NormalizeTopK ? Sum(chosen.Select(e => shares[e])) : 1;
        var outputs = chosen.Select(e => Expert(layer, call, step, e, layer.RoutedScalingFactor * shares[e] / sum)).ToArray();
        return [.. Enumerable.Range(0, step.Count).Select(i => Sum(outputs.Select(output => output[i])))];
    });

    /// <summary>The experts with the largest corrected shares in the groups with the largest ones; the comparisons remember how near a tie
    /// was.</summary>
    private static int[] Chosen(MixtureOfExperts layer, Scalar[] shares, Values? correction)
    {
        if (layer.TopK == layer.NumExperts) return [.. Enumerable.Range(0, layer.NumExperts)];
        var sought = shares.Select((share, e) => Constant(share) + (correction is null ? 0 : Constant(correction[e]))).ToArray();
        var size = layer.NumExperts / layer.NumGroups;
        Scalar Worth(int group) => Sum(
            Largest(Enumerable.Range(group * size, size), e => sought[e], correction is null ? 1 : Math.Min(2, size))
            .Select(e => sought[e]));
        var groups = Largest(Enumerable.Range(0, layer.NumGroups), Worth, layer.TopKGroups);
        return Largest(groups.SelectMany(group => Enumerable.Range(group * size, size)), e => sought[e], layer.TopK);
    }

    private static int[] Largest(IEnumerable<int> numbers, Func<int, Scalar> worth, int count)
    {
        var order = numbers.OrderByDescending(n => worth(n).Value).ToArray();
        if (count < order.Length) _ = worth(order[count - 1]) > worth(order[count]);
        return order[..count];
    }

    private static Scalar[] Expert(MixtureOfExperts layer, Call call, IReadOnlyList<Scalar> step, int e, Scalar share)
    {
        Scalar Bias(string name, int unit) => call.Weights.Find($"experts/{name}_bias") is { } bias ? bias[e, unit] : 0;
        Scalar Project(string name, int unit)
            => Sum(step.Select((x, i) => x * call.Weights[$"experts/{name}_kernel"][e, i, unit])) + Bias(name, unit);
        var between = Enumerable.Range(0, layer.IntermediateDim).Select(unit =>
        {
            var (gate, other) = (Project("gate", unit), Project("intermediate", unit));
            if (layer.GateLimit is not { } limit) return Functions.Of(layer.Activation, gate) * other;
            var kept = Min(gate, limit);
            return (Clip(other, -limit, limit) + 1) * kept * Sigmoid(1.702 * kept);
        }).ToArray();
        var output = call.Weights["experts/output_kernel"];
        return [.. Enumerable.Range(0, step.Count)
            .Select(i => share * (Sum(between.Select((v, unit) => v * output[e, unit, i])) + Bias("output", i)))];
    }
}
