// Written by eng/Generate from the classes' declarations: change those, then run it.
using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <content>A method for each class, with its options by name and their defaults.</content>
public abstract partial record Optimizer
{
    /// <summary>Divides the gradient by the root of its running mean square and multiplies it by that of the steps. Zeiler, 2012,
    /// https://arxiv.org/abs/1212.5701.</summary>
    /// <remarks>Keras: https://keras.io/api/optimizers/adadelta/</remarks>
    /// <param name="learningRate">The step size: a number above 0, or a schedule over the steps. Default that of the class.</param>
    /// <param name="rho">Decay of the running means, in [0, 1). Default 0.95.</param>
    /// <param name="epsilon">Added inside both roots, above 0. Default 1e-7.</param>
    /// <param name="weightDecay">Takes weightDecay * rate * weight off each weight before a step, apart from the gradient; null for none.
    /// Default null.</param>
    /// <param name="excludeFromWeightDecay">Which weights the decay leaves alone: those in whose name, "layer/weight", one of these texts
    /// appears, e.g. "bias". Default none.</param>
    /// <param name="clipNorm">The largest Euclidean norm of each weight's gradient; a longer one is shortened. Null for no limit. Default
    /// null.</param>
    /// <param name="globalClipNorm">The largest Euclidean norm of all gradients together; longer ones are shortened alike. Null for no
    /// limit. Default null.</param>
    /// <param name="clipValue">The largest absolute value of each element of a gradient. Null for no limit. Default null.</param>
    /// <param name="useEma">Whether a moving average of the weights is kept. Default false.</param>
    /// <param name="emaMomentum">The share of the old average that a step keeps, from 0 to 1. Default 0.99.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the averages overwrite the weights, at least 1; null for never during
    /// training. Default null.</param>
    /// <param name="lossScaleFactor">A fixed factor of the loss, taken out of the gradients again, that keeps small gradients in a short
    /// number format; null for none. Default null.</param>
    /// <param name="gradientAccumulationSteps">Over how many steps gradients are averaged before the weights change, at least 2; null for
    /// a change each step. Default null.</param>
    /// <param name="layerRates">Factors of the learning rate for the weights of single layers, e.g. small ones for what was trained
    /// before. Default none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Adadelta Adadelta(
        LearningRateSchedule? learningRate = null,
        double rho = 0.95,
        double epsilon = 1e-07,
        double? weightDecay = null,
        ImmutableArray<string>? excludeFromWeightDecay = null,
        double? clipNorm = null,
        double? globalClipNorm = null,
        double? clipValue = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        ImmutableArray<LayerRate>? layerRates = null)
    {
        var defaults = new Adadelta();
        return defaults with
        {
            LearningRate = learningRate ?? defaults.LearningRate,
            Rho = rho,
            Epsilon = epsilon,
            WeightDecay = weightDecay,
            ExcludeFromWeightDecay = excludeFromWeightDecay ?? defaults.ExcludeFromWeightDecay,
            ClipNorm = clipNorm,
            GlobalClipNorm = globalClipNorm,
            ClipValue = clipValue,
            UseEma = useEma,
            EmaMomentum = emaMomentum,
            EmaOverwriteFrequency = emaOverwriteFrequency,
            LossScaleFactor = lossScaleFactor,
            GradientAccumulationSteps = gradientAccumulationSteps,
            LayerRates = layerRates ?? defaults.LayerRates,
        };
    }

    /// <summary>Keeps of a matrix's mean squares only those of rows and columns: little memory. Shazeer and Stern, 2018,
    /// https://arxiv.org/abs/1804.04235.</summary>
    /// <remarks>Of more than two axes, the last two are the rows and columns. Keras: https://keras.io/api/optimizers/adafactor/</remarks>
    /// <param name="learningRate">The step size: a number above 0, or a schedule over the steps. Default that of the class.</param>
    /// <param name="beta2Decay">Step t keeps the share 1 - t^decay of the mean squares, below 0. Default -0.8.</param>
    /// <param name="epsilon1">Added to squares, keeps the division finite, above 0. Default 1e-30.</param>
    /// <param name="epsilon2">The least root mean square of a weight that steps are measured by, at least 0. Default 0.001.</param>
    /// <param name="clipThreshold">The largest root mean square of a step before the rate, above 0. Default 1.</param>
    /// <param name="relativeStep">Whether a constant rate is capped at 1 / sqrt(t). Default true.</param>
    /// <param name="weightDecay">Takes weightDecay * rate * weight off each weight before a step, apart from the gradient; null for none.
    /// Default null.</param>
    /// <param name="excludeFromWeightDecay">Which weights the decay leaves alone: those in whose name, "layer/weight", one of these texts
    /// appears, e.g. "bias". Default none.</param>
    /// <param name="clipNorm">The largest Euclidean norm of each weight's gradient; a longer one is shortened. Null for no limit. Default
    /// null.</param>
    /// <param name="globalClipNorm">The largest Euclidean norm of all gradients together; longer ones are shortened alike. Null for no
    /// limit. Default null.</param>
    /// <param name="clipValue">The largest absolute value of each element of a gradient. Null for no limit. Default null.</param>
    /// <param name="useEma">Whether a moving average of the weights is kept. Default false.</param>
    /// <param name="emaMomentum">The share of the old average that a step keeps, from 0 to 1. Default 0.99.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the averages overwrite the weights, at least 1; null for never during
    /// training. Default null.</param>
    /// <param name="lossScaleFactor">A fixed factor of the loss, taken out of the gradients again, that keeps small gradients in a short
    /// number format; null for none. Default null.</param>
    /// <param name="gradientAccumulationSteps">Over how many steps gradients are averaged before the weights change, at least 2; null for
    /// a change each step. Default null.</param>
    /// <param name="layerRates">Factors of the learning rate for the weights of single layers, e.g. small ones for what was trained
    /// before. Default none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Adafactor Adafactor(
        LearningRateSchedule? learningRate = null,
        double beta2Decay = -0.8,
        double epsilon1 = 1e-30,
        double epsilon2 = 0.001,
        double clipThreshold = 1,
        bool relativeStep = true,
        double? weightDecay = null,
        ImmutableArray<string>? excludeFromWeightDecay = null,
        double? clipNorm = null,
        double? globalClipNorm = null,
        double? clipValue = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        ImmutableArray<LayerRate>? layerRates = null)
    {
        var defaults = new Adafactor();
        return defaults with
        {
            LearningRate = learningRate ?? defaults.LearningRate,
            Beta2Decay = beta2Decay,
            Epsilon1 = epsilon1,
            Epsilon2 = epsilon2,
            ClipThreshold = clipThreshold,
            RelativeStep = relativeStep,
            WeightDecay = weightDecay,
            ExcludeFromWeightDecay = excludeFromWeightDecay ?? defaults.ExcludeFromWeightDecay,
            ClipNorm = clipNorm,
            GlobalClipNorm = globalClipNorm,
            ClipValue = clipValue,
            UseEma = useEma,
            EmaMomentum = emaMomentum,
            EmaOverwriteFrequency = emaOverwriteFrequency,
            LossScaleFactor = lossScaleFactor,
            GradientAccumulationSteps = gradientAccumulationSteps,
            LayerRates = layerRates ?? defaults.LayerRates,
        };
    }

    /// <summary>Divides the gradient by the root of the sum of all its squares so far. Duchi and others, 2011.</summary>
    /// <remarks>http://www.jmlr.org/papers/volume12/duchi11a/duchi11a.pdf. Keras: https://keras.io/api/optimizers/adagrad/</remarks>
    /// <param name="learningRate">The step size: a number above 0, or a schedule over the steps. Default that of the class.</param>
    /// <param name="initialAccumulatorValue">What the sums begin with, at least 0. Default 0.1.</param>
    /// <param name="epsilon">Keeps the division finite, above 0. Default 1e-7.</param>
    /// <param name="weightDecay">Takes weightDecay * rate * weight off each weight before a step, apart from the gradient; null for none.
    /// Default null.</param>
    /// <param name="excludeFromWeightDecay">Which weights the decay leaves alone: those in whose name, "layer/weight", one of these texts
    /// appears, e.g. "bias". Default none.</param>
    /// <param name="clipNorm">The largest Euclidean norm of each weight's gradient; a longer one is shortened. Null for no limit. Default
    /// null.</param>
    /// <param name="globalClipNorm">The largest Euclidean norm of all gradients together; longer ones are shortened alike. Null for no
    /// limit. Default null.</param>
    /// <param name="clipValue">The largest absolute value of each element of a gradient. Null for no limit. Default null.</param>
    /// <param name="useEma">Whether a moving average of the weights is kept. Default false.</param>
    /// <param name="emaMomentum">The share of the old average that a step keeps, from 0 to 1. Default 0.99.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the averages overwrite the weights, at least 1; null for never during
    /// training. Default null.</param>
    /// <param name="lossScaleFactor">A fixed factor of the loss, taken out of the gradients again, that keeps small gradients in a short
    /// number format; null for none. Default null.</param>
    /// <param name="gradientAccumulationSteps">Over how many steps gradients are averaged before the weights change, at least 2; null for
    /// a change each step. Default null.</param>
    /// <param name="layerRates">Factors of the learning rate for the weights of single layers, e.g. small ones for what was trained
    /// before. Default none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Adagrad Adagrad(
        LearningRateSchedule? learningRate = null,
        double initialAccumulatorValue = 0.1,
        double epsilon = 1e-07,
        double? weightDecay = null,
        ImmutableArray<string>? excludeFromWeightDecay = null,
        double? clipNorm = null,
        double? globalClipNorm = null,
        double? clipValue = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        ImmutableArray<LayerRate>? layerRates = null)
    {
        var defaults = new Adagrad();
        return defaults with
        {
            LearningRate = learningRate ?? defaults.LearningRate,
            InitialAccumulatorValue = initialAccumulatorValue,
            Epsilon = epsilon,
            WeightDecay = weightDecay,
            ExcludeFromWeightDecay = excludeFromWeightDecay ?? defaults.ExcludeFromWeightDecay,
            ClipNorm = clipNorm,
            GlobalClipNorm = globalClipNorm,
            ClipValue = clipValue,
            UseEma = useEma,
            EmaMomentum = emaMomentum,
            EmaOverwriteFrequency = emaOverwriteFrequency,
            LossScaleFactor = lossScaleFactor,
            GradientAccumulationSteps = gradientAccumulationSteps,
            LayerRates = layerRates ?? defaults.LayerRates,
        };
    }

    /// <summary>Adam: steps by running means of the gradient and its square. Kingma and Ba, 2014,
    /// https://arxiv.org/abs/1412.6980.</summary>
    /// <remarks>Keras's form: epsilon is added outside the bias correction, so that it is the "epsilon hat" of the paper. Keras:
    /// https://keras.io/api/optimizers/adam/</remarks>
    /// <param name="learningRate">The step size: a number above 0, or a schedule over the steps. Default that of the class.</param>
    /// <param name="beta1">Decay of the mean of the gradient, in [0, 1). Default 0.9.</param>
    /// <param name="beta2">Decay of the mean of its square or size, in [0, 1). Default 0.999.</param>
    /// <param name="epsilon">Keeps the division finite, above 0. Default 1e-7.</param>
    /// <param name="amsGrad">Whether the largest mean square so far is used instead of the newest. Default false. Reddi and others,
    /// 2018.</param>
    /// <param name="weightDecay">Takes weightDecay * rate * weight off each weight before a step, apart from the gradient; null for none.
    /// Default null.</param>
    /// <param name="excludeFromWeightDecay">Which weights the decay leaves alone: those in whose name, "layer/weight", one of these texts
    /// appears, e.g. "bias". Default none.</param>
    /// <param name="clipNorm">The largest Euclidean norm of each weight's gradient; a longer one is shortened. Null for no limit. Default
    /// null.</param>
    /// <param name="globalClipNorm">The largest Euclidean norm of all gradients together; longer ones are shortened alike. Null for no
    /// limit. Default null.</param>
    /// <param name="clipValue">The largest absolute value of each element of a gradient. Null for no limit. Default null.</param>
    /// <param name="useEma">Whether a moving average of the weights is kept. Default false.</param>
    /// <param name="emaMomentum">The share of the old average that a step keeps, from 0 to 1. Default 0.99.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the averages overwrite the weights, at least 1; null for never during
    /// training. Default null.</param>
    /// <param name="lossScaleFactor">A fixed factor of the loss, taken out of the gradients again, that keeps small gradients in a short
    /// number format; null for none. Default null.</param>
    /// <param name="gradientAccumulationSteps">Over how many steps gradients are averaged before the weights change, at least 2; null for
    /// a change each step. Default null.</param>
    /// <param name="layerRates">Factors of the learning rate for the weights of single layers, e.g. small ones for what was trained
    /// before. Default none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Adam Adam(
        LearningRateSchedule? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-07,
        bool amsGrad = false,
        double? weightDecay = null,
        ImmutableArray<string>? excludeFromWeightDecay = null,
        double? clipNorm = null,
        double? globalClipNorm = null,
        double? clipValue = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        ImmutableArray<LayerRate>? layerRates = null)
    {
        var defaults = new Adam();
        return defaults with
        {
            LearningRate = learningRate ?? defaults.LearningRate,
            Beta1 = beta1,
            Beta2 = beta2,
            Epsilon = epsilon,
            AmsGrad = amsGrad,
            WeightDecay = weightDecay,
            ExcludeFromWeightDecay = excludeFromWeightDecay ?? defaults.ExcludeFromWeightDecay,
            ClipNorm = clipNorm,
            GlobalClipNorm = globalClipNorm,
            ClipValue = clipValue,
            UseEma = useEma,
            EmaMomentum = emaMomentum,
            EmaOverwriteFrequency = emaOverwriteFrequency,
            LossScaleFactor = lossScaleFactor,
            GradientAccumulationSteps = gradientAccumulationSteps,
            LayerRates = layerRates ?? defaults.LayerRates,
        };
    }

    /// <summary>Adam with weight decay apart from the gradient. Loshchilov and Hutter, 2019, https://arxiv.org/abs/1711.05101.</summary>
    /// <remarks>The same as <see cref="Models.Adam" /> with <see cref="Models.Optimizer.WeightDecay" />, which is 0.004 by default here.
    /// Keras: https://keras.io/api/optimizers/adamw/</remarks>
    /// <param name="learningRate">The step size: a number above 0, or a schedule over the steps. Default that of the class.</param>
    /// <param name="beta1">Decay of the mean of the gradient, in [0, 1). Default 0.9.</param>
    /// <param name="beta2">Decay of the mean of its square or size, in [0, 1). Default 0.999.</param>
    /// <param name="epsilon">Keeps the division finite, above 0. Default 1e-7.</param>
    /// <param name="amsGrad">Whether the largest mean square so far is used instead of the newest. Default false.</param>
    /// <param name="weightDecay">Takes weightDecay * rate * weight off each weight before a step, apart from the gradient; null for none.
    /// Default null.</param>
    /// <param name="excludeFromWeightDecay">Which weights the decay leaves alone: those in whose name, "layer/weight", one of these texts
    /// appears, e.g. "bias". Default none.</param>
    /// <param name="clipNorm">The largest Euclidean norm of each weight's gradient; a longer one is shortened. Null for no limit. Default
    /// null.</param>
    /// <param name="globalClipNorm">The largest Euclidean norm of all gradients together; longer ones are shortened alike. Null for no
    /// limit. Default null.</param>
    /// <param name="clipValue">The largest absolute value of each element of a gradient. Null for no limit. Default null.</param>
    /// <param name="useEma">Whether a moving average of the weights is kept. Default false.</param>
    /// <param name="emaMomentum">The share of the old average that a step keeps, from 0 to 1. Default 0.99.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the averages overwrite the weights, at least 1; null for never during
    /// training. Default null.</param>
    /// <param name="lossScaleFactor">A fixed factor of the loss, taken out of the gradients again, that keeps small gradients in a short
    /// number format; null for none. Default null.</param>
    /// <param name="gradientAccumulationSteps">Over how many steps gradients are averaged before the weights change, at least 2; null for
    /// a change each step. Default null.</param>
    /// <param name="layerRates">Factors of the learning rate for the weights of single layers, e.g. small ones for what was trained
    /// before. Default none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static AdamW AdamW(
        LearningRateSchedule? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-07,
        bool amsGrad = false,
        double? weightDecay = 0.004,
        ImmutableArray<string>? excludeFromWeightDecay = null,
        double? clipNorm = null,
        double? globalClipNorm = null,
        double? clipValue = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        ImmutableArray<LayerRate>? layerRates = null)
    {
        var defaults = new AdamW();
        return defaults with
        {
            LearningRate = learningRate ?? defaults.LearningRate,
            Beta1 = beta1,
            Beta2 = beta2,
            Epsilon = epsilon,
            AmsGrad = amsGrad,
            WeightDecay = weightDecay,
            ExcludeFromWeightDecay = excludeFromWeightDecay ?? defaults.ExcludeFromWeightDecay,
            ClipNorm = clipNorm,
            GlobalClipNorm = globalClipNorm,
            ClipValue = clipValue,
            UseEma = useEma,
            EmaMomentum = emaMomentum,
            EmaOverwriteFrequency = emaOverwriteFrequency,
            LossScaleFactor = lossScaleFactor,
            GradientAccumulationSteps = gradientAccumulationSteps,
            LayerRates = layerRates ?? defaults.LayerRates,
        };
    }

    /// <summary>Adam with the largest recent size of the gradient instead of its mean square. Kingma and Ba, 2014, section 7.1.</summary>
    /// <remarks>u = max(beta2 * u, |gradient|). Keras: https://keras.io/api/optimizers/adamax/</remarks>
    /// <param name="learningRate">The step size: a number above 0, or a schedule over the steps. Default that of the class.</param>
    /// <param name="beta1">Decay of the mean of the gradient, in [0, 1). Default 0.9.</param>
    /// <param name="beta2">Decay of the mean of its square or size, in [0, 1). Default 0.999.</param>
    /// <param name="epsilon">Keeps the division finite, above 0. Default 1e-7.</param>
    /// <param name="weightDecay">Takes weightDecay * rate * weight off each weight before a step, apart from the gradient; null for none.
    /// Default null.</param>
    /// <param name="excludeFromWeightDecay">Which weights the decay leaves alone: those in whose name, "layer/weight", one of these texts
    /// appears, e.g. "bias". Default none.</param>
    /// <param name="clipNorm">The largest Euclidean norm of each weight's gradient; a longer one is shortened. Null for no limit. Default
    /// null.</param>
    /// <param name="globalClipNorm">The largest Euclidean norm of all gradients together; longer ones are shortened alike. Null for no
    /// limit. Default null.</param>
    /// <param name="clipValue">The largest absolute value of each element of a gradient. Null for no limit. Default null.</param>
    /// <param name="useEma">Whether a moving average of the weights is kept. Default false.</param>
    /// <param name="emaMomentum">The share of the old average that a step keeps, from 0 to 1. Default 0.99.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the averages overwrite the weights, at least 1; null for never during
    /// training. Default null.</param>
    /// <param name="lossScaleFactor">A fixed factor of the loss, taken out of the gradients again, that keeps small gradients in a short
    /// number format; null for none. Default null.</param>
    /// <param name="gradientAccumulationSteps">Over how many steps gradients are averaged before the weights change, at least 2; null for
    /// a change each step. Default null.</param>
    /// <param name="layerRates">Factors of the learning rate for the weights of single layers, e.g. small ones for what was trained
    /// before. Default none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Adamax Adamax(
        LearningRateSchedule? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-07,
        double? weightDecay = null,
        ImmutableArray<string>? excludeFromWeightDecay = null,
        double? clipNorm = null,
        double? globalClipNorm = null,
        double? clipValue = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        ImmutableArray<LayerRate>? layerRates = null)
    {
        var defaults = new Adamax();
        return defaults with
        {
            LearningRate = learningRate ?? defaults.LearningRate,
            Beta1 = beta1,
            Beta2 = beta2,
            Epsilon = epsilon,
            WeightDecay = weightDecay,
            ExcludeFromWeightDecay = excludeFromWeightDecay ?? defaults.ExcludeFromWeightDecay,
            ClipNorm = clipNorm,
            GlobalClipNorm = globalClipNorm,
            ClipValue = clipValue,
            UseEma = useEma,
            EmaMomentum = emaMomentum,
            EmaOverwriteFrequency = emaOverwriteFrequency,
            LossScaleFactor = lossScaleFactor,
            GradientAccumulationSteps = gradientAccumulationSteps,
            LayerRates = layerRates ?? defaults.LayerRates,
        };
    }

    /// <summary>"Follow the regularized leader": for sparse, shallow models with many features. McMahan and others, 2013.</summary>
    /// <remarks>https://research.google.com/pubs/archive/41159.pdf. Keras: https://keras.io/api/optimizers/ftrl/</remarks>
    /// <param name="learningRate">The step size: a number above 0, or a schedule over the steps. Default that of the class.</param>
    /// <param name="learningRatePower">How the rate falls with the sum of squares, at most 0; 0 for a fixed rate. Default -0.5.</param>
    /// <param name="initialAccumulatorValue">What the sums of squares begin with, at least 0. Default 0.1.</param>
    /// <param name="l1RegularizationStrength">Strength of the penalty on absolute values, at least 0. Default 0.</param>
    /// <param name="l2RegularizationStrength">Strength of the penalty on squares, at least 0. Default 0.</param>
    /// <param name="l2ShrinkageRegularizationStrength">Strength of a penalty on squares that acts through the gradient, at least 0.
    /// Default 0.</param>
    /// <param name="beta">The paper's beta: slows the first steps, at least 0. Default 0.</param>
    /// <param name="weightDecay">Takes weightDecay * rate * weight off each weight before a step, apart from the gradient; null for none.
    /// Default null.</param>
    /// <param name="excludeFromWeightDecay">Which weights the decay leaves alone: those in whose name, "layer/weight", one of these texts
    /// appears, e.g. "bias". Default none.</param>
    /// <param name="clipNorm">The largest Euclidean norm of each weight's gradient; a longer one is shortened. Null for no limit. Default
    /// null.</param>
    /// <param name="globalClipNorm">The largest Euclidean norm of all gradients together; longer ones are shortened alike. Null for no
    /// limit. Default null.</param>
    /// <param name="clipValue">The largest absolute value of each element of a gradient. Null for no limit. Default null.</param>
    /// <param name="useEma">Whether a moving average of the weights is kept. Default false.</param>
    /// <param name="emaMomentum">The share of the old average that a step keeps, from 0 to 1. Default 0.99.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the averages overwrite the weights, at least 1; null for never during
    /// training. Default null.</param>
    /// <param name="lossScaleFactor">A fixed factor of the loss, taken out of the gradients again, that keeps small gradients in a short
    /// number format; null for none. Default null.</param>
    /// <param name="gradientAccumulationSteps">Over how many steps gradients are averaged before the weights change, at least 2; null for
    /// a change each step. Default null.</param>
    /// <param name="layerRates">Factors of the learning rate for the weights of single layers, e.g. small ones for what was trained
    /// before. Default none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Ftrl Ftrl(
        LearningRateSchedule? learningRate = null,
        double learningRatePower = -0.5,
        double initialAccumulatorValue = 0.1,
        double l1RegularizationStrength = 0,
        double l2RegularizationStrength = 0,
        double l2ShrinkageRegularizationStrength = 0,
        double beta = 0,
        double? weightDecay = null,
        ImmutableArray<string>? excludeFromWeightDecay = null,
        double? clipNorm = null,
        double? globalClipNorm = null,
        double? clipValue = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        ImmutableArray<LayerRate>? layerRates = null)
    {
        var defaults = new Ftrl();
        return defaults with
        {
            LearningRate = learningRate ?? defaults.LearningRate,
            LearningRatePower = learningRatePower,
            InitialAccumulatorValue = initialAccumulatorValue,
            L1RegularizationStrength = l1RegularizationStrength,
            L2RegularizationStrength = l2RegularizationStrength,
            L2ShrinkageRegularizationStrength = l2ShrinkageRegularizationStrength,
            Beta = beta,
            WeightDecay = weightDecay,
            ExcludeFromWeightDecay = excludeFromWeightDecay ?? defaults.ExcludeFromWeightDecay,
            ClipNorm = clipNorm,
            GlobalClipNorm = globalClipNorm,
            ClipValue = clipValue,
            UseEma = useEma,
            EmaMomentum = emaMomentum,
            EmaOverwriteFrequency = emaOverwriteFrequency,
            LossScaleFactor = lossScaleFactor,
            GradientAccumulationSteps = gradientAccumulationSteps,
            LayerRates = layerRates ?? defaults.LayerRates,
        };
    }

    /// <summary>Adam whose step of each weight has a length in proportion to the weight's own norm: for large batches. You and others,
    /// 2019, https://arxiv.org/abs/1904.00962.</summary>
    /// <remarks>Keras: https://keras.io/api/optimizers/lamb/</remarks>
    /// <param name="learningRate">The step size: a number above 0, or a schedule over the steps. Default that of the class.</param>
    /// <param name="beta1">Decay of the mean of the gradient, in [0, 1). Default 0.9.</param>
    /// <param name="beta2">Decay of the mean of its square or size, in [0, 1). Default 0.999.</param>
    /// <param name="epsilon">Keeps the division finite, above 0. Default 1e-7.</param>
    /// <param name="weightDecay">Takes weightDecay * rate * weight off each weight before a step, apart from the gradient; null for none.
    /// Default null.</param>
    /// <param name="excludeFromWeightDecay">Which weights the decay leaves alone: those in whose name, "layer/weight", one of these texts
    /// appears, e.g. "bias". Default none.</param>
    /// <param name="clipNorm">The largest Euclidean norm of each weight's gradient; a longer one is shortened. Null for no limit. Default
    /// null.</param>
    /// <param name="globalClipNorm">The largest Euclidean norm of all gradients together; longer ones are shortened alike. Null for no
    /// limit. Default null.</param>
    /// <param name="clipValue">The largest absolute value of each element of a gradient. Null for no limit. Default null.</param>
    /// <param name="useEma">Whether a moving average of the weights is kept. Default false.</param>
    /// <param name="emaMomentum">The share of the old average that a step keeps, from 0 to 1. Default 0.99.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the averages overwrite the weights, at least 1; null for never during
    /// training. Default null.</param>
    /// <param name="lossScaleFactor">A fixed factor of the loss, taken out of the gradients again, that keeps small gradients in a short
    /// number format; null for none. Default null.</param>
    /// <param name="gradientAccumulationSteps">Over how many steps gradients are averaged before the weights change, at least 2; null for
    /// a change each step. Default null.</param>
    /// <param name="layerRates">Factors of the learning rate for the weights of single layers, e.g. small ones for what was trained
    /// before. Default none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Lamb Lamb(
        LearningRateSchedule? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-07,
        double? weightDecay = null,
        ImmutableArray<string>? excludeFromWeightDecay = null,
        double? clipNorm = null,
        double? globalClipNorm = null,
        double? clipValue = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        ImmutableArray<LayerRate>? layerRates = null)
    {
        var defaults = new Lamb();
        return defaults with
        {
            LearningRate = learningRate ?? defaults.LearningRate,
            Beta1 = beta1,
            Beta2 = beta2,
            Epsilon = epsilon,
            WeightDecay = weightDecay,
            ExcludeFromWeightDecay = excludeFromWeightDecay ?? defaults.ExcludeFromWeightDecay,
            ClipNorm = clipNorm,
            GlobalClipNorm = globalClipNorm,
            ClipValue = clipValue,
            UseEma = useEma,
            EmaMomentum = emaMomentum,
            EmaOverwriteFrequency = emaOverwriteFrequency,
            LossScaleFactor = lossScaleFactor,
            GradientAccumulationSteps = gradientAccumulationSteps,
            LayerRates = layerRates ?? defaults.LayerRates,
        };
    }

    /// <summary>Steps of equal size along the sign of a mean of gradients. Chen and others, 2023,
    /// https://arxiv.org/abs/2302.06675.</summary>
    /// <remarks>Wants a rate three to ten times smaller than AdamW. Keras: https://keras.io/api/optimizers/lion/</remarks>
    /// <param name="learningRate">The step size: a number above 0, or a schedule over the steps. Default that of the class.</param>
    /// <param name="beta1">The share of the mean in the direction, above 0 and at most 1. Default 0.9.</param>
    /// <param name="beta2">Decay of the mean, in [0, 1). Default 0.99.</param>
    /// <param name="weightDecay">Takes weightDecay * rate * weight off each weight before a step, apart from the gradient; null for none.
    /// Default null.</param>
    /// <param name="excludeFromWeightDecay">Which weights the decay leaves alone: those in whose name, "layer/weight", one of these texts
    /// appears, e.g. "bias". Default none.</param>
    /// <param name="clipNorm">The largest Euclidean norm of each weight's gradient; a longer one is shortened. Null for no limit. Default
    /// null.</param>
    /// <param name="globalClipNorm">The largest Euclidean norm of all gradients together; longer ones are shortened alike. Null for no
    /// limit. Default null.</param>
    /// <param name="clipValue">The largest absolute value of each element of a gradient. Null for no limit. Default null.</param>
    /// <param name="useEma">Whether a moving average of the weights is kept. Default false.</param>
    /// <param name="emaMomentum">The share of the old average that a step keeps, from 0 to 1. Default 0.99.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the averages overwrite the weights, at least 1; null for never during
    /// training. Default null.</param>
    /// <param name="lossScaleFactor">A fixed factor of the loss, taken out of the gradients again, that keeps small gradients in a short
    /// number format; null for none. Default null.</param>
    /// <param name="gradientAccumulationSteps">Over how many steps gradients are averaged before the weights change, at least 2; null for
    /// a change each step. Default null.</param>
    /// <param name="layerRates">Factors of the learning rate for the weights of single layers, e.g. small ones for what was trained
    /// before. Default none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Lion Lion(
        LearningRateSchedule? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.99,
        double? weightDecay = null,
        ImmutableArray<string>? excludeFromWeightDecay = null,
        double? clipNorm = null,
        double? globalClipNorm = null,
        double? clipValue = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        ImmutableArray<LayerRate>? layerRates = null)
    {
        var defaults = new Lion();
        return defaults with
        {
            LearningRate = learningRate ?? defaults.LearningRate,
            Beta1 = beta1,
            Beta2 = beta2,
            WeightDecay = weightDecay,
            ExcludeFromWeightDecay = excludeFromWeightDecay ?? defaults.ExcludeFromWeightDecay,
            ClipNorm = clipNorm,
            GlobalClipNorm = globalClipNorm,
            ClipValue = clipValue,
            UseEma = useEma,
            EmaMomentum = emaMomentum,
            EmaOverwriteFrequency = emaOverwriteFrequency,
            LossScaleFactor = lossScaleFactor,
            GradientAccumulationSteps = gradientAccumulationSteps,
            LayerRates = layerRates ?? defaults.LayerRates,
        };
    }

    /// <summary>Steps matrices by their momentum made orthogonal, everything else by Adam. Liu and others, 2025,
    /// https://arxiv.org/abs/2502.16982.</summary>
    /// <remarks>A weight of two axes is a matrix, but for embeddings and excluded layers; kernels of convolutions, vectors and numbers go
    /// by Adam. Name the layer of the output in <see cref="Models.Muon.ExcludeLayers" />. The step of a matrix is rate * sqrt(its longer
    /// side) * <see cref="Models.Muon.RmsRate" /> times the momentum after some steps of x = a x + (b x x' + c (x x')^2) x, begun at its
    /// length of 1. Keras: https://keras.io/api/optimizers/</remarks>
    /// <param name="learningRate">The step size: a number above 0, or a schedule over the steps. Default that of the class.</param>
    /// <param name="adamBeta1">Adam's decay of the mean of the gradient, in [0, 1). Default 0.9.</param>
    /// <param name="adamBeta2">Adam's decay of the mean square of the gradient, in [0, 1). Default 0.999.</param>
    /// <param name="adamWeightDecay">The weight decay of what goes by Adam; <see cref="Models.Optimizer.WeightDecay" /> is that of
    /// matrices. Null for none. Default 0.004.</param>
    /// <param name="epsilon">Keeps Adam's division finite, above 0. Default 1e-7.</param>
    /// <param name="excludeLayers">Matrices that go by Adam: regular expressions, looked for in a weight's name "layer/weight". Default
    /// none.</param>
    /// <param name="excludeEmbeddings">Whether matrices in whose name "embedding" appears go by Adam. Default true.</param>
    /// <param name="muonA">The coefficient of x. Default 3.4445.</param>
    /// <param name="muonB">The coefficient of x x' x. Default -4.775.</param>
    /// <param name="muonC">The coefficient of (x x')^2 x. Default 2.0315.</param>
    /// <param name="adamLearningRateRatio">Adam's rate as a multiple of the rate, at least 0. Default 1.</param>
    /// <param name="momentum">The share of the momentum that a step keeps, in [0, 1). Default 0.95.</param>
    /// <param name="newtonSchulzSteps">Steps that make the momentum orthogonal, at least 1. Default 5.</param>
    /// <param name="nesterov">Whether the gradient is followed from where the momentum leads. Default true.</param>
    /// <param name="rmsRate">About the root mean square of a matrix's step before the rate; null for the orthogonal matrix as it is.
    /// Default 0.2, as Adam's steps.</param>
    /// <param name="weightDecay">Takes weightDecay * rate * weight off each weight before a step, apart from the gradient; null for none.
    /// Default null.</param>
    /// <param name="excludeFromWeightDecay">Which weights the decay leaves alone: those in whose name, "layer/weight", one of these texts
    /// appears, e.g. "bias". Default none.</param>
    /// <param name="clipNorm">The largest Euclidean norm of each weight's gradient; a longer one is shortened. Null for no limit. Default
    /// null.</param>
    /// <param name="globalClipNorm">The largest Euclidean norm of all gradients together; longer ones are shortened alike. Null for no
    /// limit. Default null.</param>
    /// <param name="clipValue">The largest absolute value of each element of a gradient. Null for no limit. Default null.</param>
    /// <param name="useEma">Whether a moving average of the weights is kept. Default false.</param>
    /// <param name="emaMomentum">The share of the old average that a step keeps, from 0 to 1. Default 0.99.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the averages overwrite the weights, at least 1; null for never during
    /// training. Default null.</param>
    /// <param name="lossScaleFactor">A fixed factor of the loss, taken out of the gradients again, that keeps small gradients in a short
    /// number format; null for none. Default null.</param>
    /// <param name="gradientAccumulationSteps">Over how many steps gradients are averaged before the weights change, at least 2; null for
    /// a change each step. Default null.</param>
    /// <param name="layerRates">Factors of the learning rate for the weights of single layers, e.g. small ones for what was trained
    /// before. Default none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Muon Muon(
        LearningRateSchedule? learningRate = null,
        double adamBeta1 = 0.9,
        double adamBeta2 = 0.999,
        double? adamWeightDecay = 0.004,
        double epsilon = 1e-07,
        ImmutableArray<string>? excludeLayers = null,
        bool excludeEmbeddings = true,
        double muonA = 3.4445,
        double muonB = -4.775,
        double muonC = 2.0315,
        double adamLearningRateRatio = 1,
        double momentum = 0.95,
        int newtonSchulzSteps = 5,
        bool nesterov = true,
        double? rmsRate = 0.2,
        double? weightDecay = 0.004,
        ImmutableArray<string>? excludeFromWeightDecay = null,
        double? clipNorm = null,
        double? globalClipNorm = null,
        double? clipValue = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        ImmutableArray<LayerRate>? layerRates = null)
    {
        var defaults = new Muon();
        return defaults with
        {
            LearningRate = learningRate ?? defaults.LearningRate,
            AdamBeta1 = adamBeta1,
            AdamBeta2 = adamBeta2,
            AdamWeightDecay = adamWeightDecay,
            Epsilon = epsilon,
            ExcludeLayers = excludeLayers ?? defaults.ExcludeLayers,
            ExcludeEmbeddings = excludeEmbeddings,
            MuonA = muonA,
            MuonB = muonB,
            MuonC = muonC,
            AdamLearningRateRatio = adamLearningRateRatio,
            Momentum = momentum,
            NewtonSchulzSteps = newtonSchulzSteps,
            Nesterov = nesterov,
            RmsRate = rmsRate,
            WeightDecay = weightDecay,
            ExcludeFromWeightDecay = excludeFromWeightDecay ?? defaults.ExcludeFromWeightDecay,
            ClipNorm = clipNorm,
            GlobalClipNorm = globalClipNorm,
            ClipValue = clipValue,
            UseEma = useEma,
            EmaMomentum = emaMomentum,
            EmaOverwriteFrequency = emaOverwriteFrequency,
            LossScaleFactor = lossScaleFactor,
            GradientAccumulationSteps = gradientAccumulationSteps,
            LayerRates = layerRates ?? defaults.LayerRates,
        };
    }

    /// <summary>Adam with Nesterov's momentum. Dozat, 2015, http://cs229.stanford.edu/proj2015/054_report.pdf.</summary>
    /// <remarks>The momentum of step t is beta1 * (1 - 0.5 * 0.96^t). Keras: https://keras.io/api/optimizers/nadam/</remarks>
    /// <param name="learningRate">The step size: a number above 0, or a schedule over the steps. Default that of the class.</param>
    /// <param name="beta1">Decay of the mean of the gradient, in [0, 1). Default 0.9.</param>
    /// <param name="beta2">Decay of the mean of its square or size, in [0, 1). Default 0.999.</param>
    /// <param name="epsilon">Keeps the division finite, above 0. Default 1e-7.</param>
    /// <param name="weightDecay">Takes weightDecay * rate * weight off each weight before a step, apart from the gradient; null for none.
    /// Default null.</param>
    /// <param name="excludeFromWeightDecay">Which weights the decay leaves alone: those in whose name, "layer/weight", one of these texts
    /// appears, e.g. "bias". Default none.</param>
    /// <param name="clipNorm">The largest Euclidean norm of each weight's gradient; a longer one is shortened. Null for no limit. Default
    /// null.</param>
    /// <param name="globalClipNorm">The largest Euclidean norm of all gradients together; longer ones are shortened alike. Null for no
    /// limit. Default null.</param>
    /// <param name="clipValue">The largest absolute value of each element of a gradient. Null for no limit. Default null.</param>
    /// <param name="useEma">Whether a moving average of the weights is kept. Default false.</param>
    /// <param name="emaMomentum">The share of the old average that a step keeps, from 0 to 1. Default 0.99.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the averages overwrite the weights, at least 1; null for never during
    /// training. Default null.</param>
    /// <param name="lossScaleFactor">A fixed factor of the loss, taken out of the gradients again, that keeps small gradients in a short
    /// number format; null for none. Default null.</param>
    /// <param name="gradientAccumulationSteps">Over how many steps gradients are averaged before the weights change, at least 2; null for
    /// a change each step. Default null.</param>
    /// <param name="layerRates">Factors of the learning rate for the weights of single layers, e.g. small ones for what was trained
    /// before. Default none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Nadam Nadam(
        LearningRateSchedule? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-07,
        double? weightDecay = null,
        ImmutableArray<string>? excludeFromWeightDecay = null,
        double? clipNorm = null,
        double? globalClipNorm = null,
        double? clipValue = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        ImmutableArray<LayerRate>? layerRates = null)
    {
        var defaults = new Nadam();
        return defaults with
        {
            LearningRate = learningRate ?? defaults.LearningRate,
            Beta1 = beta1,
            Beta2 = beta2,
            Epsilon = epsilon,
            WeightDecay = weightDecay,
            ExcludeFromWeightDecay = excludeFromWeightDecay ?? defaults.ExcludeFromWeightDecay,
            ClipNorm = clipNorm,
            GlobalClipNorm = globalClipNorm,
            ClipValue = clipValue,
            UseEma = useEma,
            EmaMomentum = emaMomentum,
            EmaOverwriteFrequency = emaOverwriteFrequency,
            LossScaleFactor = lossScaleFactor,
            GradientAccumulationSteps = gradientAccumulationSteps,
            LayerRates = layerRates ?? defaults.LayerRates,
        };
    }

    /// <summary>Divides the gradient by the root of its running mean square. Hinton, 2012.</summary>
    /// <remarks>Epsilon is added inside the root. http://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf. Keras:
    /// https://keras.io/api/optimizers/rmsprop/</remarks>
    /// <param name="learningRate">The step size: a number above 0, or a schedule over the steps. Default that of the class.</param>
    /// <param name="rho">Decay of the running means, in [0, 1). Default 0.9.</param>
    /// <param name="momentum">The share of the last step that is repeated, in [0, 1). Default 0.</param>
    /// <param name="epsilon">Keeps the division finite, above 0. Default 1e-7.</param>
    /// <param name="centered">Whether the square of the mean gradient is taken off the mean square: the variance. Default false.</param>
    /// <param name="weightDecay">Takes weightDecay * rate * weight off each weight before a step, apart from the gradient; null for none.
    /// Default null.</param>
    /// <param name="excludeFromWeightDecay">Which weights the decay leaves alone: those in whose name, "layer/weight", one of these texts
    /// appears, e.g. "bias". Default none.</param>
    /// <param name="clipNorm">The largest Euclidean norm of each weight's gradient; a longer one is shortened. Null for no limit. Default
    /// null.</param>
    /// <param name="globalClipNorm">The largest Euclidean norm of all gradients together; longer ones are shortened alike. Null for no
    /// limit. Default null.</param>
    /// <param name="clipValue">The largest absolute value of each element of a gradient. Null for no limit. Default null.</param>
    /// <param name="useEma">Whether a moving average of the weights is kept. Default false.</param>
    /// <param name="emaMomentum">The share of the old average that a step keeps, from 0 to 1. Default 0.99.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the averages overwrite the weights, at least 1; null for never during
    /// training. Default null.</param>
    /// <param name="lossScaleFactor">A fixed factor of the loss, taken out of the gradients again, that keeps small gradients in a short
    /// number format; null for none. Default null.</param>
    /// <param name="gradientAccumulationSteps">Over how many steps gradients are averaged before the weights change, at least 2; null for
    /// a change each step. Default null.</param>
    /// <param name="layerRates">Factors of the learning rate for the weights of single layers, e.g. small ones for what was trained
    /// before. Default none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static RMSprop RMSprop(
        LearningRateSchedule? learningRate = null,
        double rho = 0.9,
        double momentum = 0,
        double epsilon = 1e-07,
        bool centered = false,
        double? weightDecay = null,
        ImmutableArray<string>? excludeFromWeightDecay = null,
        double? clipNorm = null,
        double? globalClipNorm = null,
        double? clipValue = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        ImmutableArray<LayerRate>? layerRates = null)
    {
        var defaults = new RMSprop();
        return defaults with
        {
            LearningRate = learningRate ?? defaults.LearningRate,
            Rho = rho,
            Momentum = momentum,
            Epsilon = epsilon,
            Centered = centered,
            WeightDecay = weightDecay,
            ExcludeFromWeightDecay = excludeFromWeightDecay ?? defaults.ExcludeFromWeightDecay,
            ClipNorm = clipNorm,
            GlobalClipNorm = globalClipNorm,
            ClipValue = clipValue,
            UseEma = useEma,
            EmaMomentum = emaMomentum,
            EmaOverwriteFrequency = emaOverwriteFrequency,
            LossScaleFactor = lossScaleFactor,
            GradientAccumulationSteps = gradientAccumulationSteps,
            LayerRates = layerRates ?? defaults.LayerRates,
        };
    }

    /// <summary>Adam that needs no schedule: it steps a sequence of its own, and averages it. Defazio and others, 2024,
    /// https://arxiv.org/abs/2405.15682.</summary>
    /// <remarks>While training the weights lie between the stepped sequence ("momentum") and its average; for measuring and predicting the
    /// average itself is better: a live model's SwapToEvaluation makes the weights the average, SwapToTraining undoes it, as in Keras.
    /// Keras: https://keras.io/api/optimizers/</remarks>
    /// <param name="learningRate">The step size: a number above 0, or a schedule over the steps. Default that of the class.</param>
    /// <param name="beta1">How near the weights lie to the average while training, above 0 and at most 1. Default 0.9.</param>
    /// <param name="beta2">Decay of the mean square of the gradient, in [0, 1). Default 0.999.</param>
    /// <param name="epsilon">Keeps the division finite, above 0. Default 1e-8.</param>
    /// <param name="warmupSteps">Over how many changes of the weights the rate climbs to its value, at least 0. Default 0. Weight decay
    /// does not climb.</param>
    /// <param name="weightDecay">Takes weightDecay * rate * weight off each weight before a step, apart from the gradient; null for none.
    /// Default null.</param>
    /// <param name="excludeFromWeightDecay">Which weights the decay leaves alone: those in whose name, "layer/weight", one of these texts
    /// appears, e.g. "bias". Default none.</param>
    /// <param name="clipNorm">The largest Euclidean norm of each weight's gradient; a longer one is shortened. Null for no limit. Default
    /// null.</param>
    /// <param name="globalClipNorm">The largest Euclidean norm of all gradients together; longer ones are shortened alike. Null for no
    /// limit. Default null.</param>
    /// <param name="clipValue">The largest absolute value of each element of a gradient. Null for no limit. Default null.</param>
    /// <param name="useEma">Whether a moving average of the weights is kept. Default false.</param>
    /// <param name="emaMomentum">The share of the old average that a step keeps, from 0 to 1. Default 0.99.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the averages overwrite the weights, at least 1; null for never during
    /// training. Default null.</param>
    /// <param name="lossScaleFactor">A fixed factor of the loss, taken out of the gradients again, that keeps small gradients in a short
    /// number format; null for none. Default null.</param>
    /// <param name="gradientAccumulationSteps">Over how many steps gradients are averaged before the weights change, at least 2; null for
    /// a change each step. Default null.</param>
    /// <param name="layerRates">Factors of the learning rate for the weights of single layers, e.g. small ones for what was trained
    /// before. Default none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static ScheduleFreeAdamW ScheduleFreeAdamW(
        LearningRateSchedule? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-08,
        int warmupSteps = 0,
        double? weightDecay = null,
        ImmutableArray<string>? excludeFromWeightDecay = null,
        double? clipNorm = null,
        double? globalClipNorm = null,
        double? clipValue = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        ImmutableArray<LayerRate>? layerRates = null)
    {
        var defaults = new ScheduleFreeAdamW();
        return defaults with
        {
            LearningRate = learningRate ?? defaults.LearningRate,
            Beta1 = beta1,
            Beta2 = beta2,
            Epsilon = epsilon,
            WarmupSteps = warmupSteps,
            WeightDecay = weightDecay,
            ExcludeFromWeightDecay = excludeFromWeightDecay ?? defaults.ExcludeFromWeightDecay,
            ClipNorm = clipNorm,
            GlobalClipNorm = globalClipNorm,
            ClipValue = clipValue,
            UseEma = useEma,
            EmaMomentum = emaMomentum,
            EmaOverwriteFrequency = emaOverwriteFrequency,
            LossScaleFactor = lossScaleFactor,
            GradientAccumulationSteps = gradientAccumulationSteps,
            LayerRates = layerRates ?? defaults.LayerRates,
        };
    }

    /// <summary>Stochastic gradient descent: w += m with m = momentum * m - rate * gradient.</summary>
    /// <remarks>The rate is part of what the momentum keeps, so that a new rate does not change past steps. Keras:
    /// https://keras.io/api/optimizers/sgd/</remarks>
    /// <param name="learningRate">The step size: a number above 0, or a schedule over the steps. Default that of the class.</param>
    /// <param name="momentum">The share of the last step that is repeated, in [0, 1). Default 0.</param>
    /// <param name="nesterov">Whether the gradient is followed from where the momentum leads: w += momentum * m - rate * gradient. Default
    /// false.</param>
    /// <param name="weightDecay">Takes weightDecay * rate * weight off each weight before a step, apart from the gradient; null for none.
    /// Default null.</param>
    /// <param name="excludeFromWeightDecay">Which weights the decay leaves alone: those in whose name, "layer/weight", one of these texts
    /// appears, e.g. "bias". Default none.</param>
    /// <param name="clipNorm">The largest Euclidean norm of each weight's gradient; a longer one is shortened. Null for no limit. Default
    /// null.</param>
    /// <param name="globalClipNorm">The largest Euclidean norm of all gradients together; longer ones are shortened alike. Null for no
    /// limit. Default null.</param>
    /// <param name="clipValue">The largest absolute value of each element of a gradient. Null for no limit. Default null.</param>
    /// <param name="useEma">Whether a moving average of the weights is kept. Default false.</param>
    /// <param name="emaMomentum">The share of the old average that a step keeps, from 0 to 1. Default 0.99.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the averages overwrite the weights, at least 1; null for never during
    /// training. Default null.</param>
    /// <param name="lossScaleFactor">A fixed factor of the loss, taken out of the gradients again, that keeps small gradients in a short
    /// number format; null for none. Default null.</param>
    /// <param name="gradientAccumulationSteps">Over how many steps gradients are averaged before the weights change, at least 2; null for
    /// a change each step. Default null.</param>
    /// <param name="layerRates">Factors of the learning rate for the weights of single layers, e.g. small ones for what was trained
    /// before. Default none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Sgd Sgd(
        LearningRateSchedule? learningRate = null,
        double momentum = 0,
        bool nesterov = false,
        double? weightDecay = null,
        ImmutableArray<string>? excludeFromWeightDecay = null,
        double? clipNorm = null,
        double? globalClipNorm = null,
        double? clipValue = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        ImmutableArray<LayerRate>? layerRates = null)
    {
        var defaults = new Sgd();
        return defaults with
        {
            LearningRate = learningRate ?? defaults.LearningRate,
            Momentum = momentum,
            Nesterov = nesterov,
            WeightDecay = weightDecay,
            ExcludeFromWeightDecay = excludeFromWeightDecay ?? defaults.ExcludeFromWeightDecay,
            ClipNorm = clipNorm,
            GlobalClipNorm = globalClipNorm,
            ClipValue = clipValue,
            UseEma = useEma,
            EmaMomentum = emaMomentum,
            EmaOverwriteFrequency = emaOverwriteFrequency,
            LossScaleFactor = lossScaleFactor,
            GradientAccumulationSteps = gradientAccumulationSteps,
            LayerRates = layerRates ?? defaults.LayerRates,
        };
    }
}
