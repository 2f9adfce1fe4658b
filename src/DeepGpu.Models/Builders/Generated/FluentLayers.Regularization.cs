// Written by eng/Generate from the classes' declarations: change those, then run it.
using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <content>Regularization.</content>
public static partial class FluentLayers
{
    /// <summary>Adds a penalty on its input to the loss and passes the input on. Adds the layer
    /// <see cref="Models.ActivityRegularization"/>.</summary>
    /// <remarks>Keras: https://keras.io/api/layers/regularization_layers/activity_regularization/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="l1">Factor of the absolute values; default 0.</param>
    /// <param name="l2">Factor of the squares; default 0.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor ActivityRegularization(
        this SymbolicTensor input,
        double l1 = 0,
        double l2 = 0,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new ActivityRegularization()
        {
            L1 = l1,
            L2 = l2,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, dropout that keeps mean and variance of SELU activations. Klambauer et al., 2017. Adds the layer
    /// <see cref="Models.AlphaDropout"/>.</summary>
    /// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/regularization_layers/alpha_dropout/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="rate">The share replaced, in [0, 1).</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor AlphaDropout(
        this SymbolicTensor input,
        double rate,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new AlphaDropout(rate)
        {
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, sets a share of the elements to 0 and scales the rest by 1 / (1 - rate). Srivastava et al., 2014. Adds the
    /// layer <see cref="Models.Dropout"/>.</summary>
    /// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/regularization_layers/dropout/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="rate">The share set to 0, in [0, 1).</param>
    /// <param name="noiseShape">The shape of the pattern, the batch included; an axis of 1 is dropped as a whole, null takes the input's
    /// length. Default: the input's shape.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Dropout(
        this SymbolicTensor input,
        double rate,
        ImmutableArray<int?>? noiseShape = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Dropout(rate)
        {
            NoiseShape = noiseShape,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, multiplies by normally distributed noise around 1 with standard deviation sqrt(rate / (1 - rate)). Adds
    /// the layer <see cref="Models.GaussianDropout"/>.</summary>
    /// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/regularization_layers/gaussian_dropout/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="rate">As for dropout, in [0, 1).</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor GaussianDropout(
        this SymbolicTensor input,
        double rate,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new GaussianDropout(rate)
        {
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, adds normally distributed noise. Adds the layer <see cref="Models.GaussianNoise"/>.</summary>
    /// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/regularization_layers/gaussian_noise/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="stddev">The noise's standard deviation, at least 0.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor GaussianNoise(
        this SymbolicTensor input,
        double stddev,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new GaussianNoise(stddev)
        {
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, sets whole channels to 0 and scales the rest by 1 / (1 - rate). Tompson et al., 2014. Adds the layer
    /// <see cref="Models.SpatialDropout1D"/>.</summary>
    /// <remarks>Input and output (batch, steps, channels). Keras:
    /// https://keras.io/api/layers/regularization_layers/spatial_dropout1d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="rate">The share of channels set to 0, in [0, 1).</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor SpatialDropout1D(
        this SymbolicTensor input,
        double rate,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new SpatialDropout1D(rate)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, sets whole channels to 0 and scales the rest by 1 / (1 - rate). Tompson et al., 2014. Adds the layer
    /// <see cref="Models.SpatialDropout2D"/>.</summary>
    /// <remarks>Input and output (batch, height, width, channels). Keras:
    /// https://keras.io/api/layers/regularization_layers/spatial_dropout2d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="rate">The share of channels set to 0, in [0, 1).</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor SpatialDropout2D(
        this SymbolicTensor input,
        double rate,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new SpatialDropout2D(rate)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, sets whole channels to 0 and scales the rest by 1 / (1 - rate). Tompson et al., 2014. Adds the layer
    /// <see cref="Models.SpatialDropout3D"/>.</summary>
    /// <remarks>Input and output (batch, depth, height, width, channels). Keras:
    /// https://keras.io/api/layers/regularization_layers/spatial_dropout3d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="rate">The share of channels set to 0, in [0, 1).</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor SpatialDropout3D(
        this SymbolicTensor input,
        double rate,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new SpatialDropout3D(rate)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, drops a whole sample's branch and scales the rest by 1 / (1 - rate). Huang et al., 2016. Adds the layer
    /// <see cref="Models.StochasticDepth"/>.</summary>
    /// <remarks>Output shape = input shape. Put it before the addition of a residual block, as Keras's ConvNeXt does.</remarks>
    /// <param name="input">The input.</param>
    /// <param name="dropPathRate">The share of samples whose branch is dropped, in [0, 1).</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor StochasticDepth(
        this SymbolicTensor input,
        double dropPathRate,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new StochasticDepth(dropPathRate)
        {
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }
}
