namespace DeepGpu;

/// <summary>How much of a weight file and a model must belong together.</summary>
public enum WeightLoading
{
    /// <summary>Every weight has its tensor and every tensor its weight.</summary>
    Strict,

    /// <summary>Every weight has its tensor; the file may hold more, a classifier for example that the model does not have.</summary>
    AllowUnused,

    /// <summary>What fits is loaded, the rest is reported. Something must fit.</summary>
    Lenient,
}
