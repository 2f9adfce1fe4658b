using TorchSharp;

namespace DeepGpu;

/// <summary>A loss that is a function.</summary>
internal sealed class DelegateLoss(string name, Func<torch.Tensor, torch.Tensor, torch.Tensor> perSample) : Loss
{
    public override string Name => name;

    internal override bool IsOwn => true;

    public override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits) => perSample(target, output);
}
