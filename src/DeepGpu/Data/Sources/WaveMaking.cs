using DeepGpu.Numbers;

namespace DeepGpu.Data;

/// <summary>Makes sine waves with noise whose frequency tells their class.</summary>
internal static class WaveMaking
{
    private const double Noise = 0.3;

    public static Dataset Make(int count, int timeSteps, int features, int classes, int seed, int stream)
    {
        const string Owner = nameof(Datasets.GeneratedSequences);
        Require.AtLeast(timeSteps, 1, Owner);
        Require.AtLeast(features, 1, Owner);
        Require.AtLeast(classes, 1, Owner);
        var values = new float[checked(Require.AtLeast(count, 1, Owner) * timeSteps * features)];
        var labels = new int[count];
        Parallel.For(0, count, i =>
        {
            var random = new SampleRandom(seed, stream, i);
            labels[i] = random.Next(classes);
            for (var feature = 0; feature < features; feature++)
                Wave(values.AsSpan(i * timeSteps * features), feature, features, timeSteps, labels[i] + 1, random);
        });
        return Dataset.FromArrays(NDArray.From<float>(values, count, timeSteps, features), NDArray.From<int>(labels, count));
    }

    private static void Wave(Span<float> values, int feature, int features, int timeSteps, int swings, SampleRandom random)
    {
        var phase = random.NextDouble();
        for (var t = 0; t < timeSteps; t++)
            values[t * features + feature] = (float)(Math.Sin(2 * Math.PI * ((double)swings * t / timeSteps + phase))
                + Noise * RandomNumbers.Normal(random));
    }
}
