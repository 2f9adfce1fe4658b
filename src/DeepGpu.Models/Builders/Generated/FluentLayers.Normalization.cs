// Written by eng/Generate from the classes' declarations: change those, then run it.
namespace DeepGpu.Models;

/// <content>Normalization.</content>
public static partial class FluentLayers
{
    /// <summary>Normalises each channel over the batch while training, by moving statistics when predicting. Ioffe and Szegedy, 2015. Adds
    /// the layer <see cref="Models.BatchNormalization"/>.</summary>
    /// <remarks>Output shape = input shape. Moving statistics: moving * momentum + batch * (1 - momentum), with the biased variance. A
    /// frozen layer (<see cref="Models.Layer.Trainable" /> false) normalises by its moving statistics while training too. Keras:
    /// https://keras.io/api/layers/normalization_layers/batch_normalization/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="axis">The axis of the channels. Default the last.</param>
    /// <param name="momentum">How much of the moving statistics a step keeps, in [0, 1]. Default 0.99 (torch's 0.01).</param>
    /// <param name="epsilon">Added to the variance, at least 0. Default 0.001.</param>
    /// <param name="center">Whether a learned offset beta is added. Default true.</param>
    /// <param name="scale">Whether a learned factor gamma is applied. Default true.</param>
    /// <param name="betaInitializer">How beta starts. Default zeros.</param>
    /// <param name="gammaInitializer">How gamma starts. Default ones.</param>
    /// <param name="movingMeanInitializer">How the moving mean starts. Default zeros.</param>
    /// <param name="movingVarianceInitializer">How the moving variance starts. Default ones.</param>
    /// <param name="betaRegularizer">A penalty on beta; default none.</param>
    /// <param name="gammaRegularizer">A penalty on gamma; default none.</param>
    /// <param name="betaConstraint">What beta is projected onto after each step; default nothing.</param>
    /// <param name="gammaConstraint">What gamma is projected onto after each step; default nothing.</param>
    /// <param name="renorm">Whether batch statistics are corrected towards the moving ones while training. Ioffe, 2017. Default
    /// false.</param>
    /// <param name="renormClipping">Limits of the correction; null for none.</param>
    /// <param name="renormMomentum">The momentum of the renorm statistics, in [0, 1]. Default 0.99.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor BatchNormalization(
        this SymbolicTensor input,
        int axis = -1,
        double momentum = 0.99,
        double epsilon = 0.001,
        bool center = true,
        bool scale = true,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Initializer? movingMeanInitializer = null,
        Initializer? movingVarianceInitializer = null,
        Regularizer? betaRegularizer = null,
        Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null,
        Constraint? gammaConstraint = null,
        bool renorm = false,
        RenormClipping? renormClipping = null,
        double renormMomentum = 0.99,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new BatchNormalization();
        var made = defaults with
        {
            Axis = axis,
            Momentum = momentum,
            Epsilon = epsilon,
            Center = center,
            Scale = scale,
            BetaInitializer = betaInitializer ?? defaults.BetaInitializer,
            GammaInitializer = gammaInitializer ?? defaults.GammaInitializer,
            MovingMeanInitializer = movingMeanInitializer ?? defaults.MovingMeanInitializer,
            MovingVarianceInitializer = movingVarianceInitializer ?? defaults.MovingVarianceInitializer,
            BetaRegularizer = betaRegularizer,
            GammaRegularizer = gammaRegularizer,
            BetaConstraint = betaConstraint,
            GammaConstraint = gammaConstraint,
            Renorm = renorm,
            RenormClipping = renormClipping,
            RenormMomentum = renormMomentum,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Normalises each sample over groups of channels. Wu and He, 2018. Adds the layer
    /// <see cref="Models.GroupNormalization"/>.</summary>
    /// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/normalization_layers/group_normalization/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="groups">The number of groups, or -1 for one group a channel. Default 32.</param>
    /// <param name="axis">The axis of the channels. Default the last.</param>
    /// <param name="epsilon">Added to the variance, at least 0. Default 0.001.</param>
    /// <param name="center">Whether a learned offset beta is added. Default true.</param>
    /// <param name="scale">Whether a learned factor gamma is applied. Default true.</param>
    /// <param name="betaInitializer">How beta starts. Default zeros.</param>
    /// <param name="gammaInitializer">How gamma starts. Default ones.</param>
    /// <param name="betaRegularizer">A penalty on beta; default none.</param>
    /// <param name="gammaRegularizer">A penalty on gamma; default none.</param>
    /// <param name="betaConstraint">What beta is projected onto after each step; default nothing.</param>
    /// <param name="gammaConstraint">What gamma is projected onto after each step; default nothing.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor GroupNormalization(
        this SymbolicTensor input,
        int groups = 32,
        int axis = -1,
        double epsilon = 0.001,
        bool center = true,
        bool scale = true,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Regularizer? betaRegularizer = null,
        Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null,
        Constraint? gammaConstraint = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new GroupNormalization();
        var made = defaults with
        {
            Groups = groups,
            Axis = axis,
            Epsilon = epsilon,
            Center = center,
            Scale = scale,
            BetaInitializer = betaInitializer ?? defaults.BetaInitializer,
            GammaInitializer = gammaInitializer ?? defaults.GammaInitializer,
            BetaRegularizer = betaRegularizer,
            GammaRegularizer = gammaRegularizer,
            BetaConstraint = betaConstraint,
            GammaConstraint = gammaConstraint,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Normalises each sample over some axes. Ba et al., 2016. Adds the layer <see cref="Models.LayerNormalization"/>.</summary>
    /// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/normalization_layers/layer_normalization/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="axis">The axes mean and variance are taken over. Default the last.</param>
    /// <param name="epsilon">Added to the variance, at least 0. Default 0.001.</param>
    /// <param name="center">Whether a learned offset beta is added. Default true.</param>
    /// <param name="scale">Whether a learned factor gamma is applied. Default true.</param>
    /// <param name="betaInitializer">How beta starts. Default zeros.</param>
    /// <param name="gammaInitializer">How gamma starts. Default ones.</param>
    /// <param name="betaRegularizer">A penalty on beta; default none.</param>
    /// <param name="gammaRegularizer">A penalty on gamma; default none.</param>
    /// <param name="betaConstraint">What beta is projected onto after each step; default nothing.</param>
    /// <param name="gammaConstraint">What gamma is projected onto after each step; default nothing.</param>
    /// <param name="rmsScaling">An option of earlier releases of Keras: divides by the standard deviation without taking the mean off.
    /// Such a layer always has a factor gamma and never an offset beta, whatever <see cref="Models.AffineNormalization.Scale" /> and
    /// <see cref="Models.AffineNormalization.Center" /> say. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor LayerNormalization(
        this SymbolicTensor input,
        Axes? axis = null,
        double epsilon = 0.001,
        bool center = true,
        bool scale = true,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Regularizer? betaRegularizer = null,
        Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null,
        Constraint? gammaConstraint = null,
        bool rmsScaling = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new LayerNormalization();
        var made = defaults with
        {
            Axis = axis ?? defaults.Axis,
            Epsilon = epsilon,
            Center = center,
            Scale = scale,
            BetaInitializer = betaInitializer ?? defaults.BetaInitializer,
            GammaInitializer = gammaInitializer ?? defaults.GammaInitializer,
            BetaRegularizer = betaRegularizer,
            GammaRegularizer = gammaRegularizer,
            BetaConstraint = betaConstraint,
            GammaConstraint = gammaConstraint,
            RmsScaling = rmsScaling,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Multiplies each channel by a learned factor that starts small. Touvron et al., 2021; used by ConvNeXt. Adds the layer
    /// <see cref="Models.LayerScale"/>.</summary>
    /// <remarks>Output shape = input shape.</remarks>
    /// <param name="input">The input.</param>
    /// <param name="initValues">Where the factors start, finite. Default 1e-6.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor LayerScale(
        this SymbolicTensor input,
        double initValues = 1e-06,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new LayerScale(initValues)
        {
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Divides by the root of the mean square along some axes and scales. Zhang and Sennrich, 2019. Adds the layer
    /// <see cref="Models.RMSNormalization"/>.</summary>
    /// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/normalization_layers/rms_normalization/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="axis">The axes that its sum, mean or length is taken over, the batch being 0. Default the last.</param>
    /// <param name="epsilon">Added to the mean square. Default 1e-6.</param>
    /// <param name="scaleOffset">Added to the scale, which then starts at one less this number; null for nothing, the default. Gemma adds
    /// 1. Keras has no such option: files hold it only where it is set.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor RMSNormalization(
        this SymbolicTensor input,
        Axes? axis = null,
        double epsilon = 1e-06,
        double? scaleOffset = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new RMSNormalization();
        var made = defaults with
        {
            Axis = axis ?? defaults.Axis,
            Epsilon = epsilon,
            ScaleOffset = scaleOffset,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Keeps the largest singular value of a layer's kernel near 1, which bounds how much the layer can stretch a difference of
    /// inputs. Adds the layer <see cref="Models.SpectralNormalization"/>.</summary>
    /// <remarks>Each pass that trains divides the kernel, seen as a matrix (rest, last axis), by an estimate of that value, found by power
    /// iteration from a vector kept between passes; a kernel of zeros stays. Passes that predict change nothing. Input and output are the
    /// layer's; the input's mask ends here. Miyato et al., 2018, https://arxiv.org/abs/1802.05957. Keras:
    /// https://keras.io/api/layers/normalization_layers/spectral_normalization/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="layer">The layer inside, which has one output.</param>
    /// <param name="powerIterations">Iterations in each pass that trains, at least 1. Default 1.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor SpectralNormalization(
        this SymbolicTensor input,
        Layer layer,
        int powerIterations = 1,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new SpectralNormalization(layer)
        {
            PowerIterations = powerIterations,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Scales each sample to Euclidean length 1 along some axes. Adds the layer <see cref="Models.UnitNormalization"/>.</summary>
    /// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/normalization_layers/unit_normalization/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="axis">The axes that its sum, mean or length is taken over, the batch being 0. Default the last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor UnitNormalization(
        this SymbolicTensor input,
        Axes? axis = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new UnitNormalization();
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
