using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Muon: matrices by their momentum made orthogonal, the others by Adam.</summary>
/// <remarks>The orthogonal matrix of a transposed one is the transposed one's, and its longer side the same: torch's layout serves as
/// Keras's.</remarks>
internal sealed class MuonRule(Muon options) : UpdateRule
{
    private const string Velocity = "velocity";

    private static readonly OptimizerScript Script = new("""
        def muon(p: List[Tensor], g: List[Tensor], m: List[Tensor], lr: float, momentum: float, nesterov: bool,
                 a: float, b: float, c: float, steps: int, rms: float):
            torch._foreach_mul_(m, momentum)
            torch._foreach_add_(m, g)
            for i in range(len(p)):
                x = m[i]
                if nesterov:
                    x = g[i] + momentum * x
                tall = x.size(0) > x.size(1)
                if tall:
                    x = x.t()
                x = x / (torch.linalg_vector_norm(x) + 1e-7)
                for step in range(steps):
                    s = torch.mm(x, x.t())
                    x = a * x + torch.mm(b * s + c * torch.mm(s, s), x)
                if tall:
                    x = x.t()
                scale = lr
                if rms > 0.0:
                    scale = lr * rms * float(max(x.size(0), x.size(1))) ** 0.5
                p[i].add_(x, alpha=-scale)

        """);

    private readonly Dictionary<string, bool> _usesAdam = new(StringComparer.Ordinal);
    private readonly AdamRule _adam = new(Adam(options), amsGrad: false);

    public override IReadOnlyList<string> SlotNames => ["momentum", Velocity];

    public override bool Keeps(string slot, LiveWeight weight) => slot != Velocity || UsesAdam(weight);

    public override torch.Tensor NewSlot(string name, LiveWeight weight)
        => Keeps(name, weight) ? torch.zeros_like(weight.Tensor) : torch.zeros([0], weight.Tensor.dtype, weight.Tensor.device);

    public override double? DecayOf(Optimizer optimizer, LiveWeight weight)
        => UsesAdam(weight) ? options.AdamWeightDecay : options.WeightDecay;

    public override void Apply(WeightBatch batch, double rate, long update)
    {
        if (batch.Where(state => UsesAdam(state.Weight)) is { } others) _adam.Apply(others, rate * options.AdamLearningRateRatio, update);
        if (batch.Where(state => !UsesAdam(state.Weight)) is { } matrices) Step(matrices, rate);
    }

    private void Step(WeightBatch batch, double rate)
    {
        var (a, b, c) = (options.MuonA, options.MuonB, options.MuonC);
        var (p, g, m) = (batch.Values, batch.Gradients, batch.Slots[0]);
        var (steps, rms) = ((long)options.NewtonSchulzSteps, options.RmsRate ?? 0);
        Script.Call("muon", p, g, m, rate, options.Momentum, options.Nesterov, a, b, c, steps, rms);
    }

    private bool UsesAdam(LiveWeight weight)
    {
        if (_usesAdam.TryGetValue(weight.Name, out var known)) return known;
        return _usesAdam[weight.Name] = options.UsesAdam(weight.Name, weight.Spec.Shape.Length);
    }

    private static Adam Adam(Muon options) => new() { Beta1 = options.AdamBeta1, Beta2 = options.AdamBeta2, Epsilon = options.Epsilon };
}
