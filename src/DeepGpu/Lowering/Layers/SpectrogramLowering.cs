using DeepGpu.Models;
using DeepGpu.Models.Layers;
using DeepGpu.Operations;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace DeepGpu.Lowering;

/// <summary>Layers that compute spectra of signals.</summary>
internal static class SpectrogramLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<STFTSpectrogram>((layer, context) => new LiveStft(layer, context))
        .With<MelSpectrogram>((layer, context) => new LiveMel(layer, context));

    /// <summary>Spectra by convolutions: each channel is a signal of its own.</summary>
    private sealed class LiveStft(STFTSpectrogram layer, LoweringContext context) : UnaryLiveLayer
    {
        private readonly LiveWeight? _real = context.OptionalWeight("real_kernel", ConvolutionLowering.KernelLayout(1));
        private readonly LiveWeight? _imaginary = context.OptionalWeight("imag_kernel", ConvolutionLowering.KernelLayout(1));
        private readonly ConvolutionLowering.Window _window = new(layer.FrameLength, layer.Step, 1, layer.Padding);

        protected override bool PassesMask => false;

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext _)
        {
            var signals = Spatial.ToChannelsFirst(input, layer.DataFormat);
            var (batch, channels, time) = (signals.shape[0], signals.shape[1], signals.shape[2]);
            var flat = signals.reshape(batch * channels, 1, time);
            return Arranged(Values(Part(flat, _real), Part(flat, _imaginary)).unflatten(0, [batch, channels]));
        }

        private torch.Tensor? Part(torch.Tensor signals, LiveWeight? kernel)
            => kernel is null ? null : ConvolutionLowering.Convolve(signals, kernel.Value, bias: null, _window, groups: 1);

        /// <summary>What the mode makes of real and imaginary parts, (signals, frequencies, frames).</summary>
        private torch.Tensor Values(torch.Tensor? real, torch.Tensor? imaginary) => layer.Mode switch
        {
            SpectrogramMode.Real => real!,
            SpectrogramMode.Imag => imaginary!,
            SpectrogramMode.Angle => torch.atan2(imaginary!, real!),
            SpectrogramMode.Stft => torch.cat([real!, imaginary!], 1),
            SpectrogramMode.Psd => Density(Power(real!, imaginary!)),
            SpectrogramMode.Magnitude => Magnitude(real!, imaginary!),
            _ => Magnitude(real!, imaginary!).clamp_min(Number(Floats.Epsilon)).log(),
        };

        private static torch.Tensor Power(torch.Tensor real, torch.Tensor imaginary) => real.Squared().Plus(imaginary.Squared());

        private static torch.Tensor Magnitude(torch.Tensor real, torch.Tensor imaginary)
            => Power(real, imaginary).clamp_min(Number(Floats.Epsilon)).sqrt();

        /// <summary>Frequencies other than the first and the last stand for their negatives too.</summary>
        private static torch.Tensor Density(torch.Tensor power)
        {
            var inner = power.shape[1] - 2;
            return inner <= 0 ? power : power.Plus(F.pad(power.narrow(1, 1, inner), [0, 0, 1, 1], PaddingModes.Constant, 0));
        }

        /// <summary>(batch, channels, frequencies, frames) as the layer's options lay it out.</summary>
        private torch.Tensor Arranged(torch.Tensor values) => (layer.DataFormat, layer.ExpandDims) switch
        {
            (DataFormat.ChannelsLast, true) => values.permute(0, 3, 2, 1),
            (DataFormat.ChannelsLast, false) => values.flatten(1, 2).transpose(1, 2),
            (_, true) => values.transpose(2, 3),
            _ => values.flatten(1, 2),
        };
    }

    /// <summary>Spectra on the mel scale, in single precision or better.</summary>
    private sealed class LiveMel(MelSpectrogram layer, LoweringContext context) : UnaryLiveLayer
    {
        private static readonly double DecibelsPerNeper = 10 / Math.Log(10);

        private readonly torch.ScalarType _type = context.Policy.ComputeType();
        private readonly torch.Tensor _weights = context.Constant(Weights(layer), Wide(context));
        private readonly torch.Tensor _window = context.Constant(torch.tensor(Window(layer)), Wide(context));

        protected override bool PassesMask => false;

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext _)
        {
            var spectra = Spectra(Floats.AtLeastSingle(input));
            var power = spectra.real.Squared().Plus(spectra.imag.Squared());
            var scaled = Products.ByMatrix(layer.MagExp == 2 ? power : power.pow(Number(layer.MagExp / 2)), _weights);
            return (layer.PowerToDb ? Decibels(scaled) : scaled).transpose(1, 2).to(_type);
        }

        private static torch.ScalarType Wide(LoweringContext context)
            => context.Policy.ComputeType() == torch.ScalarType.Float64 ? torch.ScalarType.Float64 : torch.ScalarType.Float32;

        private static torch.Tensor Weights(MelSpectrogram layer)
            => torch.tensor(MelScale.Weights(layer), layer.Frequencies, layer.NumMelBins);

        /// <summary>The window in the middle of a frame.</summary>
        private static double[] Window(MelSpectrogram layer)
        {
            var length = layer.SequenceLength ?? layer.FftLength;
            var values = layer.Window?.Of(length, periodic: true) ?? Enumerable.Repeat(1.0, layer.FftLength).ToArray();
            var before = (layer.FftLength - values.Length) / 2;
            return [.. new double[before], .. values, .. new double[layer.FftLength - values.Length - before]];
        }

        /// <summary>(batch, frames, frequencies) of complex numbers.</summary>
        private torch.Tensor Spectra(torch.Tensor signals)
        {
            layer.Frames(signals.shape[1]);
            var half = layer.FftLength / 2;
            var mirrored = F.pad(signals.unsqueeze(1), [half, half], PaddingModes.Reflect).squeeze(1);
            return torch.fft.rfft(mirrored.unfold(1, layer.FftLength, layer.SequenceStride) * _window);
        }

        private torch.Tensor Decibels(torch.Tensor power)
        {
            var reference = Math.Log10(Math.Max(Math.Abs(layer.RefPower), layer.MinPower));
            var decibels = power.clamp_min(Number(layer.MinPower)).log() * Number(DecibelsPerNeper) - Number(10 * reference);
            return torch.maximum(decibels, decibels.max() - Number(layer.TopDb));
        }
    }
}
