using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>Spectra of the frames of a signal, by convolutions whose kernels are trained like any other unless the layer is
/// frozen.</summary>
/// <remarks>Input (batch, time, channels), each channel by itself. Output (batch, frames, channels * frequencies), channel after channel,
/// or (batch, frames, frequencies, channels) with <see cref="ExpandDims"/>; channels first: (batch, channels * frequencies, frames) or
/// (batch, channels, frames, frequencies). There are fft length / 2 + 1 frequencies, in mode <see cref="SpectrogramMode.Stft"/> twice that.
/// Frames are not centred. Keras: https://keras.io/api/layers/preprocessing_layers/audio_preprocessing/stft_spectrogram/</remarks>
public sealed record STFTSpectrogram : UnaryLayer
{
    private const string Owner = nameof(STFTSpectrogram);

    /// <summary>What is yielded. Default the logarithm of the magnitude.</summary>
    public SpectrogramMode Mode { get; init; }

    /// <summary>The samples of a frame, at least 2. Default 256.</summary>
    public int FrameLength { get; init => field = Require.AtLeast(value, 2, Owner, nameof(FrameLength)); } = 256;

    /// <summary>The samples from frame to frame, at least 1 and at most <see cref="FrameLength"/>; null (the default) for half a
    /// frame.</summary>
    public int? FrameStep { get; init => field = value is { } v ? Require.AtLeast(v, 1, Owner, nameof(FrameStep)) : null; }

    /// <summary>The samples of the transform, at least <see cref="FrameLength"/>: frames are filled up with zeros; null (the default) for
    /// the next power of 2.</summary>
    public int? FftLength { get; init => field = value is { } v ? Require.AtLeast(v, 2, Owner, nameof(FftLength)) : null; }

    /// <summary>What the samples of a frame are multiplied by; null for nothing, which is not scaled either. Default Hann.</summary>
    public SpectrumWindow? Window { get; init => field = value?.OrNull; } = WindowFunction.Hann;

    /// <summary>Whether the window's value after its last equals the first; else the last does. Default false.</summary>
    public bool Periodic { get; init; }

    /// <summary>What the window is divided by; null for nothing. Default <see cref="SpectrogramScaling.Density"/>.</summary>
    public SpectrogramScaling? Scaling { get; init; } = SpectrogramScaling.Density;

    /// <summary>What happens at the ends: valid (the default), or same, which fills up with zeros.</summary>
    public Padding Padding
    {
        get;
        init => field = value == Padding.Causal ? throw Require.OutOfRange(Owner, nameof(Padding), "valid or same", value) : value;
    }

    /// <summary>Whether channels have an axis of their own, as images have. Default false.</summary>
    public bool ExpandDims { get; init; }

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <summary>The samples from frame to frame.</summary>
    internal int Step => FrameStep ?? FrameLength / 2;

    /// <summary>The frequencies of a spectrum.</summary>
    internal int Frequencies => (FftLength ?? (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)FrameLength)) / 2 + 1;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        var frames = Frames(input);
        var (batch, time, channels) = (frames[0], frames[DataFormat.SpatialAxis(0)], DataFormat.Channels(input));
        var rows = Mode == SpectrogramMode.Stft ? 2 * Frequencies : Frequencies;
        return (DataFormat, ExpandDims) switch
        {
            (DataFormat.ChannelsLast, true) => new(batch, time, rows, channels),
            (DataFormat.ChannelsLast, false) => new(batch, time, channels * rows),
            (_, true) => new(batch, channels, time, rows),
            _ => new(batch, channels * rows, time),
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        WeightSpec[] parts = [Kernel("real_kernel", isImaginary: false), Kernel("imag_kernel", isImaginary: true)];
        return Mode switch { SpectrogramMode.Real => parts[..1], SpectrogramMode.Imag => parts[1..], _ => parts };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var (input, kernels) = (inputs[0], Weights(inputs[0]).Count);
        var channels = DataFormat.Channels(input);
        var signals = new Shape(input[0] * channels, input[DataFormat.SpatialAxis(0)], 1);
        var sums = new Shape(signals[0], Frames(input)[DataFormat.SpatialAxis(0)], kernels * Frequencies);
        var kernel = new KernelWork([FrameLength], [Step], 1, kernels * Frequencies, 1);
        var convolution = Work.Convolution(name, kernel, [signals], sums, useBias: false, Activation.Linear);
        return [.. convolution, Work.Of(name, OperationKind.Elementwise, [sums], [OutputShape(input)])];
    }

    /// <summary>The input's shape with as many positions as there are frames.</summary>
    private Shape Frames(Shape input)
    {
        if (Step > FrameLength) throw Misfit("a frame step of at most", "Set a smaller FrameStep.");
        if (FftLength < FrameLength) throw Misfit("an FFT of at least", "Set a larger FftLength.");
        Window?.CheckFor(FrameLength);
        return Layers.Window.Slide(input, 1, DataFormat, FrameLength, Step, 1, Padding);
    }

    private ShapeException Misfit(string what, string remedy) => new($"{what} the frame's {FrameLength} samples", remedy);

    private WeightSpec Kernel(string name, bool isImaginary)
    {
        var isDouble = Policy == PrecisionPolicy.Float64;
        return new(name, [FrameLength, 1, Frequencies], new SpectrumKernel(isImaginary, Window, Scaling, Periodic, isDouble));
    }
}
