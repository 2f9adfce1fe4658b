using DeepGpu.Models;

namespace DeepGpu.Weights;

/// <summary>What a model file is written from: a description and where the weights' values are.</summary>
/// <param name="Spec">The description.</param>
/// <param name="Values">A weight's values in Keras's layout, by its name.</param>
/// <param name="Training">What it was compiled with, and the optimizer's state;
/// null if it is not compiled, or with what no file can hold.</param>
internal sealed record ModelContent(ModelSpec Spec, Func<string, NDArray> Values, StoredTraining? Training)
{
    /// <summary>How it is written as ONNX.</summary>
    public OnnxOptions Onnx { get; init; } = OnnxOptions.Default;

    /// <summary>The same, whose values end with a cancellation.</summary>
    public ModelContent Cancelled(CancellationToken cancellation) => this with
    {
        Values = name =>
        {
            cancellation.ThrowIfCancellationRequested();
            return Values(name);
        },
    };

    /// <summary>The classes beside the library's.</summary>
    public Extensions Extensions { get; init; } = Extensions.None;
}
