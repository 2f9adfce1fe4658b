// Written by eng/Generate from the classes' declarations: change those, then run it.
namespace DeepGpu.Models;

/// <content>Pooling.</content>
public static partial class FluentLayers
{
    /// <summary>The mean value of each of a fixed number of windows along time, channel by channel. Adds the layer
    /// <see cref="Models.AdaptiveAveragePooling1D"/>.</summary>
    /// <remarks>Input (batch, steps, channels), output (batch, output size, channels). Keras:
    /// https://keras.io/api/layers/pooling_layers/adaptive_average_pooling1d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="outputSize">The output's lengths, at least 1.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor AdaptiveAveragePooling1D(
        this SymbolicTensor input,
        Extent outputSize,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new AdaptiveAveragePooling1D(outputSize)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The mean value of each of a fixed number of windows along height and width, channel by channel. Adds the layer
    /// <see cref="Models.AdaptiveAveragePooling2D"/>.</summary>
    /// <remarks>Input (batch, height, width, channels), output (batch, output size, channels). Keras:
    /// https://keras.io/api/layers/pooling_layers/adaptive_average_pooling2d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="outputSize">The output's lengths, at least 1.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor AdaptiveAveragePooling2D(
        this SymbolicTensor input,
        Extent outputSize,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new AdaptiveAveragePooling2D(outputSize)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The mean value of each of a fixed number of windows along depth, height and width, channel by channel. Adds the layer
    /// <see cref="Models.AdaptiveAveragePooling3D"/>.</summary>
    /// <remarks>Input (batch, depth, height, width, channels), output (batch, output size, channels). Keras:
    /// https://keras.io/api/layers/pooling_layers/adaptive_average_pooling3d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="outputSize">The output's lengths, at least 1.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor AdaptiveAveragePooling3D(
        this SymbolicTensor input,
        Extent outputSize,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new AdaptiveAveragePooling3D(outputSize)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The largest value of each of a fixed number of windows along time, channel by channel. Adds the layer
    /// <see cref="Models.AdaptiveMaxPooling1D"/>.</summary>
    /// <remarks>Input (batch, steps, channels), output (batch, output size, channels). Keras:
    /// https://keras.io/api/layers/pooling_layers/adaptive_max_pooling1d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="outputSize">The output's lengths, at least 1.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor AdaptiveMaxPooling1D(
        this SymbolicTensor input,
        Extent outputSize,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new AdaptiveMaxPooling1D(outputSize)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The largest value of each of a fixed number of windows along height and width, channel by channel. Adds the layer
    /// <see cref="Models.AdaptiveMaxPooling2D"/>.</summary>
    /// <remarks>Input (batch, height, width, channels), output (batch, output size, channels). Keras:
    /// https://keras.io/api/layers/pooling_layers/adaptive_max_pooling2d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="outputSize">The output's lengths, at least 1.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor AdaptiveMaxPooling2D(
        this SymbolicTensor input,
        Extent outputSize,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new AdaptiveMaxPooling2D(outputSize)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The largest value of each of a fixed number of windows along depth, height and width, channel by channel. Adds the layer
    /// <see cref="Models.AdaptiveMaxPooling3D"/>.</summary>
    /// <remarks>Input (batch, depth, height, width, channels), output (batch, output size, channels). Keras:
    /// https://keras.io/api/layers/pooling_layers/adaptive_max_pooling3d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="outputSize">The output's lengths, at least 1.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor AdaptiveMaxPooling3D(
        this SymbolicTensor input,
        Extent outputSize,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new AdaptiveMaxPooling3D(outputSize)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The mean value of each window along time, channel by channel. Adds the layer
    /// <see cref="Models.AveragePooling1D"/>.</summary>
    /// <remarks>Input (batch, steps, channels), output (batch, new steps, channels). Keras:
    /// https://keras.io/api/layers/pooling_layers/average_pooling1d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="poolSize">The window's lengths, at least 1. Default 2.</param>
    /// <param name="strides">The step between windows; null for the window's own size.</param>
    /// <param name="padding">What happens at the border; an average with "same" divides by the cells that exist. Default valid.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="ceilMode">Whether a last window may hang over the end, as networks trained in torch have it; Keras has no such option.
    /// Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor AveragePooling1D(
        this SymbolicTensor input,
        Extent poolSize = default,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        bool ceilMode = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new AveragePooling1D(poolSize)
        {
            Strides = strides,
            Padding = padding,
            DataFormat = dataFormat,
            CeilMode = ceilMode,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The mean value of each window along height and width, channel by channel. Adds the layer
    /// <see cref="Models.AveragePooling2D"/>.</summary>
    /// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels). Keras:
    /// https://keras.io/api/layers/pooling_layers/average_pooling2d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="poolSize">The window's lengths, at least 1. Default 2.</param>
    /// <param name="strides">The step between windows; null for the window's own size.</param>
    /// <param name="padding">What happens at the border; an average with "same" divides by the cells that exist. Default valid.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="ceilMode">Whether a last window may hang over the end, as networks trained in torch have it; Keras has no such option.
    /// Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor AveragePooling2D(
        this SymbolicTensor input,
        Extent poolSize = default,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        bool ceilMode = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new AveragePooling2D(poolSize)
        {
            Strides = strides,
            Padding = padding,
            DataFormat = dataFormat,
            CeilMode = ceilMode,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The mean value of each window along depth, height and width, channel by channel. Adds the layer
    /// <see cref="Models.AveragePooling3D"/>.</summary>
    /// <remarks>Input (batch, depth, height, width, channels), output (batch, new depth, new height, new width, channels). Keras:
    /// https://keras.io/api/layers/pooling_layers/average_pooling3d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="poolSize">The window's lengths, at least 1. Default 2.</param>
    /// <param name="strides">The step between windows; null for the window's own size.</param>
    /// <param name="padding">What happens at the border; an average with "same" divides by the cells that exist. Default valid.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="ceilMode">Whether a last window may hang over the end, as networks trained in torch have it; Keras has no such option.
    /// Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor AveragePooling3D(
        this SymbolicTensor input,
        Extent poolSize = default,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        bool ceilMode = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new AveragePooling3D(poolSize)
        {
            Strides = strides,
            Padding = padding,
            DataFormat = dataFormat,
            CeilMode = ceilMode,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The mean value of each channel over steps. Adds the layer <see cref="Models.GlobalAveragePooling1D"/>.</summary>
    /// <remarks>Input (batch, steps, channels), output (batch, channels). Keras:
    /// https://keras.io/api/layers/pooling_layers/global_average_pooling1d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="keepDims">Whether the pooled axes stay, with length 1. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor GlobalAveragePooling1D(
        this SymbolicTensor input,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        bool keepDims = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new GlobalAveragePooling1D()
        {
            DataFormat = dataFormat,
            KeepDims = keepDims,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The mean value of each channel over height and width. Adds the layer
    /// <see cref="Models.GlobalAveragePooling2D"/>.</summary>
    /// <remarks>Input (batch, height, width, channels), output (batch, channels). Keras:
    /// https://keras.io/api/layers/pooling_layers/global_average_pooling2d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="keepDims">Whether the pooled axes stay, with length 1. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor GlobalAveragePooling2D(
        this SymbolicTensor input,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        bool keepDims = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new GlobalAveragePooling2D()
        {
            DataFormat = dataFormat,
            KeepDims = keepDims,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The mean value of each channel over depth, height and width. Adds the layer
    /// <see cref="Models.GlobalAveragePooling3D"/>.</summary>
    /// <remarks>Input (batch, depth, height, width, channels), output (batch, channels). Keras:
    /// https://keras.io/api/layers/pooling_layers/global_average_pooling3d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="keepDims">Whether the pooled axes stay, with length 1. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor GlobalAveragePooling3D(
        this SymbolicTensor input,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        bool keepDims = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new GlobalAveragePooling3D()
        {
            DataFormat = dataFormat,
            KeepDims = keepDims,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The largest value of each channel over steps. Adds the layer <see cref="Models.GlobalMaxPooling1D"/>.</summary>
    /// <remarks>Input (batch, steps, channels), output (batch, channels). Keras:
    /// https://keras.io/api/layers/pooling_layers/global_max_pooling1d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="keepDims">Whether the pooled axes stay, with length 1. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor GlobalMaxPooling1D(
        this SymbolicTensor input,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        bool keepDims = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new GlobalMaxPooling1D()
        {
            DataFormat = dataFormat,
            KeepDims = keepDims,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The largest value of each channel over height and width. Adds the layer <see cref="Models.GlobalMaxPooling2D"/>.</summary>
    /// <remarks>Input (batch, height, width, channels), output (batch, channels). Keras:
    /// https://keras.io/api/layers/pooling_layers/global_max_pooling2d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="keepDims">Whether the pooled axes stay, with length 1. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor GlobalMaxPooling2D(
        this SymbolicTensor input,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        bool keepDims = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new GlobalMaxPooling2D()
        {
            DataFormat = dataFormat,
            KeepDims = keepDims,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The largest value of each channel over depth, height and width. Adds the layer
    /// <see cref="Models.GlobalMaxPooling3D"/>.</summary>
    /// <remarks>Input (batch, depth, height, width, channels), output (batch, channels). Keras:
    /// https://keras.io/api/layers/pooling_layers/global_max_pooling3d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="keepDims">Whether the pooled axes stay, with length 1. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor GlobalMaxPooling3D(
        this SymbolicTensor input,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        bool keepDims = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new GlobalMaxPooling3D()
        {
            DataFormat = dataFormat,
            KeepDims = keepDims,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The largest value of each window along time, channel by channel. Adds the layer
    /// <see cref="Models.MaxPooling1D"/>.</summary>
    /// <remarks>Input (batch, steps, channels), output (batch, new steps, channels). Keras:
    /// https://keras.io/api/layers/pooling_layers/max_pooling1d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="poolSize">The window's lengths, at least 1. Default 2.</param>
    /// <param name="strides">The step between windows; null for the window's own size.</param>
    /// <param name="padding">What happens at the border; an average with "same" divides by the cells that exist. Default valid.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="ceilMode">Whether a last window may hang over the end, as networks trained in torch have it; Keras has no such option.
    /// Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor MaxPooling1D(
        this SymbolicTensor input,
        Extent poolSize = default,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        bool ceilMode = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new MaxPooling1D(poolSize)
        {
            Strides = strides,
            Padding = padding,
            DataFormat = dataFormat,
            CeilMode = ceilMode,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The largest value of each window along height and width, channel by channel. Adds the layer
    /// <see cref="Models.MaxPooling2D"/>.</summary>
    /// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels). Keras:
    /// https://keras.io/api/layers/pooling_layers/max_pooling2d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="poolSize">The window's lengths, at least 1. Default 2.</param>
    /// <param name="strides">The step between windows; null for the window's own size.</param>
    /// <param name="padding">What happens at the border; an average with "same" divides by the cells that exist. Default valid.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="ceilMode">Whether a last window may hang over the end, as networks trained in torch have it; Keras has no such option.
    /// Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor MaxPooling2D(
        this SymbolicTensor input,
        Extent poolSize = default,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        bool ceilMode = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new MaxPooling2D(poolSize)
        {
            Strides = strides,
            Padding = padding,
            DataFormat = dataFormat,
            CeilMode = ceilMode,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The largest value of each window along depth, height and width, channel by channel. Adds the layer
    /// <see cref="Models.MaxPooling3D"/>.</summary>
    /// <remarks>Input (batch, depth, height, width, channels), output (batch, new depth, new height, new width, channels). Keras:
    /// https://keras.io/api/layers/pooling_layers/max_pooling3d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="poolSize">The window's lengths, at least 1. Default 2.</param>
    /// <param name="strides">The step between windows; null for the window's own size.</param>
    /// <param name="padding">What happens at the border; an average with "same" divides by the cells that exist. Default valid.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="ceilMode">Whether a last window may hang over the end, as networks trained in torch have it; Keras has no such option.
    /// Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor MaxPooling3D(
        this SymbolicTensor input,
        Extent poolSize = default,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        bool ceilMode = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new MaxPooling3D(poolSize)
        {
            Strides = strides,
            Padding = padding,
            DataFormat = dataFormat,
            CeilMode = ceilMode,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }
}
