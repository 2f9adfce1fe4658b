namespace DeepGpu;

/// <summary>The base of this library's own exceptions. Wrong arguments throw <see cref="DeepGpuArgumentException"/> instead.</summary>
public class DeepGpuException : Exception, IFaultSource
{
    /// <summary>Makes an exception whose message is the fault's text.</summary>
    public DeepGpuException(Fault fault, Exception? innerException = null)
        : base(Checked(fault).ToString(), innerException) => Fault = fault;

    /// <inheritdoc/>
    public Fault Fault { get; }

    private static Fault Checked(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return fault;
    }
}
