using DeepGpu.Models;

namespace DeepGpu.Runtime;

/// <summary>Which computations a layer asks of the engine that must be checked first.</summary>
internal static class EngineNeeds
{
    /// <summary>A user's own layer may compute anything.</summary>
    /// <param name="layer">The layer; what it wraps is asked for by itself.</param>
    public static EngineComputations Of(Layer layer) => layer switch
    {
        LSTM => EngineComputations.Recurrences,
        Convolution or TransposedConvolution or DepthwiseConvolution or SeparableConvolution or ConvLSTM => EngineComputations.Convolutions,
        _ => layer.GetType().Assembly == typeof(Layer).Assembly ? EngineComputations.None : EngineComputations.All,
    };
}
