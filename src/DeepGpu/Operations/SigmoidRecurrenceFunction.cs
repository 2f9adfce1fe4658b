using TorchSharp;

namespace DeepGpu;

/// <summary>Makes <see cref="SigmoidRecurrence"/> one node of autograd's graph.
/// Arguments: kernel, whether all outputs are wanted, sequence, state, kernel and recurrent kernel, two biases.</summary>
internal sealed class SigmoidRecurrenceFunction : torch.autograd.SingleTensorFunction<SigmoidRecurrenceFunction>
{
    public override string Name => nameof(SigmoidRecurrence);

    public override torch.Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars)
    {
        var (kernel, all, tensors) = ((FusedKernel)vars[0], (bool)vars[1], vars[2..]);
        var states = SigmoidRecurrence.Forward(kernel, tensors);
        ctx.save_data("kernel", kernel);
        ctx.save_data("needs sequence", ((torch.Tensor)tensors[0]).requires_grad);
        ctx.save_for_backward([(torch.Tensor)tensors[2], (torch.Tensor)tensors[3], .. states]);
        return SigmoidRecurrence.Outputs(states[0], all);
    }

    public override List<torch.Tensor> backward(torch.autograd.AutogradContext ctx, torch.Tensor grad_output)
    {
        using var noGradient = torch.no_grad();
        var needsSequence = (bool)ctx.get_data("needs sequence");
        var gradients = SigmoidRecurrence.Backward((FusedKernel)ctx.get_data("kernel"), grad_output,
            ctx.get_saved_variables(), needsSequence);
        return [null!, null!, needsSequence ? gradients[0] : null!, .. gradients[1..]];
    }
}
