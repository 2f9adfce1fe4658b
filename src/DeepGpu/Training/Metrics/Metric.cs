using TorchSharp;

namespace DeepGpu;

/// <summary>A number that is followed while training, and changes nothing. Keras: https://keras.io/api/metrics/</summary>
public abstract class Metric
{
    /// <summary>The key in the history, e.g. "accuracy".</summary>
    public abstract string Name { get; }

    /// <summary>The share of right classes; one-hot or index targets are told apart by shape.</summary>
    public static Metric Accuracy() => new Accuracy();

    /// <summary>Starts over.</summary>
    public abstract void Reset();

    /// <summary>Takes in a batch.</summary>
    /// <param name="target">The targets.</param>
    /// <param name="output">The model's output, its activation applied.</param>
    public abstract void Update(torch.Tensor target, torch.Tensor output);

    /// <summary>The value over all batches since <see cref="Reset"/>.</summary>
    public abstract double Result();
}
