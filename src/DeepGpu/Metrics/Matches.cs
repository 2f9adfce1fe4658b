using TorchSharp;

namespace DeepGpu;

/// <summary>Which outputs are right.</summary>
internal static class Matches
{
    /// <summary>Which outputs are on their target's side of a threshold.</summary>
    public static torch.Tensor Sides(torch.Tensor target, torch.Tensor output, double threshold)
    {
        var (truth, outputs) = ElementwiseLoss.Aligned(target, output);
        return outputs.gt(Number(threshold)).to(outputs.dtype).eq(truth);
    }

    /// <summary>Whether the largest output is where the target is largest.</summary>
    public static torch.Tensor OneHot(torch.Tensor target, torch.Tensor output) => output.argmax(-1).eq(target.argmax(-1));

    /// <summary>Whether the largest output is at the target's index.</summary>
    public static torch.Tensor Indices(torch.Tensor target, torch.Tensor output)
        => output.argmax(-1).eq(target.to(torch.ScalarType.Int64).reshape(output.shape[..^1]));

    /// <summary>Whether the class of each place, (places), is among its largest outputs, (places, classes).
    /// Of equal outputs all count, as in Keras.</summary>
    public static torch.Tensor InTop(torch.Tensor classes, torch.Tensor outputs, int k)
    {
        var isClass = classes.ge(Number(0)).logical_and(classes.lt(Number(outputs.size(-1))));
        var own = outputs.gather(-1, classes.masked_fill(isClass.logical_not(), Number(0)).unsqueeze(-1));
        return outputs.gt(own).sum(-1).lt(Number(k)).logical_and(isClass);
    }
}
