namespace DeepGpu.Models;

/// <summary>An element-wise (or, for softmax, last-axis) function after a layer. Keras: https://keras.io/api/layers/activations/</summary>
public enum Activation
{
    /// <summary>x.</summary>
    Linear,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>1 / (1 + e^-x).</summary>
    Sigmoid,

    /// <summary>e^x over its sum along the last axis.</summary>
    Softmax,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}
