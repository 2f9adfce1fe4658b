using TorchSharp;

namespace DeepGpu.Replicas;

/// <summary>A forward pass that all processes make at the same time, each over its part of a batch.</summary>
/// <param name="Group">The processes.</param>
/// <param name="IsIdle">Whether this one has no sample of the batch: it runs one all the same, which counts nothing.</param>
internal sealed record JointPass(ReplicaGroup Group, bool IsIdle)
{
    /// <summary>The sum of a number over the parts of all processes; without gradients.</summary>
    public torch.Tensor Total(torch.Tensor part) => Group.Sum(IsIdle ? part * Number(0) : part);

    /// <summary>The same with gradients: what a process's part does to the others' losses counts.</summary>
    public torch.Tensor Summed(torch.Tensor part) => SumFunction.apply(IsIdle ? part * Number(0) : part, Group);

    /// <summary>A sum over processes as one node of autograd's graph: its gradient is the sum of theirs.</summary>
    private sealed class SumFunction : torch.autograd.SingleTensorFunction<SumFunction>
    {
        public override string Name => "SumOverReplicas";

        public override torch.Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("group", vars[1]);
            return ((ReplicaGroup)vars[1]).Sum((torch.Tensor)vars[0]);
        }

        public override List<torch.Tensor> backward(torch.autograd.AutogradContext ctx, torch.Tensor grad_output)
            => [((ReplicaGroup)ctx.get_data("group")).Sum(grad_output), null!];
    }
}
