namespace DeepGpu.Models.Layers;

/// <summary>The angle that each pair of features turns by from one step to the next.</summary>
internal static class RotaryFrequencies
{
    /// <summary>The angles of the pairs, the fastest first.</summary>
    /// <param name="wavelength">The base of the wavelengths.</param>
    /// <param name="features">Features that are turned, an even number.</param>
    /// <param name="scaling">How they are stretched; null for not at all.</param>
    /// <param name="length">Steps of the sequence.</param>
    public static double[] Of(double wavelength, int features, RotaryScaling? scaling, long length) => scaling?.Kind switch
    {
        null => Plain(wavelength, features),
        RotaryScalingKind.Linear => [.. Plain(wavelength, features).Select(angle => angle / scaling.Factor)],
        RotaryScalingKind.Dynamic => Plain(Grown(wavelength, features, scaling, length), features),
        RotaryScalingKind.Llama3 => [.. Plain(wavelength, features).Select(angle => Llama(angle, scaling))],
        RotaryScalingKind.Yarn => Yarn(wavelength, features, scaling),
        _ => [.. Plain(wavelength, features).Zip(length > scaling.OriginalLength ? scaling.LongFactors : scaling.ShortFactors,
            (angle, factor) => angle / factor)],
    };

    private static double[] Plain(double wavelength, int features)
        => [.. Enumerable.Range(0, features / 2).Select(pair => Math.Pow(wavelength, -2.0 * pair / features))];

    /// <summary>The base for a sequence longer than the original length.</summary>
    private static double Grown(double wavelength, int features, RotaryScaling scaling, long length)
    {
        if (length <= scaling.OriginalLength || features <= 2) return wavelength;
        var stretch = scaling.Factor * length / scaling.OriginalLength - (scaling.Factor - 1);
        return wavelength * Math.Pow(stretch, features / (features - 2.0));
    }

    private static double Llama(double angle, RotaryScaling scaling)
    {
        var turns = scaling.OriginalLength * angle / (2 * Math.PI);
        if (turns < scaling.LowFrequencyFactor) return angle / scaling.Factor;
        if (turns > scaling.HighFrequencyFactor) return angle;
        var kept = (turns - scaling.LowFrequencyFactor) / (scaling.HighFrequencyFactor - scaling.LowFrequencyFactor);
        return (1 - kept) * angle / scaling.Factor + kept * angle;
    }

    private static double[] Yarn(double wavelength, int features, RotaryScaling scaling)
    {
        var low = Bound(scaling.BetaFast, wavelength, features, scaling.OriginalLength);
        var high = Bound(scaling.BetaSlow, wavelength, features, scaling.OriginalLength);
        if (scaling.Truncate) (low, high) = (Math.Floor(low), Math.Ceiling(high));
        (low, high) = (Math.Max(low, 0), Math.Min(high, features - 1));
        if (low == high) high += 0.001;
        return [.. Plain(wavelength, features).Select((angle, pair) =>
        {
            var stretched = Math.Clamp((pair - low) / (high - low), 0, 1);
            return angle / scaling.Factor * stretched + angle * (1 - stretched);
        })];
    }

    /// <summary>The pair that turns so often within a length.</summary>
    private static double Bound(double turns, double wavelength, int features, int length)
        => features * Math.Log(length / (turns * 2 * Math.PI)) / (2 * Math.Log(wavelength));
}
