namespace DeepGpu.Models;

/// <summary>In which number formats a layer computes and keeps its weights, as in Keras's dtype policies:
/// https://keras.io/api/mixed_precision/</summary>
public enum PrecisionPolicy
{
    /// <summary>Single precision throughout.</summary>
    Float32,

    /// <summary>Computes in half precision, keeps weights in single precision; training scales the loss.</summary>
    MixedFloat16,

    /// <summary>Computes in bfloat16, keeps weights in single precision.</summary>
    MixedBFloat16,

    /// <summary>Half precision throughout.</summary>
    Float16,

    /// <summary>bfloat16 throughout.</summary>
    BFloat16,

    /// <summary>Double precision throughout, for checking gradients.</summary>
    Float64,
}
