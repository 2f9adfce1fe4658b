namespace DeepGpu.Formats;

/// <summary>How values between pixels are found: how far a pixel reaches, and what it counts at a distance in pixels.</summary>
/// <param name="Radius">The distance from which on a pixel counts nothing.</param>
/// <param name="Weight">What a pixel counts at a distance inside the radius.</param>
internal sealed record ImageFilter(double Radius, Func<double, double> Weight)
{
    /// <summary>The pixel whose centre is nearest, of two the later one.</summary>
    public static ImageFilter Nearest { get; } = new(0.5, _ => 1);

    /// <summary>Linear between the two nearest centres.</summary>
    public static ImageFilter Linear { get; } = new(1, x => Math.Max(1 - Math.Abs(x), 0));

    /// <summary>Cubic over four pixels: Keys, 1981, with a = -0.5.</summary>
    public static ImageFilter Cubic { get; } = new(2, x => Keys(Math.Abs(x)));

    /// <summary>A Lanczos window of radius 3.</summary>
    public static ImageFilter Lanczos3 { get; } = Lanczos(3);

    /// <summary>A Lanczos window of radius 5.</summary>
    public static ImageFilter Lanczos5 { get; } = Lanczos(5);

    private static double Keys(double x) => x switch
    {
        >= 2 => 0,
        >= 1 => ((-0.5 * x + 2.5) * x - 4) * x + 2,
        _ => (1.5 * x - 2.5) * x * x + 1,
    };

    private static ImageFilter Lanczos(double radius)
        => new(radius, x => Math.Abs(x) >= radius ? 0 : Sinc(x) * Sinc(x / radius));

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
