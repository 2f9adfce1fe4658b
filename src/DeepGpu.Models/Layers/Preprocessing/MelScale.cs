namespace DeepGpu.Models.Layers;

/// <summary>The weights that bring the frequencies of a spectrum onto the mel scale, in the form of HTK:
/// http://htk.eng.cam.ac.uk.</summary>
internal static class MelScale
{
    private const double BreakFrequency = 700;
    private const double HighFrequencyFactor = 1127;

    /// <summary>A weight for each frequency and mel bin, (frequencies, bins) in rows.</summary>
    public static double[] Weights(MelSpectrogram layer)
    {
        var (frequencies, bins) = (layer.Frequencies, layer.NumMelBins);
        var (lowest, highest) = (Mel(layer.MinFreq), Mel(layer.MaxFreq ?? layer.SamplingRate / 2));
        var edges = Enumerable.Range(0, bins + 2).Select(i => lowest + (highest - lowest) * i / (bins + 1)).ToArray();
        var weights = new double[frequencies * bins];
        for (var i = bins; i < weights.Length; i++)
        {
            var (mel, bin) = (Mel(layer.SamplingRate / 2.0 * (i / bins) / (frequencies - 1)), i % bins);
            var (left, middle, right) = (edges[bin], edges[bin + 1], edges[bin + 2]);
            var (rise, fall) = ((mel - left) / (middle - left), (right - mel) / (right - middle));
            weights[i] = Math.Max(0, Math.Min(rise, fall));
        }

        return weights;
    }

    private static double Mel(double hertz) => HighFrequencyFactor * Math.Log(1 + hertz / BreakFrequency);
}
