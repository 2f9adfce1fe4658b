using Microsoft.ML.OnnxRuntime;

namespace DeepGpu.OnnxRuntime;

/// <summary>Starts ONNX Runtime's sessions.</summary>
internal static class SessionMaking
{
    private static readonly Dictionary<ExecutionProvider, (string Name, string Package)> Providers = new()
    {
        [ExecutionProvider.Cpu] = ("CPUExecutionProvider", "Microsoft.ML.OnnxRuntime"),
        [ExecutionProvider.Cuda] = ("CUDAExecutionProvider", "Microsoft.ML.OnnxRuntime.Gpu and install CUDA and cuDNN"),
        [ExecutionProvider.DirectML] = ("DmlExecutionProvider", "Microsoft.ML.OnnxRuntime.DirectML on Windows"),
        [ExecutionProvider.CoreML] = ("CoreMLExecutionProvider", "Microsoft.ML.OnnxRuntime on macOS"),
    };

    /// <summary>A session of a model's bytes, whose faults are this library's.</summary>
    /// <param name="make">Makes the session.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="source">The file, or what the bytes are.</param>
    public static InferenceSession Start(Func<SessionOptions, InferenceSession> make, OnnxPredictorOptions options, string? source)
    {
        try
        {
            using var settings = Settings(options);
            return make(settings);
        }
        catch (OnnxRuntimeException e)
        {
            throw Unreadable(source, e);
        }
        catch (Exception e) when (IsMissing(e))
        {
            throw Missing(e);
        }
    }

    private static bool IsMissing(Exception e) => e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException
        || e is TypeInitializationException { InnerException: { } inner } && IsMissing(inner);

    private static SessionOptions Settings(OnnxPredictorOptions options)
    {
        RequireProvider(options.Provider);
        var settings = new SessionOptions();
        try
        {
            if (options.Threads is { } threads) settings.IntraOpNumThreads = threads;
            if (options.ParallelOperators is { } operators)
                (settings.ExecutionMode, settings.InterOpNumThreads) = (ExecutionMode.ORT_PARALLEL, operators);
            Append(settings, options);
            return settings;
        }
        catch
        {
            settings.Dispose();
            throw;
        }
    }

    private static void Append(SessionOptions settings, OnnxPredictorOptions options)
    {
        try
        {
            switch (options.Provider)
            {
                case ExecutionProvider.Cuda: settings.AppendExecutionProvider_CUDA(options.DeviceIndex); break;
                case ExecutionProvider.DirectML:
                    settings.EnableMemoryPattern = false;
                    settings.ExecutionMode = ExecutionMode.ORT_SEQUENTIAL;
                    settings.AppendExecutionProvider_DML(options.DeviceIndex);
                    break;
                case ExecutionProvider.CoreML: settings.AppendExecutionProvider("CoreML", new Dictionary<string, string>()); break;
                default: break;
            }
        }
        catch (OnnxRuntimeException e)
        {
            throw Unavailable(options.Provider, $"this machine cannot start it: {PrintableText.Of(e.Message)}", e);
        }
    }

    private static void RequireProvider(ExecutionProvider provider)
    {
        if (!Providers.TryGetValue(provider, out var known))
            throw Require.OutOfRange(nameof(OnnxPredictorOptions), nameof(provider), "one of ONNX Runtime's", provider);
        var available = OrtEnv.Instance().GetAvailableProviders();
        if (!available.Contains(known.Name)) throw Unavailable(provider, $"this engine has {string.Join(", ", available)}.", null);
    }

    private static DeepGpuException Unavailable(ExecutionProvider provider, string received, Exception? cause) => new(new Fault(
        "onnx_provider",
        $"A model runs by {provider} where the engine and the machine have it,",
        $"but {received}",
        $"Reference {Providers[provider].Package}, or choose ExecutionProvider.Cpu."), cause);

    private static DeepGpuException Missing(Exception cause) => new(new Fault(
        "onnx_engine",
        "ONNX Runtime's native library must lie beside the program,",
        $"but it cannot be loaded: {PrintableText.Of((cause.InnerException ?? cause).Message)}",
        "Reference the package Microsoft.ML.OnnxRuntime in the application."), cause);

    private static ModelFormatException Unreadable(string? source, Exception cause) => new(new Fault(
        "onnx_model",
        "ONNX Runtime must read the model,",
        $"but it says: {PrintableText.Of(cause.Message)}",
        "Check the file with another tool; write it again with a lower opset where an operator is unknown."), source,
        innerException: cause);
}
