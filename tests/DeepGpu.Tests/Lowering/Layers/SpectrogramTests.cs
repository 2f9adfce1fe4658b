using System.Numerics;
using DeepGpu.Models;
using TorchSharp;
using Padding = DeepGpu.Models.Padding;

namespace DeepGpu.Tests.Layers;

/// <summary>Spectrograms against plain discrete Fourier transforms in double precision.</summary>
public class SpectrogramTests
{
    private const int Samples = 83;
    private const int Channels = 2;

    public static TheoryData<STFTSpectrogram> Stfts => [.. Enum.GetValues<SpectrogramMode>().SelectMany(Variants)];

    public static TheoryData<MelSpectrogram> Mels => new(
        new MelSpectrogram { FftLength = 32, SequenceStride = 8, NumMelBins = 5, SamplingRate = 800 },
        new MelSpectrogram
        {
            FftLength = 31,
            SequenceStride = 7,
            SequenceLength = 20,
            NumMelBins = 4,
            MaxFreq = 3000,
            MinFreq = 0,
            TopDb = 5
        },
        new MelSpectrogram
        {
            FftLength = 40,
            SequenceLength = 3,
            SequenceStride = 9,
            Window = new SpectrumWindow(0.5, 2, 1),
            MagExp = 1.5,
            RefPower = -3,
            NumMelBins = 6,
        },
        new MelSpectrogram { FftLength = 30, PowerToDb = false, MagExp = 1, Window = null, SequenceStride = 5, NumMelBins = 3 },
        new MelSpectrogram { FftLength = 24, Window = WindowFunction.Hamming, MinPower = 0.5, RefPower = 0.1, NumMelBins = 3 });

    [Theory, MemberData(nameof(Stfts), DisableDiscoveryEnumeration = true)]
    public void Frames_have_the_spectra_of_the_transform(STFTSpectrogram layer)
    {
        using var scope = torch.NewDisposeScope();
        var (actual, expected) = Both(layer with { Policy = PrecisionPolicy.Float64 });
        actual.Should().HaveCount(expected.Length);
        actual.Zip(expected).Should().OnlyContain(pair
            => Distance(layer.Mode, pair.First, pair.Second) <= 1e-8 * Math.Max(1, Math.Abs(pair.Second)));
    }

    [Fact]
    public void In_single_precision_they_are_near_it()
    {
        using var scope = torch.NewDisposeScope();
        var (actual, expected) = Both(new STFTSpectrogram { Mode = SpectrogramMode.Stft, FrameLength = 40, FftLength = 75 });
        actual.Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 2e-5).And.HaveCount(expected.Length);
    }

    [Theory, MemberData(nameof(Mels), DisableDiscoveryEnumeration = true)]
    public void Mel_bins_have_the_weighed_powers_of_the_transform(MelSpectrogram layer)
    {
        using var scope = torch.NewDisposeScope();
        using var run = new LayerRun(layer, [new(null, Samples)], PrecisionPolicy.Float64);
        var signal = Signal(2 * Samples);
        var output = run.Run([new(torch.tensor(signal, 2, Samples))])[0].Tensor;
        output.shape[1..].Should().Equal(run.Spec.Outputs[0].Shape.Axes.Skip(1).Select(n => (long)n!));
        var actual = output.contiguous().data<double>().ToArray();
        var expected = Expected(layer, signal);
        actual.Should().HaveCount(expected.Length);
        actual.Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 1e-8 * Math.Max(1, Math.Abs(pair.Second)));
    }

    [Fact]
    public void In_double_precision_kernels_are_exact()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new STFTSpectrogram { Mode = SpectrogramMode.Real, FrameLength = 64, Policy = PrecisionPolicy.Float64 };
        using var run = new LayerRun(layer, [new(null, Samples, 1)]);
        var kernel = run.Model.Weights[0].ToArray().ToArray<double>();
        var window = WindowFormulas.Values(WindowFunction.Hann, 64, periodic: false);
        var scale = Math.Sqrt(window.Sum(v => v * v));
        for (var i = 0; i < kernel.Length; i++)
        {
            kernel[i].Should().BeApproximately(Math.Cos(2 * Math.PI * (i / 33) * (i % 33) / 64) * window[i / 33] / scale, 1e-12);
        }
    }

    [Fact]
    public void Half_precision_computes_the_mel_scale_in_single()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new MelSpectrogram { FftLength = 32, NumMelBins = 4, Policy = PrecisionPolicy.Float16 };
        using var half = new LayerRun(layer, [new(null, Samples)]);
        using var single = new LayerRun(layer with { Policy = null }, [new(null, Samples)]);
        var input = torch.tensor(Signal(Samples), 1, Samples).to(torch.ScalarType.Float16);
        var (rounded, exact) = (half.Run([new(input)])[0].Tensor, single.Run([new(input.to(torch.ScalarType.Float32))])[0].Tensor);
        rounded.dtype.Should().Be(torch.ScalarType.Float16);
        rounded.eq(exact.to(torch.ScalarType.Float16)).all().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void A_signal_of_open_length_that_is_too_short_is_refused()
    {
        using var scope = torch.NewDisposeScope();
        using var run = new LayerRun(new MelSpectrogram { FftLength = 32 }, [new(null, null)]);
        run.Invoking(r => r.Run([new(torch.zeros(1, 16))])).Should().Throw<DeepGpuException>().WithMessage("*more than 16 samples*");
    }

    private static (double[] Actual, double[] Expected) Both(STFTSpectrogram layer)
    {
        var isFirst = layer.DataFormat == DataFormat.ChannelsFirst;
        using var run = new LayerRun(layer, [isFirst ? new(null, Channels, Samples) : new(null, Samples, Channels)]);
        var input = torch.tensor(Signal(2 * Channels * Samples), 2, Channels, Samples);
        var output = run.Run([new(isFirst ? input : input.transpose(1, 2))])[0].Tensor;
        output.shape[1..].Should().Equal(run.Spec.Outputs[0].Shape.Axes.Skip(1).Select(n => (long)n!));
        var actual = output.to(torch.ScalarType.Float64).contiguous().data<double>().ToArray();
        return (actual, Expected(layer, input.data<double>().ToArray()));
    }

    /// <summary>Of angles around the circle: pi is -pi.</summary>
    private static double Distance(SpectrogramMode mode, double a, double b)
        => Math.Abs(mode == SpectrogramMode.Angle ? Math.IEEERemainder(a - b, 2 * Math.PI) : a - b);

    private static IEnumerable<STFTSpectrogram> Variants(SpectrogramMode mode) =>
    [
        new() { Mode = mode, FrameLength = 16 },
        new() { Mode = mode, FrameLength = 13, FrameStep = 5, FftLength = 18, ExpandDims = true, Padding = Padding.Same, Periodic = true },
        new()
        {
            Mode = mode, FrameLength = 9, FftLength = 11, DataFormat = DataFormat.ChannelsFirst,
            Window = WindowFunction.Hamming, Scaling = SpectrogramScaling.Spectrum,
        },
        new()
        {
            Mode = mode, FrameLength = 4, DataFormat = DataFormat.ChannelsFirst, ExpandDims = true, Padding = Padding.Same,
            Window = new SpectrumWindow(1, -2, 0.5, 1), Scaling = null,
        },
        new() { Mode = mode, FrameLength = 8, Window = null },
    ];

    private static double[] Signal(int length)
        => [.. Enumerable.Range(0, length).Select(i => Math.Sin(0.37 * i) + 0.5 * Math.Cos(1.9 * i + 0.1 * i * i) + 0.05)];

    private static double[] Expected(STFTSpectrogram layer, double[] signals)
    {
        var step = layer.FrameStep ?? layer.FrameLength / 2;
        var fft = layer.FftLength ?? (int)BitOperations.RoundUpToPowerOf2((uint)layer.FrameLength);
        var frames = layer.Padding == Padding.Same ? (Samples + step - 1) / step : (Samples - layer.FrameLength) / step + 1;
        var before = layer.Padding == Padding.Same ? Math.Max((frames - 1) * step + layer.FrameLength - Samples, 0) / 2 : 0;
        var window = layer.Window?.Of(layer.FrameLength, layer.Periodic) ?? [.. Enumerable.Repeat(1.0, layer.FrameLength)];
        var scale = (layer.Window is null ? null : layer.Scaling) switch
        {
            SpectrogramScaling.Density => Math.Sqrt(window.Sum(v => v * v)),
            SpectrogramScaling.Spectrum => window.Sum(Math.Abs),
            _ => 1,
        };
        var rows = fft / 2 + 1;
        var all = layer.Mode == SpectrogramMode.Stft ? 2 * rows : rows;
        double At(int batch, int channel, int frame, int row)
        {
            var sum = Complex.Zero;
            for (var t = 0; t < layer.FrameLength; t++)
            {
                var at = frame * step - before + t;
                if (at is < 0 or >= Samples) continue;
                var sample = signals[(batch * Channels + channel) * Samples + at] * window[t] / scale;
                sum += sample * Complex.FromPolarCoordinates(1, -2 * Math.PI * t * (row % rows) / (2 * (rows - 1)));
            }

            return Value(layer.Mode, sum, row, rows);
        }

        var places = from b in Enumerable.Range(0, 2)
                     from c in Enumerable.Range(0, Channels)
                     from f in Enumerable.Range(0, frames)
                     from r in Enumerable.Range(0, all)
                     select (b, c, f, r);
        var ordered = (layer.DataFormat, layer.ExpandDims) switch
        {
            (DataFormat.ChannelsLast, true) => places.OrderBy(p => (p.b, p.f, p.r, p.c)),
            (DataFormat.ChannelsLast, false) => places.OrderBy(p => (p.b, p.f, p.c, p.r)),
            (_, true) => places.OrderBy(p => (p.b, p.c, p.f, p.r)),
            _ => places.OrderBy(p => (p.b, p.c, p.r, p.f)),
        };
        return [.. ordered.Select(p => At(p.b, p.c, p.f, p.r))];
    }

    private static double Value(SpectrogramMode mode, Complex sum, int row, int rows)
    {
        var power = sum.Real * sum.Real + sum.Imaginary * sum.Imaginary;
        return mode switch
        {
            SpectrogramMode.Real => sum.Real,
            SpectrogramMode.Imag => sum.Imaginary,
            SpectrogramMode.Stft => row < rows ? sum.Real : sum.Imaginary,
            SpectrogramMode.Angle => sum.Phase,
            SpectrogramMode.Psd => row > 0 && row < rows - 1 ? 2 * power : power,
            SpectrogramMode.Magnitude => Math.Sqrt(Math.Max(power, 1e-7)),
            _ => Math.Log(Math.Max(Math.Sqrt(Math.Max(power, 1e-7)), 1e-7)),
        };
    }

    private static double[] Expected(MelSpectrogram layer, double[] signals)
    {
        var (n, bins, half) = (layer.FftLength, layer.FftLength / 2 + 1, layer.FftLength / 2);
        var length = layer.SequenceLength ?? n;
        var window = layer.Window?.Of(length, periodic: true) ?? [.. Enumerable.Repeat(1.0, length)];
        var frames = (Samples + 2 * half - n) / layer.SequenceStride + 1;
        var values = new double[2, layer.NumMelBins, frames];
        for (var batch = 0; batch < 2; batch++)
        {
            for (var frame = 0; frame < frames; frame++)
            {
                for (var k = 0; k < bins; k++)
                {
                    var sum = Complex.Zero;
                    for (var t = 0; t < n; t++)
                    {
                        var inside = t - (n - length) / 2;
                        var weight = layer.Window is null ? 1 : inside >= 0 && inside < length ? window[inside] : 0;
                        var sample = signals[batch * Samples + Mirrored(frame * layer.SequenceStride + t - half)];
                        sum += weight * sample * Complex.FromPolarCoordinates(1, -2 * Math.PI * t * k / n);
                    }

                    var power = Math.Pow(sum.Magnitude, layer.MagExp);
                    for (var m = 0; m < layer.NumMelBins; m++) values[batch, m, frame] += Triangle(layer, k, m) * power;
                }
            }
        }

        var flat = values.Cast<double>().ToArray();
        if (!layer.PowerToDb) return flat;
        var reference = 10 * Math.Log10(Math.Max(Math.Abs(layer.RefPower), layer.MinPower));
        var decibels = flat.Select(v => 10 * Math.Log10(Math.Max(v, layer.MinPower)) - reference).ToArray();
        return [.. decibels.Select(v => Math.Max(v, decibels.Max() - layer.TopDb))];
    }

    private static int Mirrored(int at) => at < 0 ? -at : at >= Samples ? 2 * (Samples - 1) - at : at;

    private static double Triangle(MelSpectrogram layer, int k, int m)
    {
        if (k == 0) return 0;
        static double Mel(double hertz) => 1127 * Math.Log(1 + hertz / 700);
        var (low, high) = (Mel(layer.MinFreq), Mel(layer.MaxFreq ?? layer.SamplingRate / 2));
        double Edge(int i) => low + (high - low) * i / (layer.NumMelBins + 1);
        var mel = Mel(k * (layer.SamplingRate / 2.0) / (layer.FftLength / 2));
        return Math.Max(0, Math.Min((mel - Edge(m)) / (Edge(m + 1) - Edge(m)), (Edge(m + 2) - mel) / (Edge(m + 2) - Edge(m + 1))));
    }
}
