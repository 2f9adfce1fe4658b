using TorchSharp;

namespace DeepGpu.Losses;

/// <summary>What a mean over a part of a batch divides by: the sum over the whole batch, which others know parts of.</summary>
/// <param name="whole">The sum over the whole batch from that over the part.</param>
internal sealed class WholeSums(Func<torch.Tensor, torch.Tensor> whole)
{
    /// <summary>Whether a mean was divided so: it is then this part's share of the batch's mean.</summary>
    public bool WereUsed { get; private set; }

    public torch.Tensor Of(torch.Tensor part)
    {
        WereUsed = true;
        return whole(part.detach());
    }
}
