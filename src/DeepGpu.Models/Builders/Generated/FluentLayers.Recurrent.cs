// Written by eng/Generate from the classes' declarations: change those, then run it.
namespace DeepGpu.Models;

/// <content>Recurrent.</content>
public static partial class FluentLayers
{
    /// <summary>Runs a recurrent layer forwards and another backwards along time. Schuster and Paliwal, 1997. Adds the layer
    /// <see cref="Models.Bidirectional"/>.</summary>
    /// <remarks>Outputs: the merged output (or both, without a merge), then the forward and the backward states if the layer returns
    /// states. Keras: https://keras.io/api/layers/recurrent_layers/bidirectional/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="layer">What runs forwards.</param>
    /// <param name="backwardLayer">What runs backwards; null for the same options as forwards.</param>
    /// <param name="mergeMode">How both outputs become one; null yields both. Default joined.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Bidirectional(
        this SymbolicTensor input,
        SequenceLayer layer,
        SequenceLayer? backwardLayer = null,
        MergeMode? mergeMode = MergeMode.Concat,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Bidirectional(layer)
        {
            BackwardLayer = backwardLayer,
            MergeMode = mergeMode,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>An LSTM whose products are convolutions along rows. Adds the layer <see cref="Models.ConvLSTM1D"/>.</summary>
    /// <remarks>Input (batch, time, rows, channels), output (batch, new rows, filters) or, with
    /// <see cref="Models.SequenceLayer.ReturnSequences" />, (batch, time, ...). Keras:
    /// https://keras.io/api/layers/recurrent_layers/conv_lstm1d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="strides">The step of the input's convolution. Default 1.</param>
    /// <param name="padding">What the input's convolution does at the border; the state's keeps its size. Default valid.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="dilationRate">The step between the input kernel's cells. Default 1.</param>
    /// <param name="activation">The function of the candidate. Default tanh.</param>
    /// <param name="recurrentActivation">The function of the gates. Default sigmoid.</param>
    /// <param name="useBias">Whether a bias is added. Default true.</param>
    /// <param name="kernelInitializer">How the input's kernel starts. Default Glorot uniform.</param>
    /// <param name="recurrentInitializer">How the state's kernel starts. Default orthogonal.</param>
    /// <param name="biasInitializer">How the bias starts. Default zeros.</param>
    /// <param name="unitForgetBias">Whether the forget gate's bias starts at 1. Default true.</param>
    /// <param name="kernelRegularizer">A penalty on the input's kernel; default none.</param>
    /// <param name="recurrentRegularizer">A penalty on the state's kernel; default none.</param>
    /// <param name="biasRegularizer">A penalty on the bias; default none.</param>
    /// <param name="kernelConstraint">What the input's kernel is projected onto after each step; default nothing.</param>
    /// <param name="recurrentConstraint">What the state's kernel is projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the bias is projected onto after each step; default nothing.</param>
    /// <param name="dropout">The share of inputs set to 0 while training, the same at every step, in [0, 1). Default 0.</param>
    /// <param name="recurrentDropout">The share of states set to 0 while training, the same at every step, in [0, 1). Default 0.</param>
    /// <param name="returnSequences">Whether every step's output is yielded instead of the last. Default false.</param>
    /// <param name="returnState">Whether the last states are yielded as further outputs. Default false.</param>
    /// <param name="goBackwards">Whether time runs backwards; the outputs come in that order. Default false.</param>
    /// <param name="stateful">Whether states are kept from one batch to the next, until they are reset. Default false.</param>
    /// <param name="zeroOutputForMask">Whether a masked step's output is 0 instead of the one before it. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor ConvLSTM1D(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        Extent? dilationRate = null,
        Activation activation = Activation.Tanh,
        Activation recurrentActivation = Activation.Sigmoid,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
        bool unitForgetBias = true,
        Regularizer? kernelRegularizer = null,
        Regularizer? recurrentRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0,
        double recurrentDropout = 0,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool zeroOutputForMask = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new ConvLSTM1D(filters, kernelSize);
        var made = defaults with
        {
            Strides = strides ?? defaults.Strides,
            Padding = padding,
            DataFormat = dataFormat,
            DilationRate = dilationRate ?? defaults.DilationRate,
            Activation = activation,
            RecurrentActivation = recurrentActivation,
            UseBias = useBias,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            RecurrentInitializer = recurrentInitializer ?? defaults.RecurrentInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            UnitForgetBias = unitForgetBias,
            KernelRegularizer = kernelRegularizer,
            RecurrentRegularizer = recurrentRegularizer,
            BiasRegularizer = biasRegularizer,
            KernelConstraint = kernelConstraint,
            RecurrentConstraint = recurrentConstraint,
            BiasConstraint = biasConstraint,
            Dropout = dropout,
            RecurrentDropout = recurrentDropout,
            ReturnSequences = returnSequences,
            ReturnState = returnState,
            GoBackwards = goBackwards,
            Stateful = stateful,
            ZeroOutputForMask = zeroOutputForMask,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>An LSTM whose products are convolutions along height and width. Adds the layer <see cref="Models.ConvLSTM2D"/>.</summary>
    /// <remarks>Input (batch, time, height, width, channels), output (batch, new height, new width, filters) or, with
    /// <see cref="Models.SequenceLayer.ReturnSequences" />, (batch, time, ...). Keras:
    /// https://keras.io/api/layers/recurrent_layers/conv_lstm2d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="strides">The step of the input's convolution. Default 1.</param>
    /// <param name="padding">What the input's convolution does at the border; the state's keeps its size. Default valid.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="dilationRate">The step between the input kernel's cells. Default 1.</param>
    /// <param name="activation">The function of the candidate. Default tanh.</param>
    /// <param name="recurrentActivation">The function of the gates. Default sigmoid.</param>
    /// <param name="useBias">Whether a bias is added. Default true.</param>
    /// <param name="kernelInitializer">How the input's kernel starts. Default Glorot uniform.</param>
    /// <param name="recurrentInitializer">How the state's kernel starts. Default orthogonal.</param>
    /// <param name="biasInitializer">How the bias starts. Default zeros.</param>
    /// <param name="unitForgetBias">Whether the forget gate's bias starts at 1. Default true.</param>
    /// <param name="kernelRegularizer">A penalty on the input's kernel; default none.</param>
    /// <param name="recurrentRegularizer">A penalty on the state's kernel; default none.</param>
    /// <param name="biasRegularizer">A penalty on the bias; default none.</param>
    /// <param name="kernelConstraint">What the input's kernel is projected onto after each step; default nothing.</param>
    /// <param name="recurrentConstraint">What the state's kernel is projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the bias is projected onto after each step; default nothing.</param>
    /// <param name="dropout">The share of inputs set to 0 while training, the same at every step, in [0, 1). Default 0.</param>
    /// <param name="recurrentDropout">The share of states set to 0 while training, the same at every step, in [0, 1). Default 0.</param>
    /// <param name="returnSequences">Whether every step's output is yielded instead of the last. Default false.</param>
    /// <param name="returnState">Whether the last states are yielded as further outputs. Default false.</param>
    /// <param name="goBackwards">Whether time runs backwards; the outputs come in that order. Default false.</param>
    /// <param name="stateful">Whether states are kept from one batch to the next, until they are reset. Default false.</param>
    /// <param name="zeroOutputForMask">Whether a masked step's output is 0 instead of the one before it. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor ConvLSTM2D(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        Extent? dilationRate = null,
        Activation activation = Activation.Tanh,
        Activation recurrentActivation = Activation.Sigmoid,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
        bool unitForgetBias = true,
        Regularizer? kernelRegularizer = null,
        Regularizer? recurrentRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0,
        double recurrentDropout = 0,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool zeroOutputForMask = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new ConvLSTM2D(filters, kernelSize);
        var made = defaults with
        {
            Strides = strides ?? defaults.Strides,
            Padding = padding,
            DataFormat = dataFormat,
            DilationRate = dilationRate ?? defaults.DilationRate,
            Activation = activation,
            RecurrentActivation = recurrentActivation,
            UseBias = useBias,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            RecurrentInitializer = recurrentInitializer ?? defaults.RecurrentInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            UnitForgetBias = unitForgetBias,
            KernelRegularizer = kernelRegularizer,
            RecurrentRegularizer = recurrentRegularizer,
            BiasRegularizer = biasRegularizer,
            KernelConstraint = kernelConstraint,
            RecurrentConstraint = recurrentConstraint,
            BiasConstraint = biasConstraint,
            Dropout = dropout,
            RecurrentDropout = recurrentDropout,
            ReturnSequences = returnSequences,
            ReturnState = returnState,
            GoBackwards = goBackwards,
            Stateful = stateful,
            ZeroOutputForMask = zeroOutputForMask,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>An LSTM whose products are convolutions along depth, height and width. Adds the layer
    /// <see cref="Models.ConvLSTM3D"/>.</summary>
    /// <remarks>Input (batch, time, depth, height, width, channels), output (batch, new depth, new height, new width, filters) or, with
    /// <see cref="Models.SequenceLayer.ReturnSequences" />, (batch, time, ...). Keras:
    /// https://keras.io/api/layers/recurrent_layers/conv_lstm3d/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="strides">The step of the input's convolution. Default 1.</param>
    /// <param name="padding">What the input's convolution does at the border; the state's keeps its size. Default valid.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="dilationRate">The step between the input kernel's cells. Default 1.</param>
    /// <param name="activation">The function of the candidate. Default tanh.</param>
    /// <param name="recurrentActivation">The function of the gates. Default sigmoid.</param>
    /// <param name="useBias">Whether a bias is added. Default true.</param>
    /// <param name="kernelInitializer">How the input's kernel starts. Default Glorot uniform.</param>
    /// <param name="recurrentInitializer">How the state's kernel starts. Default orthogonal.</param>
    /// <param name="biasInitializer">How the bias starts. Default zeros.</param>
    /// <param name="unitForgetBias">Whether the forget gate's bias starts at 1. Default true.</param>
    /// <param name="kernelRegularizer">A penalty on the input's kernel; default none.</param>
    /// <param name="recurrentRegularizer">A penalty on the state's kernel; default none.</param>
    /// <param name="biasRegularizer">A penalty on the bias; default none.</param>
    /// <param name="kernelConstraint">What the input's kernel is projected onto after each step; default nothing.</param>
    /// <param name="recurrentConstraint">What the state's kernel is projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the bias is projected onto after each step; default nothing.</param>
    /// <param name="dropout">The share of inputs set to 0 while training, the same at every step, in [0, 1). Default 0.</param>
    /// <param name="recurrentDropout">The share of states set to 0 while training, the same at every step, in [0, 1). Default 0.</param>
    /// <param name="returnSequences">Whether every step's output is yielded instead of the last. Default false.</param>
    /// <param name="returnState">Whether the last states are yielded as further outputs. Default false.</param>
    /// <param name="goBackwards">Whether time runs backwards; the outputs come in that order. Default false.</param>
    /// <param name="stateful">Whether states are kept from one batch to the next, until they are reset. Default false.</param>
    /// <param name="zeroOutputForMask">Whether a masked step's output is 0 instead of the one before it. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor ConvLSTM3D(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        Extent? dilationRate = null,
        Activation activation = Activation.Tanh,
        Activation recurrentActivation = Activation.Sigmoid,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
        bool unitForgetBias = true,
        Regularizer? kernelRegularizer = null,
        Regularizer? recurrentRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0,
        double recurrentDropout = 0,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool zeroOutputForMask = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new ConvLSTM3D(filters, kernelSize);
        var made = defaults with
        {
            Strides = strides ?? defaults.Strides,
            Padding = padding,
            DataFormat = dataFormat,
            DilationRate = dilationRate ?? defaults.DilationRate,
            Activation = activation,
            RecurrentActivation = recurrentActivation,
            UseBias = useBias,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            RecurrentInitializer = recurrentInitializer ?? defaults.RecurrentInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            UnitForgetBias = unitForgetBias,
            KernelRegularizer = kernelRegularizer,
            RecurrentRegularizer = recurrentRegularizer,
            BiasRegularizer = biasRegularizer,
            KernelConstraint = kernelConstraint,
            RecurrentConstraint = recurrentConstraint,
            BiasConstraint = biasConstraint,
            Dropout = dropout,
            RecurrentDropout = recurrentDropout,
            ReturnSequences = returnSequences,
            ReturnState = returnState,
            GoBackwards = goBackwards,
            Stateful = stateful,
            ZeroOutputForMask = zeroOutputForMask,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Gated recurrent unit. Cho et al., 2014. Adds the layer <see cref="Models.GRU"/>.</summary>
    /// <remarks>Input (batch, time, features), output (batch, units) or (batch, time, units); one state. Keras:
    /// https://keras.io/api/layers/recurrent_layers/gru/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="units">The length of output and states, at least 1.</param>
    /// <param name="recurrentActivation">The function of the gates. Default sigmoid.</param>
    /// <param name="resetAfter">Whether the reset gate is applied after the product with the state (cuDNN's form, two biases). Default
    /// true.</param>
    /// <param name="activation">The function of the candidate. Default tanh.</param>
    /// <param name="useBias">Whether a bias is added. Default true.</param>
    /// <param name="kernelInitializer">How the input's kernel starts. Default Glorot uniform.</param>
    /// <param name="recurrentInitializer">How the state's kernel starts. Default orthogonal.</param>
    /// <param name="biasInitializer">How the bias starts. Default zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the input's kernel; default none.</param>
    /// <param name="recurrentRegularizer">A penalty on the state's kernel; default none.</param>
    /// <param name="biasRegularizer">A penalty on the bias; default none.</param>
    /// <param name="kernelConstraint">What the input's kernel is projected onto after each step; default nothing.</param>
    /// <param name="recurrentConstraint">What the state's kernel is projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the bias is projected onto after each step; default nothing.</param>
    /// <param name="dropout">The share of inputs set to 0 while training, the same at every step, in [0, 1). Default 0.</param>
    /// <param name="recurrentDropout">The share of states set to 0 while training, the same at every step, in [0, 1). Gal and Ghahramani,
    /// 2015. Default 0.</param>
    /// <param name="returnSequences">Whether every step's output is yielded instead of the last. Default false.</param>
    /// <param name="returnState">Whether the last states are yielded as further outputs. Default false.</param>
    /// <param name="goBackwards">Whether time runs backwards; the outputs come in that order. Default false.</param>
    /// <param name="stateful">Whether states are kept from one batch to the next, until they are reset. Default false.</param>
    /// <param name="zeroOutputForMask">Whether a masked step's output is 0 instead of the one before it. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor GRU(
        this SymbolicTensor input,
        int units,
        Activation recurrentActivation = Activation.Sigmoid,
        bool resetAfter = true,
        Activation activation = Activation.Tanh,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? recurrentRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0,
        double recurrentDropout = 0,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool zeroOutputForMask = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new GRU(units);
        var made = defaults with
        {
            RecurrentActivation = recurrentActivation,
            ResetAfter = resetAfter,
            Activation = activation,
            UseBias = useBias,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            RecurrentInitializer = recurrentInitializer ?? defaults.RecurrentInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            KernelRegularizer = kernelRegularizer,
            RecurrentRegularizer = recurrentRegularizer,
            BiasRegularizer = biasRegularizer,
            KernelConstraint = kernelConstraint,
            RecurrentConstraint = recurrentConstraint,
            BiasConstraint = biasConstraint,
            Dropout = dropout,
            RecurrentDropout = recurrentDropout,
            ReturnSequences = returnSequences,
            ReturnState = returnState,
            GoBackwards = goBackwards,
            Stateful = stateful,
            ZeroOutputForMask = zeroOutputForMask,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Long short-term memory. Hochreiter and Schmidhuber, 1997. Adds the layer <see cref="Models.LSTM"/>.</summary>
    /// <remarks>Input (batch, time, features), output (batch, units) or (batch, time, units); two states, h and c. Keras:
    /// https://keras.io/api/layers/recurrent_layers/lstm/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="units">The length of output and states, at least 1.</param>
    /// <param name="recurrentActivation">The function of the gates. Default sigmoid.</param>
    /// <param name="unitForgetBias">Whether the forget gate's bias starts at 1. Default true.</param>
    /// <param name="activation">The function of the candidate. Default tanh.</param>
    /// <param name="useBias">Whether a bias is added. Default true.</param>
    /// <param name="kernelInitializer">How the input's kernel starts. Default Glorot uniform.</param>
    /// <param name="recurrentInitializer">How the state's kernel starts. Default orthogonal.</param>
    /// <param name="biasInitializer">How the bias starts. Default zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the input's kernel; default none.</param>
    /// <param name="recurrentRegularizer">A penalty on the state's kernel; default none.</param>
    /// <param name="biasRegularizer">A penalty on the bias; default none.</param>
    /// <param name="kernelConstraint">What the input's kernel is projected onto after each step; default nothing.</param>
    /// <param name="recurrentConstraint">What the state's kernel is projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the bias is projected onto after each step; default nothing.</param>
    /// <param name="dropout">The share of inputs set to 0 while training, the same at every step, in [0, 1). Default 0.</param>
    /// <param name="recurrentDropout">The share of states set to 0 while training, the same at every step, in [0, 1). Gal and Ghahramani,
    /// 2015. Default 0.</param>
    /// <param name="returnSequences">Whether every step's output is yielded instead of the last. Default false.</param>
    /// <param name="returnState">Whether the last states are yielded as further outputs. Default false.</param>
    /// <param name="goBackwards">Whether time runs backwards; the outputs come in that order. Default false.</param>
    /// <param name="stateful">Whether states are kept from one batch to the next, until they are reset. Default false.</param>
    /// <param name="zeroOutputForMask">Whether a masked step's output is 0 instead of the one before it. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor LSTM(
        this SymbolicTensor input,
        int units,
        Activation recurrentActivation = Activation.Sigmoid,
        bool unitForgetBias = true,
        Activation activation = Activation.Tanh,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? recurrentRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0,
        double recurrentDropout = 0,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool zeroOutputForMask = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new LSTM(units);
        var made = defaults with
        {
            RecurrentActivation = recurrentActivation,
            UnitForgetBias = unitForgetBias,
            Activation = activation,
            UseBias = useBias,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            RecurrentInitializer = recurrentInitializer ?? defaults.RecurrentInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            KernelRegularizer = kernelRegularizer,
            RecurrentRegularizer = recurrentRegularizer,
            BiasRegularizer = biasRegularizer,
            KernelConstraint = kernelConstraint,
            RecurrentConstraint = recurrentConstraint,
            BiasConstraint = biasConstraint,
            Dropout = dropout,
            RecurrentDropout = recurrentDropout,
            ReturnSequences = returnSequences,
            ReturnState = returnState,
            GoBackwards = goBackwards,
            Stateful = stateful,
            ZeroOutputForMask = zeroOutputForMask,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Runs any cell along time. Adds the layer <see cref="Models.RNN"/>.</summary>
    /// <remarks>Keras: https://keras.io/api/layers/recurrent_layers/rnn/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="cell">What is done at each step.</param>
    /// <param name="returnSequences">Whether every step's output is yielded instead of the last. Default false.</param>
    /// <param name="returnState">Whether the last states are yielded as further outputs. Default false.</param>
    /// <param name="goBackwards">Whether time runs backwards; the outputs come in that order. Default false.</param>
    /// <param name="stateful">Whether states are kept from one batch to the next, until they are reset. Default false.</param>
    /// <param name="zeroOutputForMask">Whether a masked step's output is 0 instead of the one before it. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor RNN(
        this SymbolicTensor input,
        RecurrentCell cell,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool zeroOutputForMask = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new RNN(cell)
        {
            ReturnSequences = returnSequences,
            ReturnState = returnState,
            GoBackwards = goBackwards,
            Stateful = stateful,
            ZeroOutputForMask = zeroOutputForMask,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>A fully connected recurrent layer: h' = tanh(x . kernel + h . recurrent kernel + bias). Elman, 1990. Adds the layer
    /// <see cref="Models.SimpleRNN"/>.</summary>
    /// <remarks>Input (batch, time, features), output (batch, units) or (batch, time, units); one state. Keras:
    /// https://keras.io/api/layers/recurrent_layers/simple_rnn/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="units">The length of output and states, at least 1.</param>
    /// <param name="activation">The function of the candidate. Default tanh.</param>
    /// <param name="useBias">Whether a bias is added. Default true.</param>
    /// <param name="kernelInitializer">How the input's kernel starts. Default Glorot uniform.</param>
    /// <param name="recurrentInitializer">How the state's kernel starts. Default orthogonal.</param>
    /// <param name="biasInitializer">How the bias starts. Default zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the input's kernel; default none.</param>
    /// <param name="recurrentRegularizer">A penalty on the state's kernel; default none.</param>
    /// <param name="biasRegularizer">A penalty on the bias; default none.</param>
    /// <param name="kernelConstraint">What the input's kernel is projected onto after each step; default nothing.</param>
    /// <param name="recurrentConstraint">What the state's kernel is projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the bias is projected onto after each step; default nothing.</param>
    /// <param name="dropout">The share of inputs set to 0 while training, the same at every step, in [0, 1). Default 0.</param>
    /// <param name="recurrentDropout">The share of states set to 0 while training, the same at every step, in [0, 1). Gal and Ghahramani,
    /// 2015. Default 0.</param>
    /// <param name="returnSequences">Whether every step's output is yielded instead of the last. Default false.</param>
    /// <param name="returnState">Whether the last states are yielded as further outputs. Default false.</param>
    /// <param name="goBackwards">Whether time runs backwards; the outputs come in that order. Default false.</param>
    /// <param name="stateful">Whether states are kept from one batch to the next, until they are reset. Default false.</param>
    /// <param name="zeroOutputForMask">Whether a masked step's output is 0 instead of the one before it. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor SimpleRNN(
        this SymbolicTensor input,
        int units,
        Activation activation = Activation.Tanh,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? recurrentRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0,
        double recurrentDropout = 0,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool zeroOutputForMask = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new SimpleRNN(units);
        var made = defaults with
        {
            Activation = activation,
            UseBias = useBias,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            RecurrentInitializer = recurrentInitializer ?? defaults.RecurrentInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            KernelRegularizer = kernelRegularizer,
            RecurrentRegularizer = recurrentRegularizer,
            BiasRegularizer = biasRegularizer,
            KernelConstraint = kernelConstraint,
            RecurrentConstraint = recurrentConstraint,
            BiasConstraint = biasConstraint,
            Dropout = dropout,
            RecurrentDropout = recurrentDropout,
            ReturnSequences = returnSequences,
            ReturnState = returnState,
            GoBackwards = goBackwards,
            Stateful = stateful,
            ZeroOutputForMask = zeroOutputForMask,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Applies one layer to every time step by itself. Adds the layer <see cref="Models.TimeDistributed"/>.</summary>
    /// <remarks>Input (batch, time, ...), output (batch, time, the layer's output). Keras:
    /// https://keras.io/api/layers/recurrent_layers/time_distributed/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="layer">The layer inside, which has one output.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor TimeDistributed(
        this SymbolicTensor input,
        Layer layer,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new TimeDistributed(layer)
        {
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }
}
