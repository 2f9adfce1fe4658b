namespace DeepGpu;

/// <summary>Pseudo-random numbers that are the same on every platform and .NET release. SplitMix64: Steele et al., 2014.</summary>
internal sealed class StableRandom
{
    private ulong _state;

    public StableRandom(params ReadOnlySpan<long> seeds)
    {
        foreach (var seed in seeds) _state = Mix(_state + 0x9E3779B97F4A7C15 + (ulong)seed);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [low, high).</summary>
    public double NextDouble(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>Uniform in 0..limit-1.</summary>
    public int NextInt(int limit) => (int)Math.BigMul(NextBits(), (ulong)limit, out _);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
