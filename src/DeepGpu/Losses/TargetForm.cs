namespace DeepGpu;

/// <summary>The shape that targets need beside an output.</summary>
internal enum TargetForm
{
    /// <summary>Whatever the delegate or derived class makes of them.</summary>
    Any,

    /// <summary>The output's shape; a last axis of length 1 may be missing on either side.</summary>
    LikeOutput,

    /// <summary>The output's shape.</summary>
    OneHot,

    /// <summary>The output's shape without the axis of the classes; an axis of length 1 may stand in its place.</summary>
    ClassIndex,

    /// <summary>One-hot or class indices, told apart by shape.</summary>
    OneHotOrClassIndex,

    /// <summary>A row of labels for each sample, (batch, labels), beside an output (batch, time, classes).</summary>
    LabelSequence,

    /// <summary>A class for each sample, (batch) or (batch, 1), beside an output (batch, features).</summary>
    SampleClass,
}
