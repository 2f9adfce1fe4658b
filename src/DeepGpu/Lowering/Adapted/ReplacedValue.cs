using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Values that stand in for others: forward the rounded ones, backward the gradient of those they were rounded from. Arguments:
/// those, the rounded ones.</summary>
internal sealed class ReplacedValue : torch.autograd.SingleTensorFunction<ReplacedValue>
{
    public override string Name => nameof(ReplacedValue);

    /// <summary>The rounded values, with the gradient of the others.</summary>
    public static torch.Tensor Of(torch.Tensor exact, torch.Tensor rounded)
        => exact.requires_grad && torch.is_grad_enabled() ? apply(exact, rounded.detach()) : rounded;

    public override torch.Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars) => ((torch.Tensor)vars[1]).clone();

    public override List<torch.Tensor> backward(torch.autograd.AutogradContext ctx, torch.Tensor grad_output)
        => [grad_output.alias(), null!];
}
