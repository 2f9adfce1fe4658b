namespace DeepGpu.Forecasts;

/// <summary>Fits positive constants by their logarithms: least squares of residuals with Huber's weights,
/// and a normal prior on each constant.</summary>
/// <remarks>Marquardt, 1963; Huber, 1964. Always started at the priors, where constants stay that no row depends on.</remarks>
internal static class LevenbergMarquardt
{
    private const double Step = 1e-3;
    private const double Huber = 2;
    private const int Iterations = 25;
    private const double Tolerance = 1e-4;

    /// <summary>Fits.</summary>
    /// <param name="priors">Starting values and middles of the priors.</param>
    /// <param name="spreads">Standard deviations of the priors, of the logarithm.</param>
    /// <param name="rows">The residual of each row, the logarithm of forecast over measured, for given constants.</param>
    /// <param name="noise">The standard deviation of a residual.</param>
    public static Fit Run(double[] priors, double[] spreads, IReadOnlyList<Func<double[], double>> rows, double noise)
    {
        var touched = rows.Select(row => Touched(row, priors)).ToList();
        int[] active = [.. touched.SelectMany(of => of).Distinct().Order()];
        var place = active.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        List<int[]> places = [.. touched.Select(of => of.Select(j => place[j]).ToArray())];
        double[] spread = [.. active.Select(j => spreads[j])];
        var n = active.Length;
        var theta = new double[n];
        var residuals = rows.Select(row => row(priors)).ToArray();
        var (lambda, matrix, iterations) = (1e-2, new double[n, n], 0);
        for (; iterations < Iterations; iterations++)
        {
            var weights = residuals.Select(Weight).ToArray();
            (matrix, var gradient) = Normal(theta);
            var cost = Cost(residuals, weights, theta);
            var improved = false;
            var (before, next) = (cost, theta);
            for (var attempt = 0; attempt < 8 && !improved; attempt++)
            {
                var move = Cholesky.Solve(Damped(matrix, lambda), [.. gradient.Select(g => -g)]);
                next = [.. theta.Select((value, i) => value + Math.Clamp(move[i], -1, 1))];
                var values = Values(next);
                var tried = rows.Select(row => row(values)).ToArray();
                var triedCost = Cost(tried, weights, next);
                improved = triedCost < before;
                lambda = improved ? Math.Max(lambda / 5, 1e-6) : lambda * 5;
                if (improved) (residuals, cost) = (tried, triedCost);
            }

            if (!improved) break;
            theta = next;
            if (before - cost < Tolerance * before) break;

            (double[,] Matrix, double[] Gradient) Normal(double[] at)
            {
                var (a, g) = (new double[n, n], new double[n]);
                var values = Values(at);
                for (var r = 0; r < rows.Count; r++)
                {
                    var slopes = new double[touched[r].Length];
                    for (var k = 0; k < slopes.Length; k++)
                    {
                        var j = touched[r][k];
                        var kept = values[j];
                        values[j] = kept * Math.Exp(Step);
                        slopes[k] = (rows[r](values) - residuals[r]) / Step;
                        values[j] = kept;
                    }

                    var scale = weights[r] / (noise * noise);
                    for (var k = 0; k < slopes.Length; k++)
                    {
                        g[places[r][k]] += scale * slopes[k] * residuals[r];
                        for (var m = 0; m <= k; m++) a[places[r][k], places[r][m]] += scale * slopes[k] * slopes[m];
                    }
                }

                for (var i = 0; i < n; i++)
                {
                    a[i, i] += 1 / (spread[i] * spread[i]);
                    g[i] += at[i] / (spread[i] * spread[i]);
                    for (var j = 0; j < i; j++) a[j, i] = a[i, j];
                }

                return (a, g);
            }
        }

        var errors = n == 0 ? [] : Cholesky.DiagonalOfInverse(matrix);
        return new(Values(theta), [.. spreads.Select((own, j) => place.TryGetValue(j, out var i) ? Math.Sqrt(errors[i]) : own)],
            errors.Select((variance, i) => 1 - variance / (spread[i] * spread[i])).Sum());

        double[] Values(double[] logarithms)
        {
            var values = (double[])priors.Clone();
            for (var i = 0; i < n; i++) values[active[i]] *= Math.Exp(logarithms[i]);
            return values;
        }

        double Weight(double residual)
            => Math.Abs(residual) / noise is var size && size <= Huber ? 1 : Huber / (Math.Abs(residual) / noise);

        double Cost(double[] r, double[] weights, double[] at)
            => r.Select((value, i) => weights[i] * value * value / (noise * noise)).Sum()
                + at.Select((value, i) => value * value / (spread[i] * spread[i])).Sum();
    }

    /// <summary>The constants that a row depends on.</summary>
    private static int[] Touched(Func<double[], double> row, double[] priors)
    {
        var (values, middle) = ((double[])priors.Clone(), row(priors));
        var places = new List<int>();
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = priors[i] * 1.3;
            if (row(values) != middle) places.Add(i);
            values[i] = priors[i];
        }

        return [.. places];
    }

    private static double[,] Damped(double[,] matrix, double lambda)
    {
        var damped = (double[,])matrix.Clone();
        for (var i = 0; i < damped.GetLength(0); i++) damped[i, i] *= 1 + lambda;
        return damped;
    }
}

/// <summary>Fitted constants.</summary>
/// <param name="Values">The constants.</param>
/// <param name="Errors">The standard error of each one's logarithm.</param>
/// <param name="EffectiveCount">How many constants the rows decide rather than the priors.</param>
internal sealed record Fit(double[] Values, double[] Errors, double EffectiveCount);
