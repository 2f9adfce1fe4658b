namespace DeepGpu.Models;

/// <summary>Preprocessing and augmentation as fluent calls.</summary>
public static partial class FluentLayers
{
    /// <summary>Adds a <see cref="Models.Resizing"/> layer.</summary>
    public static SymbolicTensor Resizing(this SymbolicTensor input, int height, int width,
        Interpolation interpolation = Interpolation.Bilinear, bool cropToAspectRatio = false, string? name = null)
        => Add(input, new Resizing(height, width) { Name = name, Interpolation = interpolation, CropToAspectRatio = cropToAspectRatio });

    /// <summary>Adds a <see cref="Models.CenterCrop"/> layer.</summary>
    public static SymbolicTensor CenterCrop(this SymbolicTensor input, int height, int width, string? name = null)
        => Add(input, new CenterCrop(height, width) { Name = name });

    /// <summary>Adds a <see cref="Models.CategoryEncoding"/> layer.</summary>
    public static SymbolicTensor CategoryEncoding(this SymbolicTensor input, int numTokens,
        OutputMode outputMode = OutputMode.MultiHot, string? name = null)
        => Add(input, new CategoryEncoding(numTokens) { Name = name, OutputMode = outputMode });

    /// <summary>Adds a <see cref="Models.Hashing"/> layer.</summary>
    public static SymbolicTensor Hashing(
        this SymbolicTensor input, int numBins, HashSalt? salt = null, OutputMode outputMode = OutputMode.Int, string? name = null)
        => Add(input, new Hashing(numBins) { Name = name, Salt = salt, OutputMode = outputMode });

    /// <summary>Crosses the input with others by a <see cref="Models.HashedCrossing"/> layer.</summary>
    public static SymbolicTensor HashedCrossing(this SymbolicTensor input, int numBins, params IEnumerable<SymbolicTensor> others)
        => Merge(input, new HashedCrossing(numBins), others);

    /// <summary>Adds a <see cref="Models.MelSpectrogram"/> layer.</summary>
    public static SymbolicTensor MelSpectrogram(
        this SymbolicTensor input,
        int numMelBins = 128,
        int fftLength = 2048,
        int sequenceStride = 512,
        int samplingRate = 16000,
        string? name = null)
        => Add(input, new MelSpectrogram
        {
            Name = name,
            NumMelBins = numMelBins,
            FftLength = fftLength,
            SequenceStride = sequenceStride,
            SamplingRate = samplingRate,
        });

    /// <summary>Adds an <see cref="Models.STFTSpectrogram"/> layer.</summary>
    public static SymbolicTensor STFTSpectrogram(
        this SymbolicTensor input,
        SpectrogramMode mode = SpectrogramMode.Log,
        int frameLength = 256,
        int? frameStep = null,
        int? fftLength = null,
        string? name = null)
        => Add(input, new STFTSpectrogram
        {
            Name = name,
            Mode = mode,
            FrameLength = frameLength,
            FrameStep = frameStep,
            FftLength = fftLength,
        });

    /// <summary>Adds a <see cref="Models.RandomFlip"/> layer.</summary>
    public static SymbolicTensor RandomFlip(this SymbolicTensor input, FlipMode mode = FlipMode.HorizontalAndVertical, string? name = null)
        => Add(input, new RandomFlip { Name = name, Mode = mode });

    /// <summary>Adds a <see cref="Models.RandomRotation"/> layer.</summary>
    public static SymbolicTensor RandomRotation(this SymbolicTensor input, FactorRange factor,
        FillMode fillMode = FillMode.Reflect, string? name = null)
        => Add(input, new RandomRotation(factor) { Name = name, FillMode = fillMode });

    /// <summary>Adds a <see cref="Models.RandomZoom"/> layer.</summary>
    public static SymbolicTensor RandomZoom(this SymbolicTensor input, FactorRange heightFactor, FactorRange? widthFactor = null,
        FillMode fillMode = FillMode.Reflect, string? name = null)
        => Add(input, new RandomZoom(heightFactor, widthFactor) { Name = name, FillMode = fillMode });

    /// <summary>Adds a <see cref="Models.RandomTranslation"/> layer.</summary>
    public static SymbolicTensor RandomTranslation(this SymbolicTensor input, FactorRange heightFactor, FactorRange widthFactor,
        FillMode fillMode = FillMode.Reflect, string? name = null)
        => Add(input, new RandomTranslation(heightFactor, widthFactor) { Name = name, FillMode = fillMode });

    /// <summary>Adds a <see cref="Models.RandomContrast"/> layer.</summary>
    public static SymbolicTensor RandomContrast(this SymbolicTensor input, FactorRange factor, string? name = null)
        => Add(input, new RandomContrast(factor) { Name = name });

    /// <summary>Adds a <see cref="Models.RandomBrightness"/> layer.</summary>
    public static SymbolicTensor RandomBrightness(this SymbolicTensor input, FactorRange factor, string? name = null)
        => Add(input, new RandomBrightness(factor) { Name = name });

    /// <summary>Adds a <see cref="Models.RandomErasing"/> layer.</summary>
    public static SymbolicTensor RandomErasing(this SymbolicTensor input, FactorRange? factor = null, string? name = null)
        => Add(input, new RandomErasing { Name = name, Factor = factor ?? new(0, 1) });

    /// <summary>Adds a <see cref="Models.RandomCrop"/> layer.</summary>
    public static SymbolicTensor RandomCrop(this SymbolicTensor input, int height, int width, string? name = null)
        => Add(input, new RandomCrop(height, width) { Name = name });
}
