namespace DeepGpu.Models;

/// <summary>The key of SipHash64: with another salt, categories fall into other bins. One number stands for two equal ones.</summary>
public readonly record struct HashSalt
{
    /// <summary>Creates a salt of two numbers.</summary>
    /// <param name="first">At least 0; should not be 0.</param>
    /// <param name="second">At least 0; should not be 0.</param>
    /// <exception cref="DeepGpuArgumentException">A number is below 0.</exception>
    public HashSalt(long first, long second) => (First, Second) = (Checked(first, nameof(first)), Checked(second, nameof(second)));

    /// <summary>The first number.</summary>
    public long First { get; }

    /// <summary>The second number.</summary>
    public long Second { get; }

    /// <summary>A salt of one number twice.</summary>
    public static implicit operator HashSalt(long both) => new(both, both);

    /// <summary>A salt of two numbers.</summary>
    public static implicit operator HashSalt((long First, long Second) pair) => new(pair.First, pair.Second);

    private static long Checked(long value, string name)
        => value >= 0 ? value : throw Require.OutOfRange(nameof(HashSalt), name, "at least 0", value);
}
