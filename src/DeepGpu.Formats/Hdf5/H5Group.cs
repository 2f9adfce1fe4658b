using System.Collections.Immutable;

namespace DeepGpu.Formats;

/// <summary>A group of an HDF5 file: attributes, groups and datasets, in the order of their names.</summary>
/// <param name="Path">The path from the root, without a leading slash; empty for the root.</param>
public sealed record H5Group(string Path)
{
    /// <summary>The attributes.</summary>
    public ImmutableArray<H5AttributeValue> Attributes { get; init; } = [];

    /// <summary>The groups directly inside.</summary>
    public ImmutableArray<H5Group> Groups { get; init; } = [];

    /// <summary>The datasets directly inside; their names are paths from the root.</summary>
    public ImmutableArray<TensorEntry> Datasets { get; init; } = [];

    /// <summary>The last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The attribute of a name, or null.</summary>
    public H5AttributeValue? Attribute(string name) => Attributes.FirstOrDefault(attribute => attribute.Name == name);

    /// <summary>The group of a name or of a path below this one, or null.</summary>
    public H5Group? Group(string path)
        => path.Split('/').Aggregate((H5Group?)this, (group, name) => group?.Groups.FirstOrDefault(inner => inner.Name == name));

    /// <summary>This group and all below it.</summary>
    public IEnumerable<H5Group> All() => Groups.SelectMany(group => group.All()).Prepend(this);
}
