namespace DeepGpu;

/// <summary>Numbers of other distributions from uniform ones.</summary>
internal static class RandomNumbers
{
    /// <summary>Normally distributed with mean 0 and standard deviation 1 (Box and Muller, 1958).</summary>
    public static double Normal(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Beta distributed, as the share of one of two gamma distributed numbers.</summary>
    public static double Beta(Random random, double a, double b)
    {
        var (x, y) = (LogGamma(random, a), LogGamma(random, b));
        return 1 / (1 + Math.Exp(y - x));
    }

    /// <summary>Shares that add up to 1, Dirichlet distributed with one parameter for all: those of gamma distributed numbers.</summary>
    public static double[] Dirichlet(Random random, int count, double alpha)
    {
        double[] logs = [.. Enumerable.Range(0, count).Select(_ => LogGamma(random, alpha))];
        double[] parts = [.. logs.Select(log => Math.Exp(log - logs.Max()))];
        return [.. parts.Select(part => part / parts.Sum())];
    }

    /// <summary>The logarithm of a gamma distributed number (Marsaglia and Tsang, 2000): small shapes underflow otherwise.</summary>
    private static double LogGamma(Random random, double shape)
    {
        if (shape < 1) return LogGamma(random, shape + 1) + Math.Log(1 - random.NextDouble()) / shape;
        var d = shape - 1.0 / 3;
        while (true)
        {
            var x = Normal(random);
            var v = Math.Pow(1 + x / Math.Sqrt(9 * d), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * x * x + d - d * v + d * Math.Log(v)) return Math.Log(d * v);
        }
    }
}
