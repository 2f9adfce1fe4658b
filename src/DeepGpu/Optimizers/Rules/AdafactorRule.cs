using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Adafactor. Rows and columns are the last two axes in Keras's order, so that it works on weights as
/// Keras lays them out.</summary>
internal sealed class AdafactorRule(Adafactor options) : UpdateRule
{
    private static readonly OptimizerScript Script = new("""
        def adafactor(p: List[Tensor], g: List[Tensor], r: List[Tensor], c: List[Tensor], v: List[Tensor], rho: float, beta2: float,
                eps1: float, eps2: float, threshold: float):
            for i in range(len(p)):
                w = p[i]
                square = g[i] * g[i] + eps1
                if w.dim() >= 2:
                    r[i].lerp_(square.mean(-1), 1.0 - beta2)
                    c[i].lerp_(square.mean(-2), 1.0 - beta2)
                    square = (r[i] / r[i].mean(-1, True)).unsqueeze(-1) * c[i].unsqueeze(-2)
                else:
                    v[i].lerp_(square, 1.0 - beta2)
                    square = v[i]
                u = g[i] / torch.sqrt(square)
                size = torch.sqrt(torch.mean(u * u)) / threshold
                scale = torch.sqrt(torch.mean(w * w)).clamp_min(eps2) * rho / size.clamp_min(1.0)
                w.sub_(u * scale)

        """);

    public override IReadOnlyList<string> SlotNames => ["row", "column", "velocity"];

    /// <summary>Keras keeps no rows and columns of vectors.</summary>
    public override bool Keeps(string slot, LiveWeight weight) => slot == "velocity" || weight.Spec.Shape.Length >= 2;

    /// <summary>Of matrices rows and columns are enough.</summary>
    public override bool IsUnused(string slot, LiveWeight weight) => slot == "velocity" && weight.Spec.Shape.Length >= 2;

    /// <summary>Means of rows and columns for a matrix, of each element for a vector; the others are empty.</summary>
    public override torch.Tensor NewSlot(string name, LiveWeight weight)
    {
        var tensor = weight.InKerasAxes(weight.Tensor);
        var shape = tensor.shape;
        long[] kept = (name, shape.Length >= 2) switch
        {
            ("row", true) => shape[..^1],
            ("column", true) => [.. shape[..^2], shape[^1]],
            ("velocity", false) => shape,
            _ => [0],
        };
        return torch.zeros(kept, tensor.dtype, tensor.device);
    }

    public override void Apply(WeightBatch batch, double rate, long update)
    {
        var (weights, gradients) = (InKerasAxes(batch, batch.Values), InKerasAxes(batch, batch.Gradients));
        var (rho, beta2) = (Math.Min(rate, 1 / Math.Sqrt(update)), 1 - Math.Pow(update, options.Beta2Decay));
        Script.Call("adafactor", weights, gradients, batch.Slots[0], batch.Slots[1], batch.Slots[2], rho, beta2, options.Epsilon1,
            options.Epsilon2, options.ClipThreshold);
    }

    private static torch.Tensor[] InKerasAxes(WeightBatch batch, torch.Tensor[] tensors)
        => [.. batch.States.Zip(tensors, (state, tensor) => state.Weight.InKerasAxes(tensor))];
}
