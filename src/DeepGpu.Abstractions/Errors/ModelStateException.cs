namespace DeepGpu;

/// <summary>A call came at the wrong moment of an object's life: training before <c>Compile</c>, for example.</summary>
public class ModelStateException : InvalidOperationException, IFaultSource
{
    /// <summary>Makes an exception whose message is the fault's text.</summary>
    public ModelStateException(Fault fault, Exception? innerException = null)
        : base(fault?.ToString(), innerException)
    {
        ArgumentNullException.ThrowIfNull(fault);
        Fault = fault;
    }

    /// <inheritdoc/>
    public Fault Fault { get; }
}
