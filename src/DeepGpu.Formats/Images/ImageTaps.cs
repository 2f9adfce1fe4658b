namespace DeepGpu.Formats;

/// <summary>The pixels that a new one is averaged of, with half-pixel centres: those from <paramref name="First"/> on.</summary>
/// <param name="First">The first old position.</param>
/// <param name="Weights">What it and those after it count; together 1.</param>
internal readonly record struct ImageTaps(int First, double[] Weights)
{
    /// <summary>The taps of every new position along one axis.</summary>
    /// <param name="length">The old length.</param>
    /// <param name="newLength">The new length.</param>
    /// <param name="filter">How values between pixels are found.</param>
    /// <param name="antialias">Whether a new pixel covers as many old ones as the image shrinks by.</param>
    public static ImageTaps[] Of(int length, int newLength, ImageFilter filter, bool antialias)
    {
        var scale = (double)length / newLength;
        var spread = antialias && filter != ImageFilter.Nearest ? Math.Max(scale, 1) : 1;
        return [.. Enumerable.Range(0, newLength).Select(position => At((position + 0.5) * scale - 0.5, spread, length, filter))];
    }

    /// <summary>At the border the pixels that are there count for those that are not.</summary>
    private static ImageTaps At(double centre, double spread, int length, ImageFilter filter)
    {
        if (filter == ImageFilter.Nearest) return new((int)Math.Clamp(Math.Floor(centre + 0.5), 0, length - 1), [1]);
        var reach = filter.Radius * spread;
        var (first, last) = (Math.Max(0, (int)Math.Ceiling(centre - reach)), Math.Min(length - 1, (int)Math.Floor(centre + reach)));
        double[] weights = [.. Enumerable.Range(first, last - first + 1).Select(position => filter.Weight((centre - position) / spread))];
        var sum = weights.Sum();
        return new(first, [.. weights.Select(weight => weight / sum)]);
    }
}
