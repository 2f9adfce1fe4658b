using TorchSharp;

namespace DeepGpu;

/// <summary>What the hinge losses share.</summary>
internal static class Hinges
{
    /// <summary>Targets as -1 and 1: those of a batch of only 0 and 1 are moved, others stay. Decided on the device.</summary>
    public static torch.Tensor Signs(torch.Tensor target)
    {
        var isBinary = target.eq(Number(0)).logical_or(target.eq(Number(1))).all();
        return torch.where(isBinary, Number(2) * target - Number(1), target);
    }
}
