using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>Spectra of the frames of a signal on the mel scale, whose steps sound alike, in decibels.</summary>
/// <remarks>Input (batch, samples), output (batch, mel bins, frames): a frame every <see cref="SequenceStride"/> samples, centred, the
/// signal mirrored at its ends. |spectrum|^<see cref="MagExp"/> is weighed by triangles of height 1 on mel(f) = 1127 log(1 + f / 700),
/// the first frequency left out, as HTK does. Decibels are cut off <see cref="TopDb"/> below the loudest value of the whole batch, as in
/// Keras: where that matters, predict sample by sample. It computes in single precision or better.
/// Keras: https://keras.io/api/layers/preprocessing_layers/audio_preprocessing/mel_spectrogram/</remarks>
public sealed record MelSpectrogram : UnaryLayer
{
    private const string Owner = nameof(MelSpectrogram);

    /// <summary>The samples of the transform, at least 2. Default 2048.</summary>
    public int FftLength { get; init => field = Require.AtLeast(value, 2, Owner, nameof(FftLength)); } = 2048;

    /// <summary>The samples from frame to frame, at least 1. Default 512.</summary>
    public int SequenceStride { get; init => field = Require.AtLeast(value, 1, Owner, nameof(SequenceStride)); } = 512;

    /// <summary>The samples of a frame that the window covers, at most <see cref="FftLength"/>; null (the default) for all.</summary>
    public int? SequenceLength { get; init => field = value is { } v ? Require.AtLeast(v, 1, Owner, nameof(SequenceLength)) : null; }

    /// <summary>What the samples of a frame are multiplied by: Hann (the default), Hamming, or values; null for nothing.</summary>
    public SpectrumWindow? Window { get; init => field = Known(value?.OrNull); } = WindowFunction.Hann;

    /// <summary>Samples of a second, at least 1. Default 16000.</summary>
    public int SamplingRate { get; init => field = Require.AtLeast(value, 1, Owner, nameof(SamplingRate)); } = 16000;

    /// <summary>The number of mel bins, at least 1. Default 128.</summary>
    public int NumMelBins { get; init => field = Require.AtLeast(value, 1, Owner, nameof(NumMelBins)); } = 128;

    /// <summary>Where the lowest triangle begins, in hertz, at least 0. Default 20.</summary>
    public double MinFreq { get; init => field = Require.AtLeast(value, 0, Owner, nameof(MinFreq)); } = 20;

    /// <summary>Where the highest triangle ends, in hertz, above 0; null (the default) for half the sampling rate.</summary>
    public double? MaxFreq { get; init => field = value is { } v ? Require.Positive(v, Owner, nameof(MaxFreq)) : null; }

    /// <summary>Whether powers become decibels, 10 log10(power / <see cref="RefPower"/>). Default true.</summary>
    public bool PowerToDb { get; init; } = true;

    /// <summary>How many decibels below the loudest value are kept, at least 0. Default 80.</summary>
    public double TopDb { get; init => field = Require.AtLeast(value, 0, Owner, nameof(TopDb)); } = 80;

    /// <summary>The exponent of the magnitude: 1 for magnitudes, 2 (the default) for powers. Above 0.</summary>
    public double MagExp { get; init => field = Require.Positive(value, Owner, nameof(MagExp)); } = 2;

    /// <summary>The least power, and the least reference, above 0. Default 1e-10.</summary>
    public double MinPower { get; init => field = Require.Positive(value, Owner, nameof(MinPower)); } = 1e-10;

    /// <summary>The power of 0 decibels; its sign does not count. Default 1.</summary>
    public double RefPower { get; init => field = Require.Finite(value, Owner, nameof(RefPower)); } = 1;

    /// <summary>The frequencies of a spectrum.</summary>
    internal int Frequencies => FftLength / 2 + 1;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (Misfit(input) is { } misfit) throw misfit;
        Window?.CheckFor(SequenceLength ?? FftLength);
        return new(input[0], NumMelBins, input[1] is { } samples ? Frames(samples) : null);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var output = OutputShape(inputs[0]);
        var spectra = new Shape(output[0], output[2], Frequencies);
        var transform = Work.Of(name, OperationKind.Elementwise, inputs, [spectra]);
        var columns = (double)output[0]!.Value * output[2]!.Value;
        var product = Work.Of(name, OperationKind.MatrixMultiply, [spectra], [output]) with
        {
            ForwardFlops = 2 * columns * Frequencies * NumMelBins,
            BackwardFlops = 2 * columns * Frequencies * NumMelBins,
            Product = new(NumMelBins, Frequencies, 1, columns, columns),
        };
        return [transform, product];
    }

    /// <summary>How many frames a signal has.</summary>
    /// <exception cref="ShapeException">It is too short to be mirrored.</exception>
    internal int Frames(long samples)
    {
        var half = FftLength / 2;
        if (samples <= half) throw TooShort(half);
        return checked((int)((samples + 2 * half - FftLength) / SequenceStride + 1));
    }

    private ShapeException? Misfit(Shape input)
    {
        if (input.Rank != 2) return new("signals (batch, samples)", "Reshape each signal to one axis; take one channel at a time.");
        if (SequenceLength > FftLength) return new($"a sequence of at most the FFT's {FftLength} samples", "Set a larger FftLength.");
        var isEmpty = MinFreq >= (MaxFreq ?? SamplingRate / 2);
        return isEmpty ? new("a highest frequency above the lowest", "Raise MaxFreq, or lower MinFreq.") : null;
    }

    private static ShapeException TooShort(int half) => new(
        $"more than {half} samples, half the FFT length, as the signal is mirrored at its ends",
        "Make the FFT shorter, or fill the signal up.");

    private static SpectrumWindow? Known(SpectrumWindow? window)
        => window?.Function is null or WindowFunction.Hann or WindowFunction.Hamming
            ? window
            : throw Require.OutOfRange(Owner, nameof(Window), "Hann, Hamming or values", window.Function);
}
