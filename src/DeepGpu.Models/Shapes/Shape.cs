using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>The lengths of a tensor's axes, the batch first; null where a length is not known before data arrives.</summary>
/// <remarks>Channels come last unless a layer says otherwise: (batch, height, width, channels), (batch, time, features).</remarks>
public sealed class Shape : IEquatable<Shape>
{
    /// <summary>Creates a shape from its axes, the batch first.</summary>
    public Shape(params IEnumerable<int?> axes)
    {
        Axes = [.. axes];
        foreach (var length in Axes)
        {
            if (length < 0) throw Require.OutOfRange(nameof(Shape), nameof(axes), "at least 0 on every axis", length);
        }
    }

    /// <summary>The axes, the batch first.</summary>
    public ImmutableArray<int?> Axes { get; }

    /// <summary>The number of axes, the batch included.</summary>
    public int Rank => Axes.Length;

    /// <summary>The length of an axis; null where unknown. Counts from the end with <c>shape[^1]</c>.</summary>
    public int? this[Index axis] => Axes[axis];

    /// <summary>The elements of one sample; null where an axis other than the batch is unknown.</summary>
    public long? SampleElements => Axes.Skip(1).Aggregate((long?)1, (product, length) => checked(product * length));

    /// <summary>All elements, the batch included; null where an axis is unknown.</summary>
    public long? Elements => Axes.Aggregate((long?)1, (product, length) => checked(product * length));

    /// <summary>The same shape with another length on one axis.</summary>
    public Shape With(Index axis, int? length) => new(Axes.SetItem(axis.GetOffset(Rank), length));

    /// <summary>The length of an axis that must be known.</summary>
    /// <param name="axis">The axis, negative counting from the end.</param>
    /// <exception cref="ShapeException">There is no such axis, or its length is open.</exception>
    internal int Known(int axis) => Axes[Models.Axes.Resolve(axis, Rank)]
        ?? throw new ShapeException($"a known length on axis {axis}", "Give the model's input a full shape.");

    /// <summary>Whether both may turn out to be one: as many axes, and no two known lengths that differ.</summary>
    internal bool Fits(Shape other) => Rank == other.Rank && !Axes.Zip(other.Axes).Any(axis => Differ(axis.First, axis.Second));

    /// <summary>Whether two lengths are known and differ.</summary>
    internal static bool Differ(int? left, int? right) => left is not null && right is not null && left != right;

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && Axes.SequenceEqual(other.Axes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => Axes.Aggregate(Rank, HashCode.Combine);

    /// <summary>The axes in words, e.g. "(batch, 28, 28, 1)" or "(batch, time, 10)".</summary>
    public override string ToString()
        => "("
            + string.Join(", ", Axes.Select((length, axis) =>
                length?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? UnknownName(axis)))
            + ")";

    private string UnknownName(int axis) => (axis, Rank) switch
    {
        (0, _) => "batch",
        (1, 3) => "time",
        (1, 4) => "height",
        (2, 4) => "width",
        _ => "any",
    };
}
