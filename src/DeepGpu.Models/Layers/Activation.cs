namespace DeepGpu.Models;

/// <summary>A function after a layer: element by element, or along the last axis for softmax, log-softmax, sparsemax and GLU.</summary>
/// <remarks>Keras: https://keras.io/api/layers/activations/. Parameters of a function are those Keras uses when it is named by a
/// string; a layer such as <see cref="LeakyReLU"/> sets others.</remarks>
public enum Activation
{
    /// <summary>x.</summary>
    Linear,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>min(max(x, 0), 6).</summary>
    Relu6,

    /// <summary>x where x >= 0, else 0.2 x.</summary>
    LeakyRelu,

    /// <summary>1 / (1 + e^-x).</summary>
    Sigmoid,

    /// <summary>clip(x / 6 + 0.5, 0, 1): Keras 3's form.</summary>
    HardSigmoid,

    /// <summary>clip(0.2 x + 0.5, 0, 1): the form of Keras 1 and 2, met in their files as "hard_sigmoid".</summary>
    LegacyHardSigmoid,

    /// <summary>log(1 / (1 + e^-x)).</summary>
    LogSigmoid,

    /// <summary>0 below -1, 1 above 1, (x + 1) / 2 between.</summary>
    SparseSigmoid,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>clip(x, -1, 1).</summary>
    HardTanh,

    /// <summary>x - tanh(x).</summary>
    TanhShrink,

    /// <summary>e^x over its sum along the last axis.</summary>
    Softmax,

    /// <summary>The logarithm of the softmax along the last axis.</summary>
    LogSoftmax,

    /// <summary>The projection onto the probability simplex along the last axis. Martins and Astudillo, 2016.</summary>
    Sparsemax,

    /// <summary>log(1 + e^x).</summary>
    Softplus,

    /// <summary>x / (1 + |x|).</summary>
    Softsign,

    /// <summary>(x + sqrt(x^2 + 4)) / 2. Barron, 2021.</summary>
    Squareplus,

    /// <summary>0 below -1, x above 1, (x + 1)^2 / 4 between.</summary>
    SparsePlus,

    /// <summary>e^x.</summary>
    Exponential,

    /// <summary>x where x > 0, else e^x - 1.</summary>
    Elu,

    /// <summary>1.0507 x where x > 0, else 1.7581 (e^x - 1). Klambauer et al., 2017.</summary>
    Selu,

    /// <summary>x where x > 0, else e^x - 1 (alpha 1). Barron, 2017.</summary>
    Celu,

    /// <summary>x times the normal distribution's cumulative probability, by the error function. Hendrycks and Gimpel, 2016.</summary>
    Gelu,

    /// <summary>The last axis's first half times the sigmoid of its second half. Dauphin et al., 2016.</summary>
    Glu,

    /// <summary>x sigmoid(x), also called swish. Ramachandran et al., 2017.</summary>
    Silu,

    /// <summary>x clip(x / 6 + 0.5, 0, 1), also called hard swish. Howard et al., 2019.</summary>
    HardSilu,

    /// <summary>x tanh(log(1 + e^x)). Misra, 2019.</summary>
    Mish,

    /// <summary>x where |x| > 0.5, else 0.</summary>
    HardShrink,

    /// <summary>x - 0.5 above 0.5, x + 0.5 below -0.5, else 0.</summary>
    SoftShrink,

    /// <summary>x where x > 0, else 0 (Keras's default threshold and value).</summary>
    Threshold,

    /// <summary><see cref="Gelu"/> by an approximation, x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2: gelu_approximate in KerasHub,
    /// "gelu_new" in Hugging Face's files.</summary>
    GeluApproximate,
}
