using DeepGpu.Models;
using DeepGpu.Operations;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Attention to keys and values made of latents. While a model generates, only latents and turned keys are kept: the queries are
/// brought to the latents, not the latents to keys and values.</summary>
internal sealed class LiveLatentAttention : LiveDecoderAttention
{
    private readonly LatentAttention _layer;
    private readonly LiveLayer _norm;
    private readonly LiveWeight _kernel;

    public LiveLatentAttention(LatentAttention layer, LoweringContext context)
        : base(layer, pairsNeighbours: true, context)
    {
        _layer = layer;
        _norm = context.Inner(layer.Normalization, LatentAttention.Norm, [context.Inputs[1].With(^1, layer.LatentDim)]);
        _kernel = context.Weight(LatentAttention.Kernel, WeightLayout.Transposed);
    }

    public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
    {
        var (places, compressed) = (Places(inputs[0].Tensor, context), inputs[1].Tensor);
        var heads = Heads(inputs[0].Tensor, _layer.NumHeads) * Number(_layer.ScoreScale);
        var (query, turnedQuery) = (heads.narrow(-1, 0, _layer.HeadDim), heads.narrow(-1, _layer.HeadDim, _layer.RotaryDim));
        var latent = _norm.Forward([new(compressed.narrow(-1, 0, _layer.LatentDim))], context)[0].Tensor.unsqueeze(1);
        var (cache, whole) = (context.Cache, context.Cache?.Whole ?? latent.shape[2]);
        var turnedKey = Rotation.Apply(compressed.narrow(-1, _layer.LatentDim, _layer.RotaryDim).unsqueeze(1), places, whole);
        if (cache is not null) (latent, turnedKey) = (cache.Extend(latent), cache.Extend(turnedKey));
        var turned = Products.ByBatch(Together(Rotation.Apply(turnedQuery, places, whole)), turnedKey.squeeze(1).transpose(1, 2));
        Func<torch.Tensor, torch.Tensor> shares = scores => Weights(scores.Plus(turned.reshape(scores.shape)),
            Seen(places, latent.shape[2], inputs[1].Mask ?? inputs[0].Mask), context);
        var output = cache is null ? Expanded(query, latent, shares) : Absorbed(query, latent, shares);
        return [new(Joined(output), inputs[0].Mask)];
    }

    /// <summary>Keys and values of all latents, then the usual attention.</summary>
    private torch.Tensor Expanded(torch.Tensor query, torch.Tensor latent, Func<torch.Tensor, torch.Tensor> shares)
    {
        var both = Heads(Products.ByMatrix(latent.squeeze(1), _kernel.Value.t()), _layer.NumHeads);
        var (keys, values) = (both.narrow(-1, 0, _layer.HeadDim), both.narrow(-1, _layer.HeadDim, _layer.ValueDim));
        return Products.ByBatch(shares(Products.ByBatch(query, keys.transpose(-1, -2))), values);
    }

    /// <summary>The same by the latents: (q . (W c)) = ((q . W) . c).</summary>
    private torch.Tensor Absorbed(torch.Tensor query, torch.Tensor latent, Func<torch.Tensor, torch.Tensor> shares)
    {
        var kernel = _kernel.Value.reshape(_layer.NumHeads, _layer.HeadDim + _layer.ValueDim, _layer.LatentDim);
        var (keys, values) = (kernel.narrow(1, 0, _layer.HeadDim), kernel.narrow(1, _layer.HeadDim, _layer.ValueDim));
        var asked = ByHead(query, keys);
        var scores = Products.ByBatch(Together(asked), latent.squeeze(1).transpose(1, 2)).reshape([.. query.shape[..3], latent.shape[2]]);
        var weighed = Products.ByBatch(Together(shares(scores)), latent.squeeze(1)).reshape(asked.shape);
        return ByHead(weighed, values.transpose(1, 2));
    }

    /// <summary>(batch, heads, steps, n) times a matrix of each head (heads, n, m): (batch, heads, steps, m).</summary>
    private static torch.Tensor ByHead(torch.Tensor x, torch.Tensor matrices)
    {
        var (batch, heads, steps) = (x.shape[0], x.shape[1], x.shape[2]);
        var product = x.transpose(0, 1).reshape(heads, batch * steps, -1).bmm(matrices);
        return product.reshape(heads, batch, steps, -1).transpose(0, 1);
    }

    /// <summary>(batch, heads, steps, n) as (batch, heads * steps, n).</summary>
    private static torch.Tensor Together(torch.Tensor x) => x.reshape(x.shape[0], -1, x.shape[3]);
}
