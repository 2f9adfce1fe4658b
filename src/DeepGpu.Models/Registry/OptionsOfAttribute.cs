namespace DeepGpu.Models;

/// <summary>Says that a class has the options of another from which it cannot derive: eng/Generate writes them out.</summary>
/// <param name="source">The class that declares them.</param>
/// <param name="except">Options that it does not have. Without any, it can make an object of the other class with its options.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class OptionsOfAttribute(Type source, params string[] except) : Attribute
{
    /// <summary>The class that declares them.</summary>
    public Type Source { get; } = source;

    /// <summary>Options that it does not have.</summary>
    public string[] Except { get; } = except;
}
