namespace DeepGpu.Models.Layers;

/// <summary>The first values of a kernel that computes one part of a spectrum: (frame length, 1, frequencies).</summary>
/// <param name="IsImaginary">Whether it is the imaginary part.</param>
/// <param name="Window">What the samples of a frame are multiplied by.</param>
/// <param name="Scaling">What the window is divided by.</param>
/// <param name="Periodic">Whether the window is periodic.</param>
/// <param name="IsDouble">Whether it is computed in double precision.</param>
internal sealed record SpectrumKernel(bool IsImaginary, SpectrumWindow? Window, SpectrogramScaling? Scaling, bool Periodic, bool IsDouble)
    : Initializer
{
    /// <summary>The values. In single precision angles are rounded as Keras rounds them, so that the numbers are its own.</summary>
    public double[] Values(int frame, int frequencies)
    {
        var (window, kernel) = (Scaled(frame), new double[frame * frequencies]);
        for (var i = 0; i < kernel.Length; i++)
        {
            var (time, frequency) = (i / frequencies, i % frequencies);
            var angle = IsDouble ? Angle(time, frequency, frequencies) : RoundedAngle(time, frequency, frequencies);
            kernel[i] = (IsImaginary ? Math.Sin(angle) : Math.Cos(angle)) * window[time];
        }

        return kernel;
    }

    private static double Angle(int time, int frequency, int frequencies) => -2.0 * time * frequency / ((frequencies - 1) * 2) * Math.PI;

    private static float RoundedAngle(int time, int frequency, int frequencies)
        => -2f * time * (frequency / (float)((frequencies - 1) * 2)) * MathF.PI;

    private double[] Scaled(int frame)
    {
        if (Window is null) return [.. Enumerable.Repeat(1.0, frame)];
        var values = Window.Of(frame, Periodic);
        var divisor = Scaling switch
        {
            SpectrogramScaling.Density => Math.Sqrt(values.Sum(value => value * value)),
            SpectrogramScaling.Spectrum => values.Sum(Math.Abs),
            _ => 1,
        };
        return [.. values.Select(value => value / divisor)];
    }
}
