namespace DeepGpu.Forecasts;

/// <summary>Solves symmetric positive definite systems.</summary>
internal static class Cholesky
{
    public static double[] Solve(double[,] matrix, double[] right)
    {
        var factor = Factor(matrix);
        return Back(factor, Forward(factor, right));
    }

    public static double[] DiagonalOfInverse(double[,] matrix)
    {
        var factor = Factor(matrix);
        var n = factor.GetLength(0);
        return [.. Enumerable.Range(0, n).Select(i => Back(factor, Forward(factor, Unit(n, i)))[i])];
    }

    private static double[] Unit(int n, int place)
    {
        var unit = new double[n];
        unit[place] = 1;
        return unit;
    }

    private static double[,] Factor(double[,] a)
    {
        var n = a.GetLength(0);
        var l = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = a[i, j];
                for (var k = 0; k < j; k++) sum -= l[i, k] * l[j, k];
                l[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / l[j, j];
            }
        }

        return l;
    }

    private static double[] Forward(double[,] l, double[] right)
    {
        var x = new double[right.Length];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = right[i];
            for (var k = 0; k < i; k++) x[i] -= l[i, k] * x[k];
            x[i] /= l[i, i];
        }

        return x;
    }

    private static double[] Back(double[,] l, double[] right)
    {
        var x = new double[right.Length];
        for (var i = x.Length - 1; i >= 0; i--)
        {
            x[i] = right[i];
            for (var k = i + 1; k < x.Length; k++) x[i] -= l[k, i] * x[k];
            x[i] /= l[i, i];
        }

        return x;
    }
}
