using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>What training makes small. Keras: https://keras.io/api/losses/. Derive from it for a loss of your own.</summary>
public abstract class Loss
{
    /// <summary>The name in messages, e.g. "categorical_crossentropy".</summary>
    public abstract string Name { get; }

    /// <summary>Cross-entropy of one probability an output, against targets of 0 and 1.</summary>
    /// <param name="fromLogits">Whether the model yields logits instead of probabilities. Default false.</param>
    public static Loss BinaryCrossentropy(bool fromLogits = false) => new BinaryCrossentropy { FromLogits = fromLogits };

    /// <summary>The mean of the squared differences.</summary>
    public static Loss MeanSquaredError() => new MeanSquaredError();

    /// <summary>Cross-entropy against one-hot targets (batch, classes).</summary>
    /// <param name="fromLogits">Whether the model yields logits instead of probabilities. Default false.</param>
    public static Loss CategoricalCrossentropy(bool fromLogits = false) => new CategoricalCrossentropy { FromLogits = fromLogits };

    /// <summary>Cross-entropy against class indices (batch) or (batch, 1).</summary>
    /// <param name="fromLogits">Whether the model yields logits instead of probabilities. Default false.</param>
    public static Loss SparseCategoricalCrossentropy(bool fromLogits = false) => new SparseCategoricalCrossentropy { FromLogits = fromLogits };

    /// <summary>Whether the loss is better computed from the input of this activation than from its output.</summary>
    public virtual bool TakesLogitsOf(Activation activation) => false;

    /// <summary>The loss of each sample, (batch).</summary>
    /// <param name="target">The targets.</param>
    /// <param name="output">The model's output.</param>
    /// <param name="isLogits">Whether the output's activation was left out because <see cref="TakesLogitsOf"/> asked for it.</param>
    public abstract torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits);

    /// <summary>Checks targets before anything native sees them.</summary>
    /// <exception cref="TrainingDataException">The targets do not fit the output.</exception>
    public virtual void CheckTargets(NDArray targets, Shape output)
    {
    }
}
