// Written by eng/Generate from the classes' declarations: change those, then run it.
using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <content>Activations.</content>
public static partial class FluentLayers
{
    /// <summary>x where x &gt; 0, alpha * (e^x - 1) below. Clevert et al., 2015. Adds the layer <see cref="Models.ELU"/>.</summary>
    /// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/activation_layers/elu/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="alpha">The factor below 0, finite. Default 1.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor ELU(
        this SymbolicTensor input,
        double alpha = 1,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new ELU()
        {
            Alpha = alpha,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>x where x &gt;= 0, negativeSlope * x below. Maas et al., 2013. Adds the layer <see cref="Models.LeakyReLU"/>.</summary>
    /// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/activation_layers/leaky_relu/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="negativeSlope">The slope below 0, at least 0. Default 0.3.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor LeakyReLU(
        this SymbolicTensor input,
        double negativeSlope = 0.3,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new LeakyReLU()
        {
            NegativeSlope = negativeSlope,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>x where x &gt;= 0, alpha * x below, alpha learned. He et al., 2015. Adds the layer <see cref="Models.PReLU"/>.</summary>
    /// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/activation_layers/prelu/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="alphaInitializer">How alpha starts. Default zeros.</param>
    /// <param name="alphaRegularizer">A penalty on alpha; default none.</param>
    /// <param name="alphaConstraint">What alpha is projected onto after each step; default nothing.</param>
    /// <param name="sharedAxes">Axes, the batch being 0, along which one alpha serves all positions. Default none.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor PReLU(
        this SymbolicTensor input,
        Initializer? alphaInitializer = null,
        Regularizer? alphaRegularizer = null,
        Constraint? alphaConstraint = null,
        ImmutableArray<int>? sharedAxes = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new PReLU();
        var made = defaults with
        {
            AlphaInitializer = alphaInitializer ?? defaults.AlphaInitializer,
            AlphaRegularizer = alphaRegularizer,
            AlphaConstraint = alphaConstraint,
            SharedAxes = sharedAxes,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>x where x &gt;= threshold, negativeSlope * (x - threshold) below, at most a largest value. Adds the layer
    /// <see cref="Models.ReLU"/>.</summary>
    /// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/activation_layers/relu/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="maxValue">The largest output, at least 0; null for none.</param>
    /// <param name="negativeSlope">The slope below the threshold, at least 0. Default 0.</param>
    /// <param name="threshold">Where the rise begins, at least 0. Default 0.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor ReLU(
        this SymbolicTensor input,
        double? maxValue = null,
        double negativeSlope = 0,
        double threshold = 0,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new ReLU()
        {
            MaxValue = maxValue,
            NegativeSlope = negativeSlope,
            Threshold = threshold,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>e^x over its sum along some axes; masked positions get 0. Adds the layer <see cref="Models.Softmax"/>.</summary>
    /// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/activation_layers/softmax/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="axis">The axes that its sum, mean or length is taken over, the batch being 0. Default the last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Softmax(
        this SymbolicTensor input,
        Axes? axis = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new Softmax();
        var made = defaults with
        {
            Axis = axis ?? defaults.Axis,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }
}
