using DeepGpu;

namespace Listings;

/// <summary>Data made by code, so that every listing runs without a file.</summary>
public static class Examples
{
    /// <summary>Sequences of normal random numbers, (samples, steps, 10);
    /// the target is 1 where the first feature's sum over time is positive, else 0.</summary>
    public static Dataset Sequences(int count = 2_000, int steps = 20, int seed = 0)
    {
        const int Features = 10;
        var random = new Random(seed);
        var values = new float[count * steps * Features];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        var targets = Enumerable.Range(0, count)
            .Select(sample => Enumerable.Range(0, steps).Sum(step => values[(sample * steps + step) * Features]) > 0 ? 1f : 0f).ToArray();
        return Dataset.FromArrays(NDArray.From<float>(values, count, steps, Features), NDArray.From<float>(targets, count, 1));
    }

    /// <summary>Images of noise in 0..1, (samples, 224, 224, 3), of the classes 0, 1, 2, ...</summary>
    public static Dataset Photos(int count = 2, int seed = 0)
    {
        var random = new Random(seed);
        var pixels = new float[count * 224 * 224 * 3];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = random.NextSingle();
        return Dataset.FromArrays(NDArray.From<float>(pixels, count, 224, 224, 3),
            NDArray.From<int>([.. Enumerable.Range(0, count).Select(i => i % 10)], count));
    }
}
