using System.Globalization;

namespace DeepGpu;

/// <summary>An amount of memory or storage. Not a rate: see <see cref="Bandwidth"/>.</summary>
/// <remarks>Held in bytes. A card's "24 GB" is 24 GiB here: graphics memory is counted in powers of two.</remarks>
public readonly record struct ByteSize : IComparable<ByteSize>
{
    private const double Mebi = 1024.0 * 1024.0;
    private const double Gibi = Mebi * 1024.0;

    private ByteSize(long bytes) => Bytes = bytes;

    /// <summary>The amount in bytes.</summary>
    public long Bytes { get; }

    /// <summary>The amount in MiB (2^20 bytes).</summary>
    public double Mebibytes => Bytes / Mebi;

    /// <summary>The amount in GiB (2^30 bytes).</summary>
    public double Gibibytes => Bytes / Gibi;

    /// <summary>No bytes at all.</summary>
    public static ByteSize Zero => default;

    /// <summary>Makes an amount from bytes.</summary>
    public static ByteSize FromBytes(long bytes) => new(bytes);

    /// <summary>Makes an amount from MiB (2^20 bytes), rounded to a whole byte.</summary>
    public static ByteSize FromMebibytes(double mebibytes) => new(checked((long)Math.Round(mebibytes * Mebi)));

    /// <summary>Makes an amount from GiB (2^30 bytes), rounded to a whole byte.</summary>
    public static ByteSize FromGibibytes(double gibibytes) => new(checked((long)Math.Round(gibibytes * Gibi)));

    /// <summary>The sum of two amounts.</summary>
    public static ByteSize operator +(ByteSize left, ByteSize right) => new(checked(left.Bytes + right.Bytes));

    /// <summary>The difference of two amounts; may be negative (memory that is missing).</summary>
    public static ByteSize operator -(ByteSize left, ByteSize right) => new(checked(left.Bytes - right.Bytes));

    /// <summary>An amount scaled by a factor, rounded to a whole byte.</summary>
    public static ByteSize operator *(ByteSize size, double factor) => new(checked((long)Math.Round(size.Bytes * factor)));

    /// <summary>The ratio of two amounts.</summary>
    public static double operator /(ByteSize left, ByteSize right) => (double)left.Bytes / right.Bytes;

    /// <summary>The time it takes to move an amount at a rate.</summary>
    public static TimeSpan operator /(ByteSize size, Bandwidth rate) => TimeSpan.FromSeconds(size.Bytes / rate.BytesPerSecond);

    /// <summary>Whether the left amount is the smaller.</summary>
    public static bool operator <(ByteSize left, ByteSize right) => left.Bytes < right.Bytes;

    /// <summary>Whether the left amount is the larger.</summary>
    public static bool operator >(ByteSize left, ByteSize right) => left.Bytes > right.Bytes;

    /// <summary>Whether the left amount is not the larger.</summary>
    public static bool operator <=(ByteSize left, ByteSize right) => left.Bytes <= right.Bytes;

    /// <summary>Whether the left amount is not the smaller.</summary>
    public static bool operator >=(ByteSize left, ByteSize right) => left.Bytes >= right.Bytes;

    /// <inheritdoc/>
    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    /// <summary>The amount with the largest binary unit that leaves at least 1, e.g. "24 GiB", "364.5 KiB".</summary>
    public override string ToString()
    {
        ReadOnlySpan<string> units = ["B", "KiB", "MiB", "GiB", "TiB"];
        double value = Bytes;
        var unit = 0;
        for (; Math.Abs(value) >= 1024 && unit < units.Length - 1; unit++) value /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {units[unit]}");
    }
}
