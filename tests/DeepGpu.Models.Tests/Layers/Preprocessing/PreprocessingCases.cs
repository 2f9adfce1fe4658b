using static DeepGpu.Models.Tests.Layers.LayerCase;

namespace DeepGpu.Models.Tests.Layers;

/// <summary>A case or more for every class of preprocessing layers.</summary>
public static class PreprocessingCases
{
    public static IReadOnlyList<LayerCase> All { get; } =
    [
        Of(new Normalization(), [5, 3], [5, 3], 3 + 3 + 1),
        Of(new Normalization { Axis = null }, [5, 3], [5, 3], 1 + 1 + 1),
        Of(new Normalization { Mean = [1, 2, 3], Variance = [1] }, [5, 3], [5, 3]),
        Of(new Rescaling([0.5, 1, 2]) { Offset = [1] }, [5, 3], [5, 3]),
        Of(new Resizing(4, 3) { CropToAspectRatio = true }, [8, 9, 2], [4, 3, 2]),
        Of(new Resizing(4, 3) { DataFormat = DataFormat.ChannelsFirst }, [2, 8, 9], [2, 4, 3]),
        Of(new CenterCrop(4, 3), [8, 9, 2], [4, 3, 2]),
        Of(new RandomCrop(4, 3), [8, 9, 2], [4, 3, 2]),
        Of(new RandomFlip { Mode = FlipMode.Vertical }, [4, 4, 1], [4, 4, 1]),
        Of(new RandomRotation(0.1) { FillMode = FillMode.Wrap }, [4, 4, 1], [4, 4, 1]),
        Of(new RandomZoom((-0.1, 0.2)) { Interpolation = Interpolation.Nearest }, [4, 4, 1], [4, 4, 1]),
        Of(new RandomZoom(0.1, 0.3), [4, 4, 1], [4, 4, 1]),
        Of(new RandomTranslation(0.1, 0.2), [4, 4, 1], [4, 4, 1]),
        Of(new RandomContrast((0.1, 0.2)), [4, 4, 1], [4, 4, 1]),
        Of(new RandomBrightness(0.1) { ValueRange = [0, 1] }, [4, 4, 1], [4, 4, 1]),
        Of(new RandomErasing { FillValue = 3 }, [4, 4, 1], [4, 4, 1]),
        Of(new RandomShear(0.2, (0.1, 0.3)) { FillMode = FillMode.Constant, FillValue = 2 }, [4, 5, 2], [4, 5, 2]),
        Of(new RandomColorDegeneration((0.1, 0.7)) { DataFormat = DataFormat.ChannelsFirst }, [3, 4, 5], [3, 4, 5]),
        Of(new RandomSharpness(0.6), [4, 5, 2], [4, 5, 2]),
        Of(new RandomPosterization((3, 6)), [4, 5, 2], [4, 5, 2]),
        Of(new Solarization { AdditionFactor = (0.1, 0.2), ThresholdFactor = 0.6, ValueRange = [20, 200] }, [4, 5, 2], [4, 5, 2]),
        Of(new AutoContrast { ValueRange = [0, 1] }, [4, 5, 2], [4, 5, 2]),
        Of(new Equalization { Bins = 64 }, [4, 5, 2], [4, 5, 2]),
        Of(new RandAugment { NumOps = 3, Factor = (0.2, 0.9), Interpolation = Interpolation.Nearest }, [4, 5, 3], [4, 5, 3]),
        Of(
            new AugMix { NumChains = 2, ChainDepth = 4, Factor = 0.7, Alpha = 0.5, AllOps = false, DataFormat = DataFormat.ChannelsFirst },
            [2, 4, 5],
            [2, 4, 5]),
        Of(new CategoryEncoding(5), [3], [5]),
        Of(new CategoryEncoding(5) { OutputMode = OutputMode.OneHot }, [3], [3, 5]),
        Of(new CategoryEncoding(5) { OutputMode = OutputMode.OneHot }, [1], [5]),
        Of(new Discretization { BinBoundaries = [0, 1] }, [3, 2], [3, 2]),
        Of(new Discretization { BinBoundaries = [0, 1], OutputMode = OutputMode.Count }, [4], [3]),
        Of(new IntegerLookup { Vocabulary = [12, 36], MaskToken = 0 }, [3], [3]),
        Of(new IntegerLookup { Vocabulary = [12, 36], NumOovIndices = 2, OutputMode = OutputMode.MultiHot }, [3], [4]),
        Of(new Hashing(5) { MaskValue = 0, Salt = (133, 137) }, [3, 2], [3, 2]),
        Of(new Hashing(5) { OutputMode = OutputMode.OneHot }, [1], [5]),
        Of(new Hashing(5) { OutputMode = OutputMode.Count }, [3, 4], [3, 5]),
        Many(new HashedCrossing(5), [[1], [1], [1]], [1]),
        Many(new HashedCrossing(5) { OutputMode = OutputMode.OneHot }, [[], []], [5]),
        Of(new STFTSpectrogram(), [1000, 2], [6, 258], 2 * 256 * 129),
        Of(
            new STFTSpectrogram { Mode = SpectrogramMode.Real, FrameLength = 100, FrameStep = 30, ExpandDims = true },
            [1000, 2],
            [31, 65, 2],
            100 * 65),
        Of(
            new STFTSpectrogram
            {
                Mode = SpectrogramMode.Stft,
                FrameLength = 101,
                FftLength = 120,
                Padding = Padding.Same,
                DataFormat = DataFormat.ChannelsFirst,
            },
            [3, 1000],
            [3 * 122, 20],
            2 * 101 * 61),
        Of(
            new STFTSpectrogram { Mode = SpectrogramMode.Imag, ExpandDims = true, DataFormat = DataFormat.ChannelsFirst },
            [2, 512],
            [2, 3, 129],
            256 * 129),
        Of(new MelSpectrogram(), [16000], [128, 32]),
        Of(
            new MelSpectrogram { NumMelBins = 7, FftLength = 33, SequenceLength = 20, SequenceStride = 5, MaxFreq = 3000, Window = null },
            [50],
            [7, 10]),
    ];
}
