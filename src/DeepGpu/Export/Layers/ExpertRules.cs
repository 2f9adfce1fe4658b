using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>A mixture of experts: every expert on every step, weighed by its share, which is 0 where it is not chosen.</summary>
internal static class ExpertRules
{
    public static GraphValue Run(MixtureOfExperts layer, ExportContext context, GraphValue x)
    {
        var g = context.Graph;
        var steps = g.Reshape(x, new Dim(x.Shape.Elements is { } all ? (int)(all / x.Shape[^1]!.Value) : null), Dim.Along(x, -1));
        var shares = Shares(layer, context, steps);
        var wide = g.Unsqueeze(steps, 0);
        var between = Between(layer, g, Projected(context, wide, MixtureOfExperts.Gate, MixtureOfExperts.GateBias),
            Projected(context, wide, MixtureOfExperts.Intermediate, MixtureOfExperts.IntermediateBias));
        var outputs = Projected(context, between, MixtureOfExperts.Output, MixtureOfExperts.OutputBias);
        var weighed = g.Multiply(outputs, g.Unsqueeze(g.Transpose(shares, 1, 0), 2));
        return g.Reshape(g.Sum(weighed, [0], keepsAxes: false), Dim.AllOf(x));
    }

    /// <summary>Of each expert: (experts, steps, outputs).</summary>
    private static GraphValue Projected(ExportContext context, GraphValue x, string kernel, string bias)
    {
        var product = context.Graph.MatMul(x, context.Weight(kernel));
        return context.OptionalWeight(bias, b => b.Reshape(b.Shape[0], 1, b.Shape[1])) is { } added
            ? context.Graph.Add(product, added) : product;
    }

    private static GraphValue Between(MixtureOfExperts layer, GraphWriter g, GraphValue gate, GraphValue intermediate)
    {
        if (layer.GateLimit is not { } limit) return g.Multiply(ActivationRules.Apply(g, layer.Activation, gate), intermediate);
        var (held, other) = (g.Clip(gate, null, limit), g.Clip(intermediate, -limit, limit));
        var share = g.Unary("Sigmoid", g.Multiply(held, MixtureOfExperts.GateSlope));
        return g.Multiply(g.Multiply(g.Add(other, 1), held), share);
    }

    /// <summary>The share of each expert: (steps, experts).</summary>
    private static GraphValue Shares(MixtureOfExperts layer, ExportContext context, GraphValue steps)
    {
        var g = context.Graph;
        var products = g.Linear(steps, context.Weight(MixtureOfExperts.Router), context.OptionalWeight(MixtureOfExperts.RouterBias));
        var shares = layer.Score == ExpertScore.Sigmoid ? g.Unary("Sigmoid", products) : g.Softmax(products, -1);
        if (layer.TopK < layer.NumExperts)
            shares = g.Multiply(shares, g.Cast(Chosen(g, Sought(layer, context, shares), layer.NumExperts, layer.TopK), DataType.Float32));
        var counted = layer.NormalizeTopK ? g.Divide(shares, g.Sum(shares, [-1])) : shares;
        return g.Multiply(counted, layer.RoutedScalingFactor);
    }

    /// <summary>Which of the last axis are among the largest.</summary>
    private static GraphValue Chosen(GraphWriter g, GraphValue values, int length, int count)
    {
        var (_, places) = g.TopK(values, -1, count);
        var all = g.Unsqueeze(g.Whole(Enumerable.Range(0, length)), 0, 1);
        return g.Any(g.Compare("Equal", g.Unsqueeze(places, 2), all), [1]);
    }

    /// <summary>What experts are chosen by: their shares, corrected, those of groups that are not chosen left out.</summary>
    private static GraphValue Sought(MixtureOfExperts layer, ExportContext context, GraphValue shares)
    {
        var g = context.Graph;
        var correction = context.OptionalWeight(MixtureOfExperts.Correction);
        var sought = correction is null ? shares : g.Add(shares, correction);
        if (layer.NumGroups == 1) return sought;
        var size = layer.NumExperts / layer.NumGroups;
        var groups = g.Reshape(sought, Dim.Along(sought, 0), layer.NumGroups, size);
        var (best, _) = g.TopK(groups, -1, Math.Min(correction is null ? 1 : 2, size));
        var isChosen = Chosen(g, g.Sum(best, [-1], keepsAxes: false), layer.NumGroups, layer.TopKGroups);
        return g.Reshape(g.Where(g.Unsqueeze(isChosen, 2), groups, double.NegativeInfinity), Dim.AllOf(sought));
    }
}
