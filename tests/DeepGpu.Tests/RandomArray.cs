namespace DeepGpu.Tests;

/// <summary>Arrays of numbers that follow from a seed.</summary>
internal static class RandomArray
{
    /// <summary>Numbers in single precision, from low up to high.</summary>
    public static NDArray Between(double low, double high, int seed, params int[] shape)
    {
        var random = new Random(seed);
        return NDArray.From<float>([.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b))
            .Select(_ => (float)(random.NextDouble() * (high - low) + low))], shape);
    }
}
