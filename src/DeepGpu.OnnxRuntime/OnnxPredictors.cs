namespace DeepGpu;

/// <summary>From a live model to a predictor.</summary>
public static class OnnxPredictors
{
    /// <summary>The model as it is now, for ONNX Runtime, without a file. What is trained afterwards does not reach it.</summary>
    /// <param name="model">A model.</param>
    /// <param name="options">How the predictor runs. Default <see cref="OnnxPredictorOptions.Default"/>.</param>
    /// <param name="format">How the model is written. Default <see cref="OnnxOptions.Default"/>.</param>
    /// <exception cref="DeepGpuException">ONNX cannot express a layer, or the native library or the execution provider is
    /// missing.</exception>
    public static OnnxPredictor ToOnnxPredictor(this Model model, OnnxPredictorOptions? options = null, OnnxOptions? format = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return OnnxPredictor.Load(model.ToOnnx(format), options);
    }
}
