using System.Collections.Immutable;

namespace DeepGpu.Models.Values;

/// <summary>A list that equals another with the same elements: what records keep their lists in,
/// whose own equality is by reference.</summary>
/// <typeparam name="T">The elements.</typeparam>
/// <param name="elements">The list; null for none.</param>
internal readonly struct ValueList<T>(ImmutableArray<T>? elements) : IEquatable<ValueList<T>>
{
    /// <summary>The list; null for none.</summary>
    public ImmutableArray<T>? Elements { get; } = elements is { IsDefault: true } ? [] : elements;

    /// <inheritdoc/>
    public bool Equals(ValueList<T> other)
        => Elements is { } mine && other.Elements is { } theirs ? mine.SequenceEqual(theirs) : Elements.HasValue == other.Elements.HasValue;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ValueList<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Elements is { } list ? list.Aggregate(list.Length, HashCode.Combine) : -1;
}
