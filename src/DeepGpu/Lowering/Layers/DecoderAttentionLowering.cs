using DeepGpu.Models;
using DeepGpu.Models.Layers;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Attentions of decoders.</summary>
internal static class DecoderAttentionLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<RotaryAttention>((layer, context) => new LiveRotaryAttention(layer, context))
        .With<LatentAttention>((layer, context) => new LiveLatentAttention(layer, context));
}

/// <summary>What the attentions of decoders have in common.</summary>
internal abstract class LiveDecoderAttention : LiveLayer
{
    private readonly DecoderAttention _layer;

    protected LiveDecoderAttention(DecoderAttention layer, bool pairsNeighbours, LoweringContext context)
        => (_layer, Rotation) = (layer, new(layer, pairsNeighbours, context));

    /// <summary>Turns queries and keys.</summary>
    protected RotaryTurn Rotation { get; }

    /// <summary>The places of this pass's steps, (1 or batch, steps).</summary>
    protected static torch.Tensor Places(torch.Tensor input, ForwardContext context)
        => context.Cache?.Positions ?? Arithmetic.Range(input.shape[1], torch.ScalarType.Int64, input.device).unsqueeze(0);

    /// <summary>(batch, steps, heads * features) or with the heads on an axis of their own as (batch, heads, steps, features).</summary>
    protected static torch.Tensor Heads(torch.Tensor x, int heads)
        => x.reshape(x.shape[0], x.shape[1], heads, -1).transpose(1, 2);

    /// <summary>(batch, heads, steps, features) as (batch, steps, heads * features).</summary>
    protected static torch.Tensor Joined(torch.Tensor heads) => heads.transpose(1, 2).flatten(2);

    /// <summary>Which keys each step sees, (1 or batch, 1, steps, keys); null for all.</summary>
    /// <param name="places">The places of the steps.</param>
    /// <param name="keys">How many keys there are.</param>
    /// <param name="mask">Which keys count, (batch, keys); null for all.</param>
    /// <param name="window">How far a step sees; null for all.</param>
    protected torch.Tensor? Seen(torch.Tensor places, long keys, torch.Tensor? mask, int? window = null)
    {
        var all = _layer.UseCausalMask ? AttentionScores.Behind(places, keys, window).unsqueeze(1)
            : window is { } n ? AttentionScores.Behind(places.Plus(n - 1L), keys, 2 * n - 1).unsqueeze(1) : null;
        if (mask is null) return all;
        var counts = mask.to(torch.ScalarType.Bool).reshape(mask.shape[0], 1, 1, -1);
        return all?.logical_and(counts) ?? counts;
    }

    /// <summary>The scores' weights, those of dropout left out.</summary>
    protected torch.Tensor Weights(torch.Tensor scores, torch.Tensor? seen, ForwardContext context)
        => AttentionScores.Kept(AttentionScores.Weights(scores, seen), _layer.Dropout, context);
}

/// <summary>Turns pairs of features by an angle that grows with the place.</summary>
/// <param name="layer">The attention.</param>
/// <param name="pairsNeighbours">Whether features 2i and 2i + 1 are a pair; else i and i + half of them.</param>
/// <param name="context">Makes the constants.</param>
internal sealed class RotaryTurn(DecoderAttention layer, bool pairsNeighbours, LoweringContext context)
{
    private readonly torch.Tensor? _angles = layer.RotaryScaling is { DependsOnLength: true } ? null
        : Constant(RotaryFrequencies.Of(layer.MaxWavelength, layer.TurnedFeatures, layer.RotaryScaling, 1), context);

    /// <summary>(batch, heads, steps, features) with the first features turned.</summary>
    /// <param name="x">What is turned.</param>
    /// <param name="places">The places of the steps, (1 or batch, steps).</param>
    /// <param name="length">Steps of the whole sequence.</param>
    public torch.Tensor Apply(torch.Tensor x, torch.Tensor places, long length)
    {
        var features = layer.TurnedFeatures;
        if (features == 0) return x;
        if (features < x.shape[^1])
            return torch.cat([Turned(x.narrow(-1, 0, features), places, length), x.narrow(-1, features, x.shape[^1] - features)], -1);
        return Turned(x, places, length);
    }

    private torch.Tensor Turned(torch.Tensor x, torch.Tensor places, long length)
    {
        var angles = (places.unsqueeze(-1) * (_angles ?? Angles(places.device, length))).unsqueeze(1);
        var magnitude = Number(layer.RotaryScaling?.Magnitude ?? 1);
        var (cos, sin) = ((angles.cos() * magnitude).to(x.dtype), (angles.sin() * magnitude).to(x.dtype));
        var (first, second) = Pairs(x);
        return torch.cat([first * cos - second * sin, (second * cos).Plus(first * sin)], -1);
    }

    private (torch.Tensor First, torch.Tensor Second) Pairs(torch.Tensor x)
    {
        var half = x.shape[^1] / 2;
        if (!pairsNeighbours) return (x.narrow(-1, 0, half), x.narrow(-1, half, half));
        var pairs = x.reshape([.. x.shape[..^1], half, 2]);
        return (pairs.select(-1, 0), pairs.select(-1, 1));
    }

    private torch.Tensor Angles(torch.Device device, long length)
        => torch.tensor(RotaryFrequencies.Of(layer.MaxWavelength, layer.TurnedFeatures, layer.RotaryScaling, length)).to(device);

    private static torch.Tensor Constant(double[] angles, LoweringContext context)
    {
        using var values = torch.tensor(angles);
        return context.Constant(values, torch.ScalarType.Float64);
    }
}
