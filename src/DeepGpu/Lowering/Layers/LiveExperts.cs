using DeepGpu.Models;
using DeepGpu.Operations;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace DeepGpu.Lowering;

/// <summary>Each expert computes the steps sent to it, gathered; its output is added where they came from.</summary>
internal sealed class LiveExperts(MixtureOfExperts layer, LoweringContext context) : UnaryLiveLayer
{
    private static readonly WeightLayout Stacked = new([0, 2, 1]);

    private readonly LiveWeight _router = context.Weight(MixtureOfExperts.Router, WeightLayout.Transposed);
    private readonly LiveWeight? _routerBias = context.OptionalWeight(MixtureOfExperts.RouterBias);
    private readonly LiveWeight? _correction = context.OptionalWeight(MixtureOfExperts.Correction);
    private readonly Projection _gate = new(context, MixtureOfExperts.Gate, MixtureOfExperts.GateBias);
    private readonly Projection _intermediate = new(context, MixtureOfExperts.Intermediate, MixtureOfExperts.IntermediateBias);
    private readonly Projection _output = new(context, MixtureOfExperts.Output, MixtureOfExperts.OutputBias);

    public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
    {
        var steps = input.reshape(-1, input.shape[^1]);
        var shares = Shares(steps).to(input.dtype);
        var sum = torch.zeros_like(steps);
        for (var expert = 0; expert < layer.NumExperts; expert++) sum = Add(sum, steps, shares.select(1, expert), expert);
        return sum.reshape(input.shape);
    }

    /// <summary>How much each expert counts for each step, 0 where it is not chosen: (steps, experts).</summary>
    private torch.Tensor Shares(torch.Tensor steps)
    {
        var x = Floats.AtLeastSingle(steps);
        var products = F.linear(x, _router.Tensor.to(x.dtype), _routerBias?.Tensor.to(x.dtype));
        var shares = layer.Score == ExpertScore.Sigmoid ? products.sigmoid() : products.softmax(-1);
        if (layer.TopK < layer.NumExperts)
        {
            var (_, chosen) = Sought(shares.detach()).topk(layer.TopK, -1);
            shares = shares * torch.zeros_like(shares).scatter(1, chosen, torch.ones_like(shares));
        }

        var counted = layer.NormalizeTopK ? shares / shares.sum(-1, keepdim: true) : shares;
        return layer.RoutedScalingFactor == 1 ? counted : counted * Number(layer.RoutedScalingFactor);
    }

    /// <summary>What decides which experts are chosen: their weights, corrected, in the best groups.</summary>
    private torch.Tensor Sought(torch.Tensor shares)
    {
        var sought = _correction is null ? shares : shares.Plus(_correction.Tensor.detach().to(shares.dtype));
        if (layer.NumGroups == 1) return sought;
        var groups = sought.reshape(-1, layer.NumGroups, layer.NumExperts / layer.NumGroups);
        var (best, _) = groups.topk((int)Math.Min(_correction is null ? 1 : 2, groups.shape[2]), -1);
        var (_, chosen) = best.sum(-1).topk(layer.TopKGroups, -1);
        var isLeftOut = torch.ones_like(best.sum(-1)).scatter(1, chosen, torch.zeros_like(chosen).to(shares.dtype))
            .to(torch.ScalarType.Bool);
        return groups.masked_fill(isLeftOut.unsqueeze(-1), Number(double.NegativeInfinity)).reshape(sought.shape);
    }

    private torch.Tensor Add(torch.Tensor sum, torch.Tensor steps, torch.Tensor shares, int expert)
    {
        var rows = shares.detach().ne(Number(0)).nonzero().squeeze(1);
        if (rows.shape[0] == 0) return sum;
        var x = steps.index_select(0, rows);
        var output = _output.Apply(Between(_gate.Apply(x, expert), _intermediate.Apply(x, expert)), expert);
        return sum.index_add(0, rows, output * shares.index_select(0, rows).unsqueeze(1), Number(1));
    }

    private torch.Tensor Between(torch.Tensor gate, torch.Tensor intermediate)
    {
        if (layer.GateLimit is not { } limit) return layer.Activation.ApplyOver(gate) * intermediate;
        var (g, i) = (gate.clamp_max(Number(limit)), intermediate.clamp(Number(-limit), Number(limit)));
        return i.Plus(1.0) * g * (g * Number(MixtureOfExperts.GateSlope)).sigmoid();
    }

    /// <summary>A product of each expert's own kernel.</summary>
    private sealed class Projection(LoweringContext context, string kernel, string bias)
    {
        private readonly LiveWeight _kernel = context.Weight(kernel, Stacked);
        private readonly LiveWeight? _bias = context.OptionalWeight(bias);

        public torch.Tensor Apply(torch.Tensor x, int expert)
            => F.linear(x, _kernel.Value.select(0, expert), _bias?.Value.select(0, expert));
    }
}
