using System.Collections.Immutable;
using System.Globalization;

namespace DeepGpu.Models;

/// <summary>One or several axes by number, negative counting from the end. The default is axis 0.</summary>
public readonly struct Axes : IEquatable<Axes>
{
    private readonly ImmutableArray<int> _numbers;

    /// <summary>Names some axes.</summary>
    public Axes(params ReadOnlySpan<int> numbers) => _numbers = [.. numbers];

    /// <summary>The axes as given.</summary>
    public ImmutableArray<int> Numbers => _numbers.IsDefaultOrEmpty ? [0] : _numbers;

    /// <summary>One axis.</summary>
    public static implicit operator Axes(int axis) => new(axis);

    /// <summary>Whether the same axes are named.</summary>
    public static bool operator ==(Axes left, Axes right) => left.Equals(right);

    /// <summary>Whether other axes are named.</summary>
    public static bool operator !=(Axes left, Axes right) => !left.Equals(right);

    /// <summary>The axes counted from 0 in a shape.</summary>
    /// <exception cref="ShapeException">The shape has no such axis.</exception>
    public ImmutableArray<int> In(int rank) => [.. Numbers.Select(axis => Resolve(axis, rank))];

    /// <summary>The lengths of the axes in a shape, all known.</summary>
    /// <exception cref="ShapeException">The shape has no such axis, or a length is open.</exception>
    internal int[] KnownIn(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return [.. In(shape.Rank).Select(shape.Known)];
    }

    /// <summary>One axis counted from 0 in a shape.</summary>
    /// <exception cref="ShapeException">The shape has no such axis.</exception>
    internal static int Resolve(int axis, int rank)
    {
        var resolved = axis < 0 ? axis + rank : axis;
        return resolved >= 0 && resolved < rank
            ? resolved
            : throw new ShapeException($"an input that has axis {axis}",
                "Name an axis the input has; negative numbers count from the end.");
    }

    /// <inheritdoc/>
    public bool Equals(Axes other) => Numbers.SequenceEqual(other.Numbers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Axes other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Numbers.Aggregate(Numbers.Length, HashCode.Combine);

    /// <summary>The numbers, e.g. "(1, 2)".</summary>
    public override string ToString()
        => Numbers.Length == 1 ? Numbers[0].ToString(CultureInfo.InvariantCulture) : $"({string.Join(", ", Numbers)})";
}
