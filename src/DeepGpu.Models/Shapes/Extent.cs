using System.Collections.Immutable;
using System.Globalization;

namespace DeepGpu.Models;

/// <summary>One length per spatial axis: a kernel, a stride, a window. A single number means that number on every axis.</summary>
public readonly struct Extent : IEquatable<Extent>
{
    private readonly ImmutableArray<int> _lengths;

    /// <summary>Creates an extent from one length per axis.</summary>
    public Extent(params ReadOnlySpan<int> lengths) => _lengths = [.. lengths];

    /// <summary>One length per axis; a single one where the same holds on every axis.</summary>
    public ImmutableArray<int> Lengths => _lengths.IsDefault ? [] : _lengths;

    /// <summary>The length on one axis.</summary>
    public int this[int axis] => Lengths.Length == 1 ? Lengths[0] : Lengths[axis];

    /// <summary>The product of the lengths over a number of axes: 9 for a 3x3 kernel.</summary>
    public int Volume(int rank) => Over(rank).Aggregate(1, (product, length) => checked(product * length));

    /// <summary>The lengths written out for a number of axes.</summary>
    public ImmutableArray<int> Over(int rank)
    {
        var lengths = Lengths;
        return lengths.Length == 1 ? [.. Enumerable.Repeat(lengths[0], rank)] : lengths;
    }

    /// <summary>The same length on every axis.</summary>
    public static implicit operator Extent(int length) => new(length);

    /// <summary>Height and width.</summary>
    public static implicit operator Extent((int Height, int Width) lengths) => new(lengths.Height, lengths.Width);

    /// <summary>Depth, height and width.</summary>
    public static implicit operator Extent((int Depth, int Height, int Width) lengths) => new(lengths.Depth, lengths.Height, lengths.Width);

    /// <summary>Whether two extents are written with the same lengths.</summary>
    public static bool operator ==(Extent left, Extent right) => left.Equals(right);

    /// <summary>Whether two extents are written with different lengths.</summary>
    public static bool operator !=(Extent left, Extent right) => !left.Equals(right);

    /// <summary>The extent, if it fits a number of axes and every length is at least <paramref name="minimum"/>.</summary>
    internal Extent Checked(int rank, int minimum, string owner, string name)
    {
        var lengths = Lengths;
        if (lengths.Length != 1 && lengths.Length != rank)
            throw Require.OutOfRange(owner, name, rank == 1 ? "1 length" : $"1 or {rank} lengths", this);
        foreach (var length in lengths)
        {
            if (length < minimum) throw Require.OutOfRange(owner, name, $"at least {minimum} on every axis", this);
        }

        return new(Over(rank).AsSpan());
    }

    /// <inheritdoc/>
    public bool Equals(Extent other) => Lengths.SequenceEqual(other.Lengths);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Extent other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Lengths.Aggregate(Lengths.Length, HashCode.Combine);

    /// <summary>The lengths, e.g. "3x3".</summary>
    public override string ToString() => string.Join('x', Lengths.Select(l => l.ToString(CultureInfo.InvariantCulture)));
}
