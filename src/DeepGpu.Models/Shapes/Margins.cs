using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>Positions before and after, per spatial axis. A single number means that many on every side.</summary>
public readonly struct Margins : IEquatable<Margins>
{
    private readonly ImmutableArray<(int Before, int After)> _sides;

    /// <summary>Names both sides of each axis.</summary>
    public Margins(params ReadOnlySpan<(int Before, int After)> sides) => _sides = [.. sides];

    /// <summary>Both sides of each axis; a single pair where the same holds on every axis. Default 1 on every side.</summary>
    public ImmutableArray<(int Before, int After)> Sides => _sides.IsDefaultOrEmpty ? [(1, 1)] : _sides;

    /// <summary>Both sides of one axis.</summary>
    public (int Before, int After) this[int axis] => Sides.Length == 1 ? Sides[0] : Sides[axis];

    /// <summary>The same number on every side.</summary>
    public static implicit operator Margins(int amount) => new((amount, amount));

    /// <summary>Both sides of an only axis.</summary>
    public static implicit operator Margins((int Before, int After) sides) => new(sides);

    /// <summary>Both sides of height and of width.</summary>
    public static implicit operator Margins(((int Before, int After) Height, (int Before, int After) Width) sides)
        => new(sides.Height, sides.Width);

    /// <summary>Whether the same amounts are given.</summary>
    public static bool operator ==(Margins left, Margins right) => left.Equals(right);

    /// <summary>Whether other amounts are given.</summary>
    public static bool operator !=(Margins left, Margins right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Margins other) => Sides.SequenceEqual(other.Sides);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Margins other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Sides.Aggregate(Sides.Length, HashCode.Combine);

    /// <summary>The amounts, e.g. "((1, 1), (2, 2))".</summary>
    public override string ToString() => $"({string.Join(", ", Sides)})";

    /// <summary>These margins, or the same number on every side where none were given.</summary>
    internal Margins Or(int amount) => _sides.IsDefaultOrEmpty ? amount : this;

    internal Margins Checked(int spatial, string owner, string name)
    {
        var value = this;
        if (Sides.Length != 1 && Sides.Length != spatial) throw Require.OutOfRange(owner, name, $"a pair for each of {spatial} axes", this);
        if (Sides.Any(side => side.Before < 0 || side.After < 0)) throw Require.OutOfRange(owner, name, "at least 0 on every side", this);
        return new([.. Enumerable.Range(0, spatial).Select(axis => value[axis])]);
    }
}
