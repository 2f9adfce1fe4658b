using System.Collections.Immutable;

namespace DeepGpu.Formats;

/// <summary>An attribute of a group or dataset: texts or numbers. One of another type has neither.</summary>
/// <param name="Name">The name.</param>
public sealed record H5AttributeValue(string Name)
{
    /// <summary>The texts, in order; null if the attribute holds none. A single text is a list of one.</summary>
    public ImmutableArray<string>? Texts { get; init; }

    /// <summary>The numbers; null if the attribute holds none.</summary>
    public NDArray? Numbers { get; init; }
}
