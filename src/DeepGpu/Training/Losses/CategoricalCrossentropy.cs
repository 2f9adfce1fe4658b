using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>-sum(target * log(probability)) over the classes, targets one-hot. Keras: https://keras.io/api/losses/probabilistic_losses/</summary>
public sealed class CategoricalCrossentropy : Loss
{
    /// <inheritdoc/>
    public override string Name => "categorical_crossentropy";

    /// <summary>Whether the model yields logits instead of probabilities. Default false.</summary>
    public bool FromLogits { get; init; }

    /// <summary>True for softmax: log-softmax of the logits never takes the logarithm of a rounded 0.</summary>
    public override bool TakesLogitsOf(Activation activation) => activation == Activation.Softmax && !FromLogits;

    /// <inheritdoc/>
    public override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits)
        => -(target * Crossentropy.LogProbabilities(output, isLogits || FromLogits)).sum(-1);

    /// <inheritdoc/>
    public override void CheckTargets(NDArray targets, Shape output)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(output);
        if (targets.Rank == output.Rank && targets.Shape[^1] == output[^1]) return;
        throw new TrainingDataException(new(
            "target_shape",
            $"{Name} needs one-hot targets of shape {output}",
            $"but receives ({string.Join(", ", targets.Shape)}).",
            targets.Rank < output.Rank ? "Use SparseCategoricalCrossentropy for class indices." : "Make the targets as wide as the model's last layer, or the layer as wide as the targets."));
    }
}
