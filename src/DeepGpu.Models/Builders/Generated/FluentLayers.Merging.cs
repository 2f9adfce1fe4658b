// Written by eng/Generate from the classes' declarations: change those, then run it.
namespace DeepGpu.Models;

/// <content>Merging.</content>
public static partial class FluentLayers
{
    /// <summary>The sum of the inputs. Adds the layer <see cref="Models.Add"/>.</summary>
    /// <remarks>Inputs of shapes that broadcast to one another, output of their common shape. Keras:
    /// https://keras.io/api/layers/merging_layers/add/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="others">The other inputs.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Add(this SymbolicTensor input, params IEnumerable<SymbolicTensor> others)
        => Apply(input, new Add(), others);

    /// <summary>The sum of the inputs. Adds the layer <see cref="Models.Add"/>.</summary>
    /// <remarks>Inputs of shapes that broadcast to one another, output of their common shape. Keras:
    /// https://keras.io/api/layers/merging_layers/add/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="others">The other inputs.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Add(
        this SymbolicTensor input,
        IEnumerable<SymbolicTensor> others,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Add() { Name = name, Trainable = trainable, Policy = policy, ActivityRegularizer = activityRegularizer };
        return Apply(input, made, others);
    }

    /// <summary>The mean of the inputs. Adds the layer <see cref="Models.Average"/>.</summary>
    /// <remarks>Inputs of shapes that broadcast to one another, output of their common shape. Keras:
    /// https://keras.io/api/layers/merging_layers/average/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="others">The other inputs.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Average(this SymbolicTensor input, params IEnumerable<SymbolicTensor> others)
        => Apply(input, new Average(), others);

    /// <summary>The mean of the inputs. Adds the layer <see cref="Models.Average"/>.</summary>
    /// <remarks>Inputs of shapes that broadcast to one another, output of their common shape. Keras:
    /// https://keras.io/api/layers/merging_layers/average/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="others">The other inputs.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Average(
        this SymbolicTensor input,
        IEnumerable<SymbolicTensor> others,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Average()
        {
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made, others);
    }

    /// <summary>Joins inputs along an axis. Adds the layer <see cref="Models.Concatenate"/>.</summary>
    /// <remarks>Inputs equal on every other axis. Keras: https://keras.io/api/layers/merging_layers/concatenate/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="others">The other inputs.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Concatenate(this SymbolicTensor input, params IEnumerable<SymbolicTensor> others)
        => Apply(input, new Concatenate(), others);

    /// <summary>Joins inputs along an axis. Adds the layer <see cref="Models.Concatenate"/>.</summary>
    /// <remarks>Inputs equal on every other axis. Keras: https://keras.io/api/layers/merging_layers/concatenate/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="others">The other inputs.</param>
    /// <param name="axis">The axis to join along, the batch being 0. Default the last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Concatenate(
        this SymbolicTensor input,
        IEnumerable<SymbolicTensor> others,
        int axis = -1,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Concatenate(axis)
        {
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made, others);
    }

    /// <summary>Products of two inputs summed along one axis of each, sample by sample. Adds the layer <see cref="Models.Dot"/>.</summary>
    /// <remarks>Inputs (batch, ...) and (batch, ...), output the remaining axes of the first, then of the second; (batch, 1) if none
    /// remain. Keras: https://keras.io/api/layers/merging_layers/dot/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="other">The second input.</param>
    /// <param name="axes">The summed axis, of both inputs or of each; the batch is 0 and may not be summed.</param>
    /// <param name="normalize">Whether both inputs are first scaled to length 1 along the summed axis, which gives cosines. Default
    /// false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Dot(
        this SymbolicTensor input,
        SymbolicTensor other,
        Axes axes,
        bool normalize = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Dot(axes)
        {
            Normalize = normalize,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made, other);
    }

    /// <summary>The largest of the inputs, element by element; masked positions do not count. Adds the layer
    /// <see cref="Models.Maximum"/>.</summary>
    /// <remarks>Inputs of shapes that broadcast to one another, output of their common shape. Keras:
    /// https://keras.io/api/layers/merging_layers/maximum/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="others">The other inputs.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Maximum(this SymbolicTensor input, params IEnumerable<SymbolicTensor> others)
        => Apply(input, new Maximum(), others);

    /// <summary>The largest of the inputs, element by element; masked positions do not count. Adds the layer
    /// <see cref="Models.Maximum"/>.</summary>
    /// <remarks>Inputs of shapes that broadcast to one another, output of their common shape. Keras:
    /// https://keras.io/api/layers/merging_layers/maximum/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="others">The other inputs.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Maximum(
        this SymbolicTensor input,
        IEnumerable<SymbolicTensor> others,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Maximum()
        {
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made, others);
    }

    /// <summary>The smallest of the inputs, element by element; masked positions do not count. Adds the layer
    /// <see cref="Models.Minimum"/>.</summary>
    /// <remarks>Inputs of shapes that broadcast to one another, output of their common shape. Keras:
    /// https://keras.io/api/layers/merging_layers/minimum/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="others">The other inputs.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Minimum(this SymbolicTensor input, params IEnumerable<SymbolicTensor> others)
        => Apply(input, new Minimum(), others);

    /// <summary>The smallest of the inputs, element by element; masked positions do not count. Adds the layer
    /// <see cref="Models.Minimum"/>.</summary>
    /// <remarks>Inputs of shapes that broadcast to one another, output of their common shape. Keras:
    /// https://keras.io/api/layers/merging_layers/minimum/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="others">The other inputs.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Minimum(
        this SymbolicTensor input,
        IEnumerable<SymbolicTensor> others,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Minimum()
        {
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made, others);
    }

    /// <summary>The product of the inputs; where every input has a mask, masked positions count as 1. Adds the layer
    /// <see cref="Models.Multiply"/>.</summary>
    /// <remarks>Inputs of shapes that broadcast to one another, output of their common shape. Keras:
    /// https://keras.io/api/layers/merging_layers/multiply/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="others">The other inputs.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Multiply(this SymbolicTensor input, params IEnumerable<SymbolicTensor> others)
        => Apply(input, new Multiply(), others);

    /// <summary>The product of the inputs; where every input has a mask, masked positions count as 1. Adds the layer
    /// <see cref="Models.Multiply"/>.</summary>
    /// <remarks>Inputs of shapes that broadcast to one another, output of their common shape. Keras:
    /// https://keras.io/api/layers/merging_layers/multiply/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="others">The other inputs.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Multiply(
        this SymbolicTensor input,
        IEnumerable<SymbolicTensor> others,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Multiply()
        {
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made, others);
    }

    /// <summary>The first input minus the second. Adds the layer <see cref="Models.Subtract"/>.</summary>
    /// <remarks>Keras: https://keras.io/api/layers/merging_layers/subtract/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="other">The second input.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Subtract(
        this SymbolicTensor input,
        SymbolicTensor other,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Subtract()
        {
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made, other);
    }
}
