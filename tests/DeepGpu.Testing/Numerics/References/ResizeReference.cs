using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Resizing of channels-last images with half-pixel centres: output i looks at (i + 1/2) * n / m - 1/2.</summary>
internal static class ResizeReference
{
    public static Values Resize(Values x, int height, int width, Interpolation interpolation, bool antialias)
    {
        var rows = Weights(x.Shape[1], height, interpolation, antialias);
        var columns = Weights(x.Shape[2], width, interpolation, antialias);
        var tall = Values.Of([x.Shape[0], height, x.Shape[2], x.Shape[3]],
            at => Scalar.Sum(rows[at[1]].Select((w, i) => w * x[at[0], i, at[2], at[3]])));
        return Values.Of([x.Shape[0], height, width, x.Shape[3]],
            at => Scalar.Sum(columns[at[2]].Select((w, i) => w * tall[at[0], at[1], i, at[3]])));
    }

    /// <summary>For each output, the weights of the inputs: a kernel around its place, divided by their sum inside the image.</summary>
    private static double[][] Weights(int input, int output, Interpolation interpolation, bool antialias)
    {
        var spread = antialias ? Math.Max((double)input / output, 1) : 1;
        return [.. Enumerable.Range(0, output).Select(i => Weights(input, (i + 0.5) * input / output - 0.5, interpolation, spread))];
    }

    private static double[] Weights(int input, double centre, Interpolation interpolation, double spread)
    {
        if (interpolation == Interpolation.Nearest) return [.. Enumerable.Range(0, input)
            .Select(i => i == (int)Math.Floor(centre + 0.5) ? 1.0 : 0)];
        var weights = Enumerable.Range(0, input).Select(i => Kernel(interpolation, Math.Abs(centre - i) / spread)).ToArray();
        return [.. weights.Select(w => w / weights.Sum())];
    }

    private static double Kernel(Interpolation interpolation, double distance) => interpolation switch
    {
        Interpolation.Bilinear => Math.Max(1 - distance, 0),
        Interpolation.Bicubic => Keys(distance, a: -0.5),
        Interpolation.Lanczos3 => Lanczos(distance, 3),
        _ => Lanczos(distance, 5),
    };

    /// <summary>Keys, 1981, equation 4 with its parameter a.</summary>
    private static double Keys(double s, double a) => s switch
    {
        < 1 => (a + 2) * s * s * s - (a + 3) * s * s + 1,
        < 2 => a * (s * s * s - 5 * s * s + 8 * s - 4),
        _ => 0,
    };

    private static double Lanczos(double s, int radius)
        => s >= radius ? 0 : s == 0 ? 1 : radius * Math.Sin(Math.PI * s) * Math.Sin(Math.PI * s / radius) / (Math.PI * Math.PI * s * s);
}
