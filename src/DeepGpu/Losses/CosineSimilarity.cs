using TorchSharp;

namespace DeepGpu;

/// <summary>-cos of the angle between target and output along an axis: -1 is the same direction, 0 a right angle, 1 the opposite.
/// Keras: https://keras.io/api/losses/regression_losses/</summary>
/// <remarks>A vector of zeros has similarity 0 with all. The metric of the same name has the opposite sign.</remarks>
public sealed class CosineSimilarity : Loss
{
    /// <inheritdoc/>
    public override string Name => "cosine_similarity";

    /// <summary>The axis of the vectors. Default -1, the last.</summary>
    public int Axis { get; init; } = -1;

    internal override TargetForm Form => TargetForm.LikeOutput;

    /// <inheritdoc/>
    public override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits) => -Between(target, output, Axis);

    internal static torch.Tensor Between(torch.Tensor target, torch.Tensor output, int axis)
    {
        var (targets, outputs) = ElementwiseLoss.Aligned(target, output);
        return (Unit(targets, axis) * Unit(outputs, axis)).sum(axis);
    }

    private static torch.Tensor Unit(torch.Tensor vectors, int axis) => torch.nn.functional.normalize(vectors, 2, axis, Floats.Epsilon);
}
