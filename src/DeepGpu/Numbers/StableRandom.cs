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

    /// <summary>0..count-1 in random order (Fisher and Yates).</summary>
    public int[] Permutation(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>The same numbers behind .NET's own type, for functions that users write.
/// Every method draws from SplitMix64, so they are the same on every .NET release.</summary>
internal sealed class SampleRandom(params ReadOnlySpan<long> seeds) : Random(0)
{
    private readonly StableRandom _random = new(seeds);

    public override int Next() => _random.NextInt(int.MaxValue);

    public override int Next(int maxValue) => _random.NextInt(NotNegative(maxValue, nameof(maxValue)));

    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    public override long NextInt64() => NextInt64(long.MaxValue);

    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return minValue + (long)Math.BigMul(_random.NextBits(), (ulong)(maxValue - minValue), out _);
    }

    public override double NextDouble() => _random.NextDouble();

    public override float NextSingle() => (_random.NextBits() >> 40) * (1f / (1 << 24));

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        for (var i = 0; i < buffer.Length; i++) buffer[i] = (byte)_random.NextBits();
    }

    protected override double Sample() => _random.NextDouble();

    private static int NotNegative(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        return value;
    }
}
