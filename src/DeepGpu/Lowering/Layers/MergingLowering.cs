using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Merging of several values, and what becomes of their masks.</summary>
internal static class MergingLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<Add>(_ => new LiveMerge(inputs => Sum(inputs)))
        .With<Subtract>(_ => new LiveMerge(inputs => inputs[0] - inputs[1]))
        .With<Average>(_ => new LiveMerge(inputs => Sum(inputs) / Number(inputs.Count)))
        .With<Multiply>(_ => new LiveMultiply())
        .With<Maximum>(_ => new LiveExtreme(torch.maximum))
        .With<Minimum>(_ => new LiveExtreme(torch.minimum))
        .With<Concatenate>(layer => new LiveConcatenate(layer.Axis))
        .With<Dot>(layer => new LiveDot(layer));

    private static torch.Tensor Sum(IReadOnlyList<torch.Tensor> inputs) => inputs.Aggregate((a, b) => a.Plus(b));

    /// <summary>A step counts if it counts in any input; without a mask on every input there is none.</summary>
    private static torch.Tensor? Either(IReadOnlyList<Signal> inputs)
        => inputs.Any(input => input.Mask is null) ? null : inputs.Select(input => input.Mask!).Aggregate((a, b) => a.logical_or(b));

    /// <summary>Broadcasts as Keras does: axes align at the end, the batch stays first.</summary>
    private static List<Signal> Aligned(IReadOnlyList<Signal> inputs)
    {
        var rank = inputs.Max(input => input.Tensor.dim());
        return [.. inputs.Select(input => input with { Tensor = Expanded(input.Tensor, rank) })];
    }

    private static torch.Tensor Expanded(torch.Tensor x, long rank)
        => x.dim() == rank ? x : x.reshape([x.shape[0], .. Enumerable.Repeat(1L, (int)(rank - x.dim())), .. x.shape[1..]]);

    private static torch.Tensor Wide(torch.Tensor mask, torch.Tensor like) => mask.unsqueeze(-1).expand(like.shape);

    private sealed class LiveMerge(Func<IReadOnlyList<torch.Tensor>, torch.Tensor> merge) : LiveLayer
    {
        public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
            => [new(merge([.. Aligned(inputs).Select(input => input.Tensor)]), Either(inputs))];
    }

    /// <summary>Masked positions count as 1; where every input is masked the product is 0.</summary>
    private sealed class LiveMultiply : LiveLayer
    {
        public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
        {
            var product = Aligned(inputs).Select(Neutral).Aggregate((a, b) => a * b);
            var mask = Either(inputs);
            return [new(mask is null ? product : product * Wide(mask, product).to(product.dtype), mask)];
        }

        private static torch.Tensor Neutral(Signal input)
            => input.Mask is null ? input.Tensor : torch.where(Wide(input.Mask, input.Tensor), input.Tensor, torch.ones_like(input.Tensor));
    }

    /// <summary>The largest or smallest of what is not masked; there is no neutral value, so a masked one takes the other's.</summary>
    private sealed class LiveExtreme(Func<torch.Tensor, torch.Tensor, torch.Tensor> choose) : LiveLayer
    {
        public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
        {
            var merged = Aligned(inputs).Aggregate(Merge);
            return [merged with { Mask = Either(inputs) }];
        }

        private Signal Merge(Signal left, Signal right)
        {
            var y = right.Mask is null ? right.Tensor : torch.where(right.Mask.unsqueeze(-1), right.Tensor, left.Tensor);
            var x = left.Mask is null ? left.Tensor : torch.where(left.Mask.unsqueeze(-1), left.Tensor, y);
            var mask = left.Mask is null || right.Mask is null ? null : left.Mask.logical_or(right.Mask);
            return new(choose(x, y), mask);
        }
    }

    private sealed class LiveConcatenate(int axis) : LiveLayer
    {
        public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
        {
            var joined = torch.cat([.. inputs.Select(input => input.Tensor)], axis);
            return [new(joined, inputs.All(input => input.Mask is null) ? null : torch.cat([.. inputs.Select(Mask)], axis).any(-1))];
        }

        private static torch.Tensor Mask(Signal input)
            => input.Mask is null ? torch.ones_like(input.Tensor, torch.ScalarType.Bool) : Wide(input.Mask, input.Tensor);
    }

    private sealed class LiveDot(Dot layer) : LiveLayer
    {
        public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
        {
            var (first, second) = (inputs[0].Tensor, inputs[1].Tensor);
            var (a, b) = layer.SummedAxes((int)first.dim(), (int)second.dim());
            if (layer.Normalize) (first, second) = (Unit(first, a), Unit(second, b));
            var (left, right) = (torch.movedim(first, a, -1), torch.movedim(second, b, 1));
            var product = left.reshape(left.shape[0], -1, left.shape[^1]).bmm(right.reshape(right.shape[0], right.shape[1], -1));
            long[] shape = [left.shape[0], .. left.shape[1..^1], .. right.shape[2..]];
            return [new(product.reshape(shape.Length == 1 ? [shape[0], 1] : shape))];
        }

        private static torch.Tensor Unit(torch.Tensor x, int axis)
            => x * x.Squared().sum(axis, keepdim: true).clamp_min(Number(1e-12)).rsqrt();
    }
}
