namespace DeepGpu.Models.Registry;

/// <summary>Says that a class has the options of another from which it cannot derive: eng/Generate writes them out, and how an object of
/// the other class gets them.</summary>
/// <param name="source">The class that declares them.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class OptionsOfAttribute(Type source) : Attribute
{
    /// <summary>The class that declares them.</summary>
    public Type Source { get; } = source;
}
