// Written by eng/Generate from the classes' declarations: change those, then run it.
namespace DeepGpu.Models;

/// <content>Logic.</content>
public static partial class FluentLayers
{
    /// <summary>Whether any element along some axes is true. Keras writes it into graphs where a mask is computed. Adds the layer
    /// <see cref="Models.Any"/>.</summary>
    /// <remarks>Output: the input's shape without those axes.</remarks>
    /// <param name="input">The input.</param>
    /// <param name="axis">The axes looked along. Default the last.</param>
    /// <param name="keepDims">Whether those axes stay, with length 1. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Any(
        this SymbolicTensor input,
        Axes? axis = null,
        bool keepDims = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new Any();
        var made = defaults with
        {
            Axis = axis ?? defaults.Axis,
            KeepDims = keepDims,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Whether each element differs from a value. Keras writes it into graphs where a mask is computed. Adds the layer
    /// <see cref="Models.NotEqual"/>.</summary>
    /// <remarks>Output shape = input shape, true or false.</remarks>
    /// <param name="input">The input.</param>
    /// <param name="value">The value compared with, finite. Default 0.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor NotEqual(
        this SymbolicTensor input,
        double value = 0,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new NotEqual(value)
        {
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }
}
