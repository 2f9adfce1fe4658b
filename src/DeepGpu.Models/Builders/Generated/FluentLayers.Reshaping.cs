// Written by eng/Generate from the classes' declarations: change those, then run it.
using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <content>Reshaping.</content>
public static partial class FluentLayers
{
    /// <summary>Cuts positions off the ends of time. Adds the layer <see cref="Models.Cropping1D"/>.</summary>
    /// <remarks>Input (batch, steps, channels), output (batch, new steps, channels). Keras:
    /// https://keras.io/api/layers/reshaping_layers/cropping1d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="cropping">Positions cut before and after, per axis. Default 1; of <see cref="Models.Cropping2D" /> 0.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Cropping1D(
        this SymbolicTensor input,
        Margins cropping = default,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Cropping1D(cropping)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Cuts positions off the ends of height and width. Adds the layer <see cref="Models.Cropping2D"/>.</summary>
    /// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels). Keras:
    /// https://keras.io/api/layers/reshaping_layers/cropping2d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="cropping">Positions cut before and after, per axis. Default 1; of <see cref="Models.Cropping2D" /> 0.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Cropping2D(
        this SymbolicTensor input,
        Margins cropping = default,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Cropping2D(cropping)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Cuts positions off the ends of depth, height and width. Adds the layer <see cref="Models.Cropping3D"/>.</summary>
    /// <remarks>Input (batch, depth, height, width, channels), output (batch, new depth, new height, new width, channels). Keras:
    /// https://keras.io/api/layers/reshaping_layers/cropping3d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="cropping">Positions cut before and after, per axis. Default 1; of <see cref="Models.Cropping2D" /> 0.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Cropping3D(
        this SymbolicTensor input,
        Margins cropping = default,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Cropping3D(cropping)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Joins all axes but the batch into one, in the order of channels-last data. Adds the layer
    /// <see cref="Models.Flatten"/>.</summary>
    /// <remarks>Input (batch, ...), output (batch, product). Keras: https://keras.io/api/layers/reshaping_layers/flatten/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="dataFormat">Where the input's channels are; channels-first input is reordered first. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Flatten(
        this SymbolicTensor input,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Flatten()
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Reorders the axes. Adds the layer <see cref="Models.Permute"/>.</summary>
    /// <remarks>Keras: https://keras.io/api/layers/reshaping_layers/permute/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="dims">For each output axis but the batch, the input axis, counted from 1.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Permute(this SymbolicTensor input, params ImmutableArray<int> dims)
        => Apply(input, new Permute(dims));

    /// <summary>Reorders the axes. Adds the layer <see cref="Models.Permute"/>.</summary>
    /// <remarks>Keras: https://keras.io/api/layers/reshaping_layers/permute/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="dims">For each output axis but the batch, the input axis, counted from 1.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Permute(
        this SymbolicTensor input,
        ImmutableArray<int> dims,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Permute(dims)
        {
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Repeats a vector along a new time axis. Adds the layer <see cref="Models.RepeatVector"/>.</summary>
    /// <remarks>Input (batch, features), output (batch, n, features). Keras:
    /// https://keras.io/api/layers/reshaping_layers/repeat_vector/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="n">How often, at least 1.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor RepeatVector(
        this SymbolicTensor input,
        int n,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new RepeatVector(n)
        {
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The same elements under another shape. Adds the layer <see cref="Models.Reshape"/>.</summary>
    /// <remarks>Input (batch, ...), output (batch, target shape). Keras: https://keras.io/api/layers/reshaping_layers/reshape/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="targetShape">The output's axes without the batch; one may be -1: what remains.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Reshape(this SymbolicTensor input, params ImmutableArray<int> targetShape)
        => Apply(input, new Reshape(targetShape));

    /// <summary>The same elements under another shape. Adds the layer <see cref="Models.Reshape"/>.</summary>
    /// <remarks>Input (batch, ...), output (batch, target shape). Keras: https://keras.io/api/layers/reshaping_layers/reshape/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="targetShape">The output's axes without the batch; one may be -1: what remains.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Reshape(
        this SymbolicTensor input,
        ImmutableArray<int> targetShape,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Reshape(targetShape)
        {
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Repeats each position along time. Adds the layer <see cref="Models.UpSampling1D"/>.</summary>
    /// <remarks>Input (batch, steps, channels), output (batch, new steps, channels). Keras:
    /// https://keras.io/api/layers/reshaping_layers/up_sampling1d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="size">How often each position is repeated, at least 1. Default 2.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor UpSampling1D(
        this SymbolicTensor input,
        Extent size = default,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new UpSampling1D(size)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Repeats each position along height and width or interpolates between them. Adds the layer
    /// <see cref="Models.UpSampling2D"/>.</summary>
    /// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels). Keras:
    /// https://keras.io/api/layers/reshaping_layers/up_sampling2d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="size">How often each position is repeated, at least 1. Default 2.</param>
    /// <param name="interpolation">How values between positions are found. Default nearest: repetition.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor UpSampling2D(
        this SymbolicTensor input,
        Extent size = default,
        Interpolation interpolation = Interpolation.Nearest,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new UpSampling2D(size)
        {
            Interpolation = interpolation,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Repeats each position along depth, height and width. Adds the layer <see cref="Models.UpSampling3D"/>.</summary>
    /// <remarks>Input (batch, depth, height, width, channels), output (batch, new depth, new height, new width, channels). Keras:
    /// https://keras.io/api/layers/reshaping_layers/up_sampling3d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="size">How often each position is repeated, at least 1. Default 2.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor UpSampling3D(
        this SymbolicTensor input,
        Extent size = default,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new UpSampling3D(size)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Adds zeros at the ends of time. Adds the layer <see cref="Models.ZeroPadding1D"/>.</summary>
    /// <remarks>Input (batch, steps, channels), output (batch, new steps, channels). Keras:
    /// https://keras.io/api/layers/reshaping_layers/zero_padding1d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="padding">Zeros added before and after, per axis. Default 1.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor ZeroPadding1D(
        this SymbolicTensor input,
        Margins padding = default,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new ZeroPadding1D(padding)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Adds zeros at the ends of height and width. Adds the layer <see cref="Models.ZeroPadding2D"/>.</summary>
    /// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels). Keras:
    /// https://keras.io/api/layers/reshaping_layers/zero_padding2d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="padding">Zeros added before and after, per axis. Default 1.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor ZeroPadding2D(
        this SymbolicTensor input,
        Margins padding = default,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new ZeroPadding2D(padding)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Adds zeros at the ends of depth, height and width. Adds the layer <see cref="Models.ZeroPadding3D"/>.</summary>
    /// <remarks>Input (batch, depth, height, width, channels), output (batch, new depth, new height, new width, channels). Keras:
    /// https://keras.io/api/layers/reshaping_layers/zero_padding3d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="padding">Zeros added before and after, per axis. Default 1.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor ZeroPadding3D(
        this SymbolicTensor input,
        Margins padding = default,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new ZeroPadding3D(padding)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }
}
