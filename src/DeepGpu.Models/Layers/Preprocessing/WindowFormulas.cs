namespace DeepGpu.Models.Layers;

/// <summary>The values of window functions as scipy.signal.windows computes them.</summary>
internal static class WindowFormulas
{
    /// <summary>The window's values.</summary>
    /// <param name="function">The function.</param>
    /// <param name="length">How many values.</param>
    /// <param name="periodic">Whether the value after the last equals the first, as for spectra; else the last does.</param>
    public static double[] Values(WindowFunction function, int length, bool periodic)
    {
        if (length <= 1) return [.. Enumerable.Repeat(1.0, length)];
        var symmetric = periodic ? length + 1 : length;
        return [.. Enumerable.Range(0, length).Select(n => At(function, n, symmetric))];
    }

    /// <summary>The value at a place of a symmetric window of m values.</summary>
    private static double At(WindowFunction function, int n, int m) => function switch
    {
        WindowFunction.Hann => Cosines(n, m, 0.5, 0.5),
        WindowFunction.Hamming => Cosines(n, m, 0.54, 0.46),
        WindowFunction.Blackman => Cosines(n, m, 0.42, 0.5, 0.08),
        WindowFunction.Nuttall => Cosines(n, m, 0.3635819, 0.4891775, 0.1365995, 0.0106411),
        WindowFunction.Blackmanharris => Cosines(n, m, 0.35875, 0.48829, 0.14128, 0.01168),
        WindowFunction.Flattop => Cosines(n, m, 0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368),
        WindowFunction.Triang => m % 2 == 0 ? (2 * Math.Min(n, m - 1 - n) + 1.0) / m : 2 * (Math.Min(n, m - 1 - n) + 1.0) / (m + 1),
        WindowFunction.Bartlett => 1 - Math.Abs(Offset(n, m)),
        WindowFunction.Parzen => Parzen(Math.Abs(n - (m - 1) / 2.0), m),
        WindowFunction.Bohman => n == 0 || n == m - 1 ? 0 : Bohman(Math.Abs(Offset(n, m))),
        WindowFunction.Barthann => Barthann(Math.Abs(Offset(n, m)) / 2),
        WindowFunction.Cosine => Math.Sin(Math.PI / m * (n + 0.5)),
        WindowFunction.Tukey => Tukey(n, m),
        WindowFunction.Lanczos => Sinc(Offset(n, m)),
        WindowFunction.Exponential => Math.Exp(-Math.Abs(n - (m - 1) / 2.0)),
        _ => 1,
    };

    /// <summary>The place from -1 at the start to 1 at the end.</summary>
    private static double Offset(int n, int m) => 2.0 * n / (m - 1) - 1;

    /// <summary>A sum of cosines of whole turns over the window.</summary>
    private static double Cosines(int n, int m, params ReadOnlySpan<double> coefficients)
    {
        var sum = 0.0;
        for (var k = 0; k < coefficients.Length; k++) sum += coefficients[k] * Math.Cos(k * Math.PI * Offset(n, m));
        return sum;
    }

    private static double Parzen(double distance, int m)
    {
        var share = distance / (m / 2.0);
        return distance > (m - 1) / 4.0 ? 2 * Math.Pow(1 - share, 3) : 1 - 6 * share * share + 6 * share * share * share;
    }

    private static double Bohman(double share) => (1 - share) * Math.Cos(Math.PI * share) + Math.Sin(Math.PI * share) / Math.PI;

    private static double Barthann(double share) => 0.62 - 0.48 * share + 0.38 * Math.Cos(2 * Math.PI * share);

    private static double Tukey(int n, int m)
    {
        const double Faded = 0.5;
        var (width, edge) = (Math.Floor(Faded * (m - 1) / 2), Math.Min(n, m - 1 - n));
        return edge > width ? 1 : 0.5 * (1 + Math.Cos(Math.PI * (2 * edge / Faded / (m - 1) - 1)));
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
