namespace DeepGpu;

/// <summary>An exception of this library: it says which rule was broken, by what, and what to do.</summary>
public interface IFaultSource
{
    /// <summary>What is wrong.</summary>
    Fault Fault { get; }
}
