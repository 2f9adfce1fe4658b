using DeepGpu.Models;

namespace DeepGpu;

/// <summary>A model that can answer requests: <see cref="Model"/>, DeepGpu.OnnxRuntime's <c>OnnxPredictor</c>, or one of your
/// own.</summary>
/// <remarks>DeepGpu.Hosting's <c>Predictor</c> serves it. Its members may be called by several threads at once.</remarks>
public interface IServableModel : IDisposable
{
    /// <summary>What it takes, in the order of <see cref="Predict"/>.</summary>
    IReadOnlyList<ServableInput> Inputs { get; }

    /// <summary>Whether samples of several requests may be computed in one call: each sample's outputs depend on it alone, and samples are
    /// the first axis of every input and output.</summary>
    bool IsBatchable { get; }

    /// <summary>Throws where <see cref="Predict"/> would refuse the inputs, without running the model.</summary>
    /// <param name="inputs">One array an input: (samples, ...).</param>
    /// <exception cref="ArgumentNullException">There are none.</exception>
    /// <exception cref="DeepGpuException">They do not fit the model.</exception>
    /// <exception cref="DeepGpuArgumentException">They do not fit the model.</exception>
    void CheckInputs(IReadOnlyList<NDArray> inputs);

    /// <summary>Computes the outputs.</summary>
    /// <param name="inputs">One array an input: (samples, ...).</param>
    /// <param name="batchSize">How many samples run at once.</param>
    /// <returns>One array an output: (samples, ...).</returns>
    IReadOnlyList<NDArray> Predict(IReadOnlyList<NDArray> inputs, int batchSize = 32);
}

/// <summary>An input of a model that answers requests.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its shape, the samples first; open lengths are null.</param>
public sealed record ServableInput(string Name, DataType Type, Shape Shape);
