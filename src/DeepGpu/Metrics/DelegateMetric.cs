using TorchSharp;

namespace DeepGpu;

/// <summary>A metric that is the mean of a function.</summary>
internal sealed class DelegateMetric(string name, Func<torch.Tensor, torch.Tensor, torch.Tensor> perSample) : MeanMetric
{
    protected override string DefaultName => name;

    internal override bool IsOwn => true;

    protected override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output) => perSample(target, output);
}
