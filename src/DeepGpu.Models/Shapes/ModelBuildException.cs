namespace DeepGpu.Models;

/// <summary>A model cannot be built: every fault found, not only the first.</summary>
public sealed class ModelBuildException : DeepGpuException
{
    /// <summary>Creates an exception from all faults of a model.</summary>
    public ModelBuildException(IReadOnlyList<Fault> faults)
        : base(faults is [var first, ..] ? first : throw new ArgumentException("A build fault is needed.", nameof(faults)))
        => Faults = faults;

    /// <summary>Every fault, in the order of the layers.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>Every fault's text, one a line.</summary>
    public override string Message => Faults is null ? base.Message : string.Join(Environment.NewLine, Faults);
}
