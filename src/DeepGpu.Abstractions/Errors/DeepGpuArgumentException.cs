namespace DeepGpu;

/// <summary>An argument is outside its documented range. Not for files: see <see cref="ModelFormatException"/>.</summary>
public class DeepGpuArgumentException : ArgumentException, IFaultSource
{
    /// <summary>Makes an exception whose message is the fault's text, for the argument named.</summary>
    public DeepGpuArgumentException(Fault fault, string? parameterName, Exception? innerException = null)
        : base(fault?.ToString(), parameterName, innerException)
    {
        ArgumentNullException.ThrowIfNull(fault);
        Fault = fault;
    }

    /// <inheritdoc/>
    public Fault Fault { get; }

    /// <summary>The fault's text alone, without .NET's "(Parameter 'x')": the text already names the argument.</summary>
    public override string Message => Fault?.ToString() ?? base.Message;
}
