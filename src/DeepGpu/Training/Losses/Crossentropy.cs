using TorchSharp;

namespace DeepGpu;

/// <summary>What the cross-entropies share.</summary>
internal static class Crossentropy
{
    /// <summary>Keras clips probabilities to [1e-7, 1 - 1e-7] before the logarithm.</summary>
    public const double Epsilon = Floats.Epsilon;

    public static torch.Tensor LogProbabilities(torch.Tensor output, bool isLogits, int axis = -1)
        => isLogits ? output.log_softmax(axis) : Clipped(output / output.sum(axis, keepdim: true)).log();

    public static torch.Tensor Clipped(torch.Tensor probabilities) => probabilities.clamp(Epsilon, 1 - Epsilon);

    /// <summary>-(target * log(p) + (1 - target) * log(1 - p)) of each element.</summary>
    public static torch.Tensor Binary(torch.Tensor target, torch.Tensor clipped) => -(target * clipped.log() + (1 - target) * (1 - clipped).log());

    /// <summary>Truth values moved towards 1/2.</summary>
    public static torch.Tensor SmoothedTruth(torch.Tensor target, double smoothing) => smoothing == 0 ? target : target * (1 - smoothing) + 0.5 * smoothing;

    /// <summary>One-hot rows moved towards the uniform distribution over the axis of the classes.</summary>
    public static torch.Tensor SmoothedClasses(torch.Tensor target, double smoothing, int axis) => smoothing == 0 ? target : target * (1 - smoothing) + smoothing / target.size(axis);

    /// <summary>Checks that every target is a whole number in 0..classes-1 of a type that one-hot encoding reads.</summary>
    public static void CheckClassIndices(NDArray targets, int classes, string loss)
    {
        if (targets.Type is not (DataType.UInt8 or DataType.Int32 or DataType.Int64 or DataType.Float32))
            throw new TrainingDataException(new("label_out_of_range", $"{loss} needs class indices from 0 to {classes - 1},", $"but receives {targets.Type}.", "Pass them as UInt8, Int32, Int64 or Float32."));
        TargetValues.AreClassIndices(targets, classes, loss);
    }
}
