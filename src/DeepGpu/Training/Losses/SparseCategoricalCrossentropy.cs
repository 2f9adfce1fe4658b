using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>-log(probability of the target class), targets class indices. Keras: https://keras.io/api/losses/probabilistic_losses/</summary>
public sealed class SparseCategoricalCrossentropy : Loss
{
    /// <inheritdoc/>
    public override string Name => "sparse_categorical_crossentropy";

    /// <summary>Whether the model yields logits instead of probabilities. Default false.</summary>
    public bool FromLogits { get; init; }

    /// <summary>True for softmax: log-softmax of the logits never takes the logarithm of a rounded 0.</summary>
    public override bool TakesLogitsOf(Activation activation) => activation == Activation.Softmax && !FromLogits;

    /// <inheritdoc/>
    public override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        var classes = target.to(torch.ScalarType.Int64).reshape([.. output.shape[..^1], 1]);
        return -Crossentropy.LogProbabilities(output, isLogits || FromLogits).gather(-1, classes).squeeze(-1);
    }

    /// <inheritdoc/>
    public override void CheckTargets(NDArray targets, Shape output)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(output);
        Crossentropy.CheckClassIndices(targets, output[^1]!.Value, Name);
    }
}
