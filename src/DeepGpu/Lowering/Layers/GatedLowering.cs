using DeepGpu.Models;
using DeepGpu.Operations;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Gated feed-forward networks, alone and several with a router.</summary>
internal static class GatedLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<GatedFeedForward>((layer, context) => new LiveGatedFeedForward(layer, context))
        .With<MixtureOfExperts>((layer, context) => new LiveExperts(layer, context));

    private sealed class LiveGatedFeedForward(GatedFeedForward layer, LoweringContext context) : UnaryLiveLayer
    {
        private readonly LiveLayer[] _parts = [.. layer.Parts(context.Inputs[0])
            .Select(part => context.Inner(part.Layer, part.Name, part.Inputs))];

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            var gate = layer.Activation.ApplyOver(Run(0, input, context));
            return Run(2, gate * Run(1, input, context), context);
        }

        private torch.Tensor Run(int part, torch.Tensor x, ForwardContext context) => _parts[part].Forward([new(x)], context)[0].Tensor;
    }

    /// <summary>Each expert computes the steps sent to it, gathered; its output is added where they came from.</summary>
    private sealed class LiveExperts(MixtureOfExperts layer, LoweringContext context) : UnaryLiveLayer
    {
        private readonly LiveWeight _router = context.Weight(MixtureOfExperts.Router);
        private readonly LiveWeight _gate = context.Weight(MixtureOfExperts.Gate);
        private readonly LiveWeight _intermediate = context.Weight(MixtureOfExperts.Intermediate);
        private readonly LiveWeight _output = context.Weight(MixtureOfExperts.Output);

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
            var shares = Products.ByMatrix(x, _router.Tensor.to(x.dtype)).softmax(-1);
            if (layer.TopK < layer.NumExperts)
            {
                var (_, chosen) = shares.detach().topk(layer.TopK, -1);
                shares = shares * torch.zeros_like(shares).scatter(1, chosen, torch.ones_like(shares));
            }

            return layer.NormalizeTopK ? shares / shares.sum(-1, keepdim: true) : shares;
        }

        private torch.Tensor Add(torch.Tensor sum, torch.Tensor steps, torch.Tensor shares, int expert)
        {
            var rows = shares.detach().ne(Number(0)).nonzero().squeeze(1);
            if (rows.shape[0] == 0) return sum;
            var x = steps.index_select(0, rows);
            var gate = layer.Activation.ApplyOver(x.mm(_gate.Value.select(0, expert)));
            var output = (gate * x.mm(_intermediate.Value.select(0, expert))).mm(_output.Value.select(0, expert));
            return sum.index_add(0, rows, output * shares.index_select(0, rows).unsqueeze(1), Number(1));
        }
    }
}
