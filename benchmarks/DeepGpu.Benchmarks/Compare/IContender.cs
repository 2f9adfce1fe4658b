namespace DeepGpu.Benchmarks;

/// <summary>One way to train and predict a network, in a process of its own.</summary>
internal interface IContender : IDisposable
{
    /// <summary>Trains for <see cref="Network.Epochs"/> epochs of <see cref="Network.Samples"/>, batches of 64,
    /// and waits until it is done.</summary>
    void Fit();

    /// <summary>Predicts the same samples as often, batches of 64.</summary>
    void Predict();

    /// <summary>Milliseconds from the description, or the file in memory, to the first prediction of one sample.</summary>
    double FirstMilliseconds => throw new NotSupportedException("This contender's first call is not measured.");

    /// <summary>Predicts <see cref="Network.Singles"/> of the samples one by one.</summary>
    void PredictOne() => throw new NotSupportedException("This contender predicts batches only.");
}

/// <summary>The contenders by name.</summary>
internal static class Contenders
{
    public const string DeepGpu = "deepgpu";
    /// <summary>This library without the check of its engine.</summary>
    public const string Trusting = "deepgpu+trust";

    public const string Idiomatic = "idiomatic";
    public const string IdiomaticTuned = "idiomatic+allocator";
    public const string Floor = "floor";
    public const string PyTorch = "pytorch";
    public const string Before = "before";

    /// <summary>The exported network, by <see cref="OnnxPredictor"/>.</summary>
    public const string Predictor = "predictor";

    /// <summary>The exported network in a bare session of ONNX Runtime.</summary>
    public const string OnnxRuntime = "onnxruntime";

    /// <summary>Makes a contender; the allocator setting belongs to all but the untuned idiomatic loop.</summary>
    public static IContender Make(string name, Network network, Device device)
    {
        if (name != Idiomatic) AllocatorTuning.KeepLargeBlocks();
        return name switch
        {
            DeepGpu => new DeepGpuContender(network, device),
            Trusting => DeepGpuContender.Trusting(network, device),
#if !COMPARE_ONLY
            Predictor => new PredictorContender(network),
            OnnxRuntime => new SessionContender(network),
#endif
            Floor => new FloorContender(network, device),
            _ => new IdiomaticContender(network, device),
        };
    }
}
