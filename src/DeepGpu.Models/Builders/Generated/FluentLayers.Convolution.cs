// Written by eng/Generate from the classes' declarations: change those, then run it.
namespace DeepGpu.Models;

/// <content>Convolution.</content>
public static partial class FluentLayers
{
    /// <summary>A convolution along time. Adds the layer <see cref="Models.Conv1D"/>.</summary>
    /// <remarks>Input (batch, steps, channels), output (batch, new steps, filters). Keras:
    /// https://keras.io/api/layers/convolution_layers/convolution1d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="activation">The function after the convolution. Default linear.</param>
    /// <param name="strides">The step between positions; of a transposed convolution between inputs. Default 1.</param>
    /// <param name="padding">What happens at the border; causal in Conv1D and SeparableConv1D alone. Default valid.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="dilationRate">The step between the kernel's cells. Default 1.</param>
    /// <param name="groups">Into how many independent parts the channels are split. Default 1.</param>
    /// <param name="useBias">Whether a bias is added. Default true.</param>
    /// <param name="kernelInitializer">How the kernel starts. Default Glorot uniform.</param>
    /// <param name="biasInitializer">How the bias starts. Default zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel; default none.</param>
    /// <param name="biasRegularizer">A penalty on the bias; default none.</param>
    /// <param name="kernelConstraint">What the kernel is projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the bias is projected onto after each step; default nothing.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Conv1D(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        Extent? dilationRate = null,
        int groups = 1,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new Conv1D(filters, kernelSize, activation);
        var made = defaults with
        {
            Strides = strides ?? defaults.Strides,
            Padding = padding,
            DataFormat = dataFormat,
            DilationRate = dilationRate ?? defaults.DilationRate,
            Groups = groups,
            UseBias = useBias,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            KernelRegularizer = kernelRegularizer,
            BiasRegularizer = biasRegularizer,
            KernelConstraint = kernelConstraint,
            BiasConstraint = biasConstraint,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>A transposed convolution along time: the step back from a convolution's output to its input's shape. Adds the layer
    /// <see cref="Models.Conv1DTranspose"/>.</summary>
    /// <remarks>Input (batch, steps, channels), output (batch, new steps, filters). Keras:
    /// https://keras.io/api/layers/convolution_layers/convolution1d_transpose/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="activation">The function after the convolution. Default linear.</param>
    /// <param name="strides">The step between positions; of a transposed convolution between inputs. Default 1.</param>
    /// <param name="padding">What happens at the border; causal in Conv1D and SeparableConv1D alone. Default valid.</param>
    /// <param name="outputPadding">Positions added to each output axis beyond the smallest length; null for the length above.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="dilationRate">The step between the kernel's cells. Default 1.</param>
    /// <param name="useBias">Whether a bias is added. Default true.</param>
    /// <param name="kernelInitializer">How the kernel starts. Default Glorot uniform.</param>
    /// <param name="biasInitializer">How the bias starts. Default zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel; default none.</param>
    /// <param name="biasRegularizer">A penalty on the bias; default none.</param>
    /// <param name="kernelConstraint">What the kernel is projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the bias is projected onto after each step; default nothing.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Conv1DTranspose(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        Extent? outputPadding = null,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        Extent? dilationRate = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new Conv1DTranspose(filters, kernelSize, activation);
        var made = defaults with
        {
            Strides = strides ?? defaults.Strides,
            Padding = padding,
            OutputPadding = outputPadding,
            DataFormat = dataFormat,
            DilationRate = dilationRate ?? defaults.DilationRate,
            UseBias = useBias,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            KernelRegularizer = kernelRegularizer,
            BiasRegularizer = biasRegularizer,
            KernelConstraint = kernelConstraint,
            BiasConstraint = biasConstraint,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>A convolution along height and width. Adds the layer <see cref="Models.Conv2D"/>.</summary>
    /// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, filters). Keras:
    /// https://keras.io/api/layers/convolution_layers/convolution2d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="activation">The function after the convolution. Default linear.</param>
    /// <param name="strides">The step between positions; of a transposed convolution between inputs. Default 1.</param>
    /// <param name="padding">What happens at the border; causal in Conv1D and SeparableConv1D alone. Default valid.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="dilationRate">The step between the kernel's cells. Default 1.</param>
    /// <param name="groups">Into how many independent parts the channels are split. Default 1.</param>
    /// <param name="useBias">Whether a bias is added. Default true.</param>
    /// <param name="kernelInitializer">How the kernel starts. Default Glorot uniform.</param>
    /// <param name="biasInitializer">How the bias starts. Default zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel; default none.</param>
    /// <param name="biasRegularizer">A penalty on the bias; default none.</param>
    /// <param name="kernelConstraint">What the kernel is projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the bias is projected onto after each step; default nothing.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Conv2D(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        Extent? dilationRate = null,
        int groups = 1,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new Conv2D(filters, kernelSize, activation);
        var made = defaults with
        {
            Strides = strides ?? defaults.Strides,
            Padding = padding,
            DataFormat = dataFormat,
            DilationRate = dilationRate ?? defaults.DilationRate,
            Groups = groups,
            UseBias = useBias,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            KernelRegularizer = kernelRegularizer,
            BiasRegularizer = biasRegularizer,
            KernelConstraint = kernelConstraint,
            BiasConstraint = biasConstraint,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>A transposed convolution along height and width: the step back from a convolution's output to its input's shape. Adds the
    /// layer <see cref="Models.Conv2DTranspose"/>.</summary>
    /// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, filters). Keras:
    /// https://keras.io/api/layers/convolution_layers/convolution2d_transpose/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="activation">The function after the convolution. Default linear.</param>
    /// <param name="strides">The step between positions; of a transposed convolution between inputs. Default 1.</param>
    /// <param name="padding">What happens at the border; causal in Conv1D and SeparableConv1D alone. Default valid.</param>
    /// <param name="outputPadding">Positions added to each output axis beyond the smallest length; null for the length above.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="dilationRate">The step between the kernel's cells. Default 1.</param>
    /// <param name="useBias">Whether a bias is added. Default true.</param>
    /// <param name="kernelInitializer">How the kernel starts. Default Glorot uniform.</param>
    /// <param name="biasInitializer">How the bias starts. Default zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel; default none.</param>
    /// <param name="biasRegularizer">A penalty on the bias; default none.</param>
    /// <param name="kernelConstraint">What the kernel is projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the bias is projected onto after each step; default nothing.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Conv2DTranspose(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        Extent? outputPadding = null,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        Extent? dilationRate = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new Conv2DTranspose(filters, kernelSize, activation);
        var made = defaults with
        {
            Strides = strides ?? defaults.Strides,
            Padding = padding,
            OutputPadding = outputPadding,
            DataFormat = dataFormat,
            DilationRate = dilationRate ?? defaults.DilationRate,
            UseBias = useBias,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            KernelRegularizer = kernelRegularizer,
            BiasRegularizer = biasRegularizer,
            KernelConstraint = kernelConstraint,
            BiasConstraint = biasConstraint,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>A convolution along depth, height and width. Adds the layer <see cref="Models.Conv3D"/>.</summary>
    /// <remarks>Input (batch, depth, height, width, channels), output (batch, new depth, new height, new width, filters). Keras:
    /// https://keras.io/api/layers/convolution_layers/convolution3d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="activation">The function after the convolution. Default linear.</param>
    /// <param name="strides">The step between positions; of a transposed convolution between inputs. Default 1.</param>
    /// <param name="padding">What happens at the border; causal in Conv1D and SeparableConv1D alone. Default valid.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="dilationRate">The step between the kernel's cells. Default 1.</param>
    /// <param name="groups">Into how many independent parts the channels are split. Default 1.</param>
    /// <param name="useBias">Whether a bias is added. Default true.</param>
    /// <param name="kernelInitializer">How the kernel starts. Default Glorot uniform.</param>
    /// <param name="biasInitializer">How the bias starts. Default zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel; default none.</param>
    /// <param name="biasRegularizer">A penalty on the bias; default none.</param>
    /// <param name="kernelConstraint">What the kernel is projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the bias is projected onto after each step; default nothing.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Conv3D(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        Extent? dilationRate = null,
        int groups = 1,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new Conv3D(filters, kernelSize, activation);
        var made = defaults with
        {
            Strides = strides ?? defaults.Strides,
            Padding = padding,
            DataFormat = dataFormat,
            DilationRate = dilationRate ?? defaults.DilationRate,
            Groups = groups,
            UseBias = useBias,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            KernelRegularizer = kernelRegularizer,
            BiasRegularizer = biasRegularizer,
            KernelConstraint = kernelConstraint,
            BiasConstraint = biasConstraint,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>A transposed convolution along depth, height and width: the step back from a convolution's output to its input's shape.
    /// Adds the layer <see cref="Models.Conv3DTranspose"/>.</summary>
    /// <remarks>Input (batch, depth, height, width, channels), output (batch, new depth, new height, new width, filters). Keras:
    /// https://keras.io/api/layers/convolution_layers/convolution3d_transpose/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="activation">The function after the convolution. Default linear.</param>
    /// <param name="strides">The step between positions; of a transposed convolution between inputs. Default 1.</param>
    /// <param name="padding">What happens at the border; causal in Conv1D and SeparableConv1D alone. Default valid.</param>
    /// <param name="outputPadding">Positions added to each output axis beyond the smallest length; null for the length above.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="dilationRate">The step between the kernel's cells. Default 1.</param>
    /// <param name="useBias">Whether a bias is added. Default true.</param>
    /// <param name="kernelInitializer">How the kernel starts. Default Glorot uniform.</param>
    /// <param name="biasInitializer">How the bias starts. Default zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel; default none.</param>
    /// <param name="biasRegularizer">A penalty on the bias; default none.</param>
    /// <param name="kernelConstraint">What the kernel is projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the bias is projected onto after each step; default nothing.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Conv3DTranspose(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        Extent? outputPadding = null,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        Extent? dilationRate = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new Conv3DTranspose(filters, kernelSize, activation);
        var made = defaults with
        {
            Strides = strides ?? defaults.Strides,
            Padding = padding,
            OutputPadding = outputPadding,
            DataFormat = dataFormat,
            DilationRate = dilationRate ?? defaults.DilationRate,
            UseBias = useBias,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            KernelRegularizer = kernelRegularizer,
            BiasRegularizer = biasRegularizer,
            KernelConstraint = kernelConstraint,
            BiasConstraint = biasConstraint,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>A convolution along time of each channel with kernels of its own. Adds the layer
    /// <see cref="Models.DepthwiseConv1D"/>.</summary>
    /// <remarks>Input (batch, steps, channels), output (batch, new steps, channels * depth multiplier). Keras:
    /// https://keras.io/api/layers/convolution_layers/depthwise_convolution1d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="activation">The function after the convolution. Default linear.</param>
    /// <param name="strides">The step between positions; of a transposed convolution between inputs. Default 1.</param>
    /// <param name="padding">What happens at the border; causal in Conv1D and SeparableConv1D alone. Default valid.</param>
    /// <param name="depthMultiplier">Depthwise channels per input channel. Default 1.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="dilationRate">The step between the kernel's cells. Default 1.</param>
    /// <param name="useBias">Whether a bias is added. Default true.</param>
    /// <param name="depthwiseInitializer">How the depthwise kernel starts. Default Glorot uniform.</param>
    /// <param name="biasInitializer">How the bias starts. Default zeros.</param>
    /// <param name="depthwiseRegularizer">A penalty on the depthwise kernel; default none.</param>
    /// <param name="biasRegularizer">A penalty on the bias; default none.</param>
    /// <param name="depthwiseConstraint">What the depthwise kernel is projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the bias is projected onto after each step; default nothing.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor DepthwiseConv1D(
        this SymbolicTensor input,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        int depthMultiplier = 1,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        Extent? dilationRate = null,
        bool useBias = true,
        Initializer? depthwiseInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? depthwiseRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? depthwiseConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new DepthwiseConv1D(kernelSize, activation);
        var made = defaults with
        {
            Strides = strides ?? defaults.Strides,
            Padding = padding,
            DepthMultiplier = depthMultiplier,
            DataFormat = dataFormat,
            DilationRate = dilationRate ?? defaults.DilationRate,
            UseBias = useBias,
            DepthwiseInitializer = depthwiseInitializer ?? defaults.DepthwiseInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            DepthwiseRegularizer = depthwiseRegularizer,
            BiasRegularizer = biasRegularizer,
            DepthwiseConstraint = depthwiseConstraint,
            BiasConstraint = biasConstraint,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>A convolution along height and width of each channel with kernels of its own. Adds the layer
    /// <see cref="Models.DepthwiseConv2D"/>.</summary>
    /// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels * depth multiplier). Keras:
    /// https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="activation">The function after the convolution. Default linear.</param>
    /// <param name="strides">The step between positions; of a transposed convolution between inputs. Default 1.</param>
    /// <param name="padding">What happens at the border; causal in Conv1D and SeparableConv1D alone. Default valid.</param>
    /// <param name="depthMultiplier">Depthwise channels per input channel. Default 1.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="dilationRate">The step between the kernel's cells. Default 1.</param>
    /// <param name="useBias">Whether a bias is added. Default true.</param>
    /// <param name="depthwiseInitializer">How the depthwise kernel starts. Default Glorot uniform.</param>
    /// <param name="biasInitializer">How the bias starts. Default zeros.</param>
    /// <param name="depthwiseRegularizer">A penalty on the depthwise kernel; default none.</param>
    /// <param name="biasRegularizer">A penalty on the bias; default none.</param>
    /// <param name="depthwiseConstraint">What the depthwise kernel is projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the bias is projected onto after each step; default nothing.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor DepthwiseConv2D(
        this SymbolicTensor input,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        int depthMultiplier = 1,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        Extent? dilationRate = null,
        bool useBias = true,
        Initializer? depthwiseInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? depthwiseRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? depthwiseConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new DepthwiseConv2D(kernelSize, activation);
        var made = defaults with
        {
            Strides = strides ?? defaults.Strides,
            Padding = padding,
            DepthMultiplier = depthMultiplier,
            DataFormat = dataFormat,
            DilationRate = dilationRate ?? defaults.DilationRate,
            UseBias = useBias,
            DepthwiseInitializer = depthwiseInitializer ?? defaults.DepthwiseInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            DepthwiseRegularizer = depthwiseRegularizer,
            BiasRegularizer = biasRegularizer,
            DepthwiseConstraint = depthwiseConstraint,
            BiasConstraint = biasConstraint,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>A depthwise convolution along time, then a pointwise one that mixes the channels. Adds the layer
    /// <see cref="Models.SeparableConv1D"/>.</summary>
    /// <remarks>Input (batch, steps, channels), output (batch, new steps, filters). Keras:
    /// https://keras.io/api/layers/convolution_layers/separable_convolution1d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="activation">The function after the convolution. Default linear.</param>
    /// <param name="strides">The step between positions; of a transposed convolution between inputs. Default 1.</param>
    /// <param name="padding">What happens at the border; causal in Conv1D and SeparableConv1D alone. Default valid.</param>
    /// <param name="depthMultiplier">Depthwise channels per input channel. Default 1.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="dilationRate">The step between the kernel's cells. Default 1.</param>
    /// <param name="useBias">Whether a bias is added. Default true.</param>
    /// <param name="depthwiseInitializer">How the depthwise kernel starts. Default Glorot uniform.</param>
    /// <param name="pointwiseInitializer">How the pointwise kernel starts. Default Glorot uniform.</param>
    /// <param name="biasInitializer">How the bias starts. Default zeros.</param>
    /// <param name="depthwiseRegularizer">A penalty on the depthwise kernel; default none.</param>
    /// <param name="pointwiseRegularizer">A penalty on the pointwise kernel; default none.</param>
    /// <param name="biasRegularizer">A penalty on the bias; default none.</param>
    /// <param name="depthwiseConstraint">What the depthwise kernel is projected onto after each step; default nothing.</param>
    /// <param name="pointwiseConstraint">What the pointwise kernel is projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the bias is projected onto after each step; default nothing.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor SeparableConv1D(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        int depthMultiplier = 1,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        Extent? dilationRate = null,
        bool useBias = true,
        Initializer? depthwiseInitializer = null,
        Initializer? pointwiseInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? depthwiseRegularizer = null,
        Regularizer? pointwiseRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? depthwiseConstraint = null,
        Constraint? pointwiseConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new SeparableConv1D(filters, kernelSize, activation);
        var made = defaults with
        {
            Strides = strides ?? defaults.Strides,
            Padding = padding,
            DepthMultiplier = depthMultiplier,
            DataFormat = dataFormat,
            DilationRate = dilationRate ?? defaults.DilationRate,
            UseBias = useBias,
            DepthwiseInitializer = depthwiseInitializer ?? defaults.DepthwiseInitializer,
            PointwiseInitializer = pointwiseInitializer ?? defaults.PointwiseInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            DepthwiseRegularizer = depthwiseRegularizer,
            PointwiseRegularizer = pointwiseRegularizer,
            BiasRegularizer = biasRegularizer,
            DepthwiseConstraint = depthwiseConstraint,
            PointwiseConstraint = pointwiseConstraint,
            BiasConstraint = biasConstraint,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>A depthwise convolution along height and width, then a pointwise one that mixes the channels. Adds the layer
    /// <see cref="Models.SeparableConv2D"/>.</summary>
    /// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, filters). Keras:
    /// https://keras.io/api/layers/convolution_layers/separable_convolution2d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="activation">The function after the convolution. Default linear.</param>
    /// <param name="strides">The step between positions; of a transposed convolution between inputs. Default 1.</param>
    /// <param name="padding">What happens at the border; causal in Conv1D and SeparableConv1D alone. Default valid.</param>
    /// <param name="depthMultiplier">Depthwise channels per input channel. Default 1.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="dilationRate">The step between the kernel's cells. Default 1.</param>
    /// <param name="useBias">Whether a bias is added. Default true.</param>
    /// <param name="depthwiseInitializer">How the depthwise kernel starts. Default Glorot uniform.</param>
    /// <param name="pointwiseInitializer">How the pointwise kernel starts. Default Glorot uniform.</param>
    /// <param name="biasInitializer">How the bias starts. Default zeros.</param>
    /// <param name="depthwiseRegularizer">A penalty on the depthwise kernel; default none.</param>
    /// <param name="pointwiseRegularizer">A penalty on the pointwise kernel; default none.</param>
    /// <param name="biasRegularizer">A penalty on the bias; default none.</param>
    /// <param name="depthwiseConstraint">What the depthwise kernel is projected onto after each step; default nothing.</param>
    /// <param name="pointwiseConstraint">What the pointwise kernel is projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the bias is projected onto after each step; default nothing.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor SeparableConv2D(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        int depthMultiplier = 1,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        Extent? dilationRate = null,
        bool useBias = true,
        Initializer? depthwiseInitializer = null,
        Initializer? pointwiseInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? depthwiseRegularizer = null,
        Regularizer? pointwiseRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? depthwiseConstraint = null,
        Constraint? pointwiseConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new SeparableConv2D(filters, kernelSize, activation);
        var made = defaults with
        {
            Strides = strides ?? defaults.Strides,
            Padding = padding,
            DepthMultiplier = depthMultiplier,
            DataFormat = dataFormat,
            DilationRate = dilationRate ?? defaults.DilationRate,
            UseBias = useBias,
            DepthwiseInitializer = depthwiseInitializer ?? defaults.DepthwiseInitializer,
            PointwiseInitializer = pointwiseInitializer ?? defaults.PointwiseInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            DepthwiseRegularizer = depthwiseRegularizer,
            PointwiseRegularizer = pointwiseRegularizer,
            BiasRegularizer = biasRegularizer,
            DepthwiseConstraint = depthwiseConstraint,
            PointwiseConstraint = pointwiseConstraint,
            BiasConstraint = biasConstraint,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }
}
