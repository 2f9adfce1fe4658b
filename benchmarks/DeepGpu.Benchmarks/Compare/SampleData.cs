namespace DeepGpu.Benchmarks;

/// <summary>Random samples, the same for every contender. What is learned does not matter here.</summary>
internal static class SampleData
{
    /// <summary>Values from 0 to 1, (samples, ...).</summary>
    public static float[] Inputs(Network network)
    {
        var random = new Random(1);
        var values = new float[network.Samples * network.Shape.Aggregate((a, b) => a * b)];
        for (var i = 0; i < values.Length; i++) values[i] = random.NextSingle();
        return values;
    }

    /// <summary>Class indices for images.</summary>
    public static long[] Classes(Network network)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, network.Samples).Select(_ => (long)random.Next(Network.Classes))];
    }

    /// <summary>Numbers for sequences.</summary>
    public static float[] Numbers(Network network)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, network.Samples).Select(_ => random.NextSingle())];
    }
}
