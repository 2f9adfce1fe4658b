using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Moves the steps that count to the front of each sequence, so that a kernel without masks can run,
/// and its outputs back.</summary>
/// <remarks>Exact for every mask, with gaps or at either end: a step that does not count changes no state.</remarks>
internal sealed class CountedSteps(torch.Tensor mask)
{
    private readonly torch.Tensor _order = mask.logical_not().to(torch.ScalarType.Int32).sort(1, descending: false, stable: true).Indices;
    private readonly torch.Tensor _counts = mask.cumsum(1);

    /// <summary>Whether a sequence has any step that counts, (batch, 1).</summary>
    public torch.Tensor HasAny => _counts.narrow(1, -1, 1).gt(Number(0));

    /// <summary>The steps that count first, the others behind them: (batch, time, features).</summary>
    public torch.Tensor Gather(torch.Tensor sequence) => Take(sequence, _order);

    /// <summary>Each step's output; for a step that does not count the last one before it, and before the first one the state at the
    /// start.</summary>
    public torch.Tensor Spread(torch.Tensor outputs, torch.Tensor start)
        => torch.where(_counts.gt(Number(0)).unsqueeze(-1), Take(outputs, (_counts - Number(1)).clamp_min(Number(0))), start.unsqueeze(1));

    private static torch.Tensor Take(torch.Tensor x, torch.Tensor steps) => x.gather(1, steps.unsqueeze(-1).expand(-1, -1, x.shape[2]));
}
