using TorchSharp;

namespace DeepGpu;

/// <summary>What the cross-entropies share.</summary>
internal static class Crossentropy
{
    /// <summary>Keras clips probabilities to [1e-7, 1 - 1e-7] before the logarithm.</summary>
    public const double Epsilon = Floats.Epsilon;

    public static torch.Tensor LogProbabilities(torch.Tensor output, bool isLogits, int axis = -1)
        => isLogits ? output.log_softmax(axis) : Clipped(output / output.sum(axis, keepdim: true)).log();

    public static torch.Tensor Clipped(torch.Tensor probabilities) => probabilities.clamp(Number(Epsilon), Number(1 - Epsilon));

    /// <summary>-(target * log(p) + (1 - target) * log(1 - p)) of each element.</summary>
    public static torch.Tensor Binary(torch.Tensor target, torch.Tensor clipped)
        => -(target * clipped.log()).Plus(target.SubtractedFrom(1) * clipped.SubtractedFrom(1).log());

    /// <summary>Truth values moved towards 1/2.</summary>
    public static torch.Tensor SmoothedTruth(torch.Tensor target, double smoothing)
        => smoothing == 0 ? target : (target * Number(1 - smoothing)).Plus(0.5 * smoothing);

    /// <summary>One-hot rows moved towards the uniform distribution over the axis of the classes.</summary>
    public static torch.Tensor SmoothedClasses(torch.Tensor target, double smoothing, int axis)
        => smoothing == 0 ? target : (target * Number(1 - smoothing)).Plus(smoothing / target.size(axis));
}
