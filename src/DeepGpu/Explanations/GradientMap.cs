using TorchSharp;

namespace DeepGpu.Explanations;

/// <summary>The sums of Grad-CAM.</summary>
internal static class GradientMap
{
    /// <summary>The gradient of each sample's score by the maps, beside the maps.</summary>
    /// <param name="scores">The scores before their activation, (samples, classes); of two classes one.</param>
    /// <param name="maps">What the gradient is taken by, (samples, height, width, channels).</param>
    /// <param name="classes">The class of each sample; null for the largest score.</param>
    public static (torch.Tensor Gradient, torch.Tensor Maps) Of(torch.Tensor scores, torch.Tensor maps, IReadOnlyList<int>? classes)
    {
        using var chosen = classes is null ? scores.detach().argmax(1, keepdim: true)
            : torch.tensor([.. classes.Select(index => (long)index)], [classes.Count, 1], device: scores.device);
        var signed = scores.shape[1] > 1 ? scores.gather(1, chosen) : OfTwo(scores, chosen, classes);
        return (torch.autograd.grad([signed.sum()], [maps])[0], maps);
    }

    /// <summary>Heat from 0 to 1, (samples, height, width).</summary>
    public static torch.Tensor Heat(torch.Tensor maps, torch.Tensor gradient)
    {
        using var noGradient = torch.no_grad();
        var heat = (maps.detach() * gradient.mean([1, 2], keepdim: true)).sum(-1).relu();
        var largest = heat.amax([1, 2], keepdim: true);
        return heat / largest.clamp_min(Number(1e-30));
    }

    /// <summary>One score for two classes: it speaks for class 1, its negative for class 0.</summary>
    private static torch.Tensor OfTwo(torch.Tensor scores, torch.Tensor chosen, IReadOnlyList<int>? classes)
    {
        var isOne = classes is null ? scores.detach() >= Number(0) : chosen.ge(Number(1));
        return torch.where(isOne, scores, -scores);
    }
}
