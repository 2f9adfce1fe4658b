using DeepGpu.Models;
using DeepGpu.Models.Layers;
using DeepGpu.Operations;
using Window = DeepGpu.Export.ConvolutionRules.Window;

namespace DeepGpu.Export;

/// <summary>Fourier transforms of frames, as convolutions with cosines and sines.</summary>
internal static class SpectrogramRules
{
    private static readonly double DecibelsPerNeper = 10 / Math.Log(10);

    public static ExportTable AddTo(ExportTable table) => table
        .Unary<STFTSpectrogram>(ShortTime)
        .Unary<MelSpectrogram>(Mel);

    private static GraphValue ShortTime(STFTSpectrogram layer, ExportContext context, GraphValue x)
    {
        var g = context.Graph;
        var signals = ConvolutionRules.ToChannelsFirst(g, x, layer.DataFormat);
        var flat = g.Reshape(signals, new Dim(signals.Shape[0] * signals.Shape[1]), 1, Dim.Along(signals, 2));
        GraphValue? Part(string name) => context.OptionalWeight(name, ConvolutionRules.OutputsFirst) is { } kernel
            ? ConvolutionRules.Convolve(g, flat, kernel, null, new Window(layer.FrameLength, layer.Step, 1, layer.Padding), 1) : null;
        var values = Values(layer, g, Part("real_kernel"), Part("imag_kernel"));
        var shaped = g.Reshape(values, Dim.Along(signals, 0), Dim.Along(signals, 1), Dim.Along(values, 1), Dim.Along(values, 2));
        return Arranged(layer, g, shaped);
    }

    private static GraphValue Values(STFTSpectrogram layer, GraphWriter g, GraphValue? real, GraphValue? imaginary)
    {
        GraphValue Power() => g.Add(g.Square(real!), g.Square(imaginary!));
        GraphValue Magnitude() => g.Unary("Sqrt", g.Clip(Power(), Floats.Epsilon, null));
        return layer.Mode switch
        {
            SpectrogramMode.Real => real!,
            SpectrogramMode.Imag => imaginary!,
            SpectrogramMode.Angle => FunctionRules.Arctan2(g, imaginary!, real!),
            SpectrogramMode.Stft => g.Concatenate([real!, imaginary!], 1),
            SpectrogramMode.Psd => Density(g, Power(), layer.Frequencies),
            SpectrogramMode.Magnitude => Magnitude(),
            _ => g.Unary("Log", g.Clip(Magnitude(), Floats.Epsilon, null)),
        };
    }

    /// <summary>All frequencies but the first and the last stand for two.</summary>
    private static GraphValue Density(GraphWriter g, GraphValue power, int frequencies)
        => frequencies <= 2 ? power : g.Multiply(power,
            g.Floats(Enumerable.Range(0, frequencies).Select(i => i == 0 || i == frequencies - 1 ? 1.0 : 2), frequencies, 1));

    private static GraphValue Arranged(STFTSpectrogram layer, GraphWriter g, GraphValue values) => (layer.DataFormat,
        layer.ExpandDims) switch
    {
        (DataFormat.ChannelsLast, true) => g.Transpose(values, 0, 3, 2, 1),
        (DataFormat.ChannelsLast, false) => g.Transpose(Joined(g, values), 0, 2, 1),
        (_, true) => g.Transpose(values, 0, 1, 3, 2),
        _ => Joined(g, values),
    };

    private static GraphValue Joined(GraphWriter g, GraphValue values)
        => g.Reshape(values, Dim.Along(values, 0), values.Shape[1]!.Value * values.Shape[2]!.Value, Dim.Along(values, 3));

    private static GraphValue Mel(MelSpectrogram layer, ExportContext context, GraphValue x)
    {
        var (g, half, frequencies) = (context.Graph, layer.FftLength / 2, layer.Frequencies);
        var length = x.Shape[1] + 2 * half;
        var mirrored = g.Emit("Pad", [x, g.Whole(0L, half, 0, half)], x.Shape.With(1, length), x.Type, ("mode", "reflect"));
        var parts = ConvolutionRules.Convolve(g, g.Unsqueeze(mirrored, 1), context.Keep("waves", () => Waves(layer)), null,
            new Window(layer.FftLength, layer.SequenceStride, 1, Padding.Valid), 1);
        var squares = g.Split(g.Square(parts), 1, [frequencies, frequencies]);
        var power = g.Transpose(g.Add(squares[0], squares[1]), 0, 2, 1);
        var raised = layer.MagExp == 2 ? power : g.Binary("Pow", power, g.Number(layer.MagExp / 2));
        var weights = context.Keep("mel_weights", () => new([.. MelScale.Weights(layer).Select(w => (float)w)], [frequencies,
            layer.NumMelBins]));
        var scaled = g.MatMul(raised, weights);
        return g.Transpose(layer.PowerToDb ? Decibels(layer, g, scaled) : scaled, 0, 2, 1);
    }

    /// <summary>Cosines, then sines, of each frequency, under the window: (2 x frequencies, 1, FFT length).</summary>
    private static WeightNumbers Waves(MelSpectrogram layer)
    {
        var (length, frequencies) = (layer.FftLength, layer.Frequencies);
        var own = layer.SequenceLength ?? length;
        var values = layer.Window?.Of(own, periodic: true) ?? Enumerable.Repeat(1.0, length).ToArray();
        var before = (length - values.Length) / 2;
        return WeightNumbers.Of([2 * frequencies, 1, length], at =>
        {
            var place = at[2] - before;
            if (place < 0 || place >= values.Length) return 0;
            var angle = 2 * Math.PI * ((long)at[2] * (at[0] % frequencies) % length) / length;
            return values[place] * (at[0] < frequencies ? Math.Cos(angle) : -Math.Sin(angle));
        });
    }

    private static GraphValue Decibels(MelSpectrogram layer, GraphWriter g, GraphValue power)
    {
        var reference = Math.Log10(Math.Max(Math.Abs(layer.RefPower), layer.MinPower));
        var decibels = g.Subtract(g.Multiply(g.Unary("Log", g.Clip(power, layer.MinPower, null)), DecibelsPerNeper), 10 * reference);
        var highest = g.Reduce("ReduceMax", decibels, [.. Enumerable.Range(0, decibels.Rank)]);
        return g.Binary("Max", decibels, g.Subtract(highest, layer.TopDb));
    }
}
