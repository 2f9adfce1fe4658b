using DeepGpu.Models;
using DeepGpu.Operations;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Attention without and with projections.</summary>
internal static class AttentionLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<Attention>((layer, context) => new LiveDotAttention(layer, context))
        .With<AdditiveAttention>((layer, context) => new LiveAdditiveAttention(layer, context))
        .With<MultiHeadAttention>((layer, context) => new LiveProjectedAttention(layer, context))
        .With<GroupedQueryAttention>((layer, context) => new LiveProjectedAttention(layer, context));

    private abstract class LiveAttention(AttentionLayer layer) : LiveLayer
    {
        public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
        {
            var (query, value, key) = (inputs[0], inputs[1], inputs.Count > 2 ? inputs[2] : inputs[1]);
            var scores = Scores(query.Tensor, key.Tensor);
            var allowed = AttentionScores.Allowed(value.Mask?.unsqueeze(1), layer.UseCausalMask, scores);
            var weights = AttentionScores.Kept(AttentionScores.Weights(scores, allowed), layer.Dropout, context);
            var output = Products.ByBatch(weights, value.Tensor);
            if (query.Mask is not null) output = output * query.Mask.unsqueeze(-1).to(output.dtype);
            return layer.ReturnAttentionScores ? [new(output, query.Mask), new(weights)] : [new(output, query.Mask)];
        }

        protected abstract torch.Tensor Scores(torch.Tensor query, torch.Tensor key);
    }

    private sealed class LiveDotAttention(Attention layer, LoweringContext context) : LiveAttention(layer)
    {
        private readonly LiveWeight? _scale = context.OptionalWeight("scale");
        private readonly LiveWeight? _concat = context.OptionalWeight("concat_score_weight");

        protected override torch.Tensor Scores(torch.Tensor query, torch.Tensor key)
        {
            if (_concat is null)
            {
                var products = Products.ByBatch(query, key.transpose(-1, -2));
                return _scale is null ? products : products * _scale.Value;
            }

            var sums = query.unsqueeze(-2).Plus(key.unsqueeze(-3));
            return (_scale is null ? sums : sums * _scale.Value).tanh().sum(-1) * _concat.Value;
        }
    }

    private sealed class LiveAdditiveAttention(AdditiveAttention layer, LoweringContext context) : LiveAttention(layer)
    {
        private readonly LiveWeight? _scale = context.OptionalWeight("scale");

        protected override torch.Tensor Scores(torch.Tensor query, torch.Tensor key)
        {
            var sums = query.unsqueeze(-2).Plus(key.unsqueeze(-3)).tanh();
            return (_scale is null ? sums : sums * _scale.Value).sum(-1);
        }
    }
}
