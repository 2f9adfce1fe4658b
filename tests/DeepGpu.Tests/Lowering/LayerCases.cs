using DeepGpu.Models;

namespace DeepGpu.Tests.Layers;

/// <summary>Every layer, with the options that change how it computes.</summary>
internal static partial class LayerCases
{
    public static IReadOnlyList<LayerCase> All { get; } = DrawnCases.AddedTo(
    [
        .. Core(), .. Adapted(),
        .. Convolutions(), .. Poolings(), .. Reshapings(), .. Normalizations(), .. Regularizations(), .. Mergings(),
            .. Attentions(), .. Transformers(), .. Recurrent(), .. Preprocessing(),
    ]);

    private static IEnumerable<LayerCase> Core() =>
    [
        Of(new Dense(3, Activation.Tanh), 4), Of(new Dense(3) { UseBias = false, KernelRegularizer = new L2(0.1) }, 2, 4),
        Of(new EinsumDense("abc,cd->abd", [null, 3]) { BiasAxes = "d" }, 2, 4), Of(new EinsumDense("ab,bc->ac", [3]), 4),
        Of(new Embedding(5, 3), 4) with { Below = 5 }, Of(new Embedding(5, 3) { MaskZero = true }, 4) with { Below = 5 },
        Of(new Masking(), 4, 2), Of(new IdentityLayer(), 3),
        Of(new TensorFunction("Mean", ("axis", 1)), 3, 2), Of(new TensorFunction("Square"), 3),
        Of(new NotEqual(), 3) with { YieldsTruth = true }, Of(new Any { Axis = -1 }, 3, 2) with { YieldsTruth = true },
        .. Enum.GetValues<Activation>().Select(a => Of(new ActivationLayer(a), 4)),
        Of(new ReLU { MaxValue = 0.5, NegativeSlope = 0.1, Threshold = 0.1 }, 4), Of(new LeakyReLU(), 4), Of(new ELU { Alpha = 0.7 }, 4),
        Of(new PReLU(), 3, 2), Of(new PReLU { SharedAxes = [1] }, 3, 2), Of(new Softmax(), 4), Of(new Softmax { Axis = new(1, 2) }, 3, 2),
    ];

    private static IEnumerable<LayerCase> Adapted() =>
    [
        Of(new Dense(3, Activation.Tanh) { KernelRegularizer = new L2(0.1) }.EnableLora(2, 3), 4),
        Of(new EinsumDense("abc,cde->abde", [null, 2, 3]) { BiasAxes = "de" }.EnableLora(1), 2, 4),
        Of(new Embedding(5, 3).EnableLora(2, 0.5), 4) with { Below = 5 },
        .. new Quantization[] { Quantization.Int8, Quantization.Int4, new Int4Quantization { BlockSize = 2 },
            new Int4Quantization { BlockSize = null } }.SelectMany(Quantized),
        Of(new Dense(3).Quantize(new Float8Quantization { AmaxHistoryLength = 5 }), 4) with { IsRounded = true },
        Of(new EinsumDense("abc,dc->abd", [null, 3]).Quantize(Quantization.Float8), 2, 4) with { IsRounded = true },
        Of(new TimeDistributed(new Dense(2).Quantize(Quantization.Int8).EnableLora(1)), 3, 4) with { IsRounded = true },
    ];

    private static IEnumerable<LayerCase> Quantized(Quantization quantization) =>
    [
        Of(new Dense(3, Activation.Relu).Quantize(quantization), 5) with { IsRounded = true },
        Of(new Dense(3) { UseBias = false }.Quantize(quantization).EnableLora(2), 2, 5) with { IsRounded = true },
        Of(new EinsumDense("abc,cde->abde", [null, 2, 3]) { BiasAxes = "e" }.Quantize(quantization), 2, 4) with { IsRounded = true },
        Of(new Embedding(5, 3) { MaskZero = true }.Quantize(quantization), 4) with { Below = 5, IsRounded = true },
        Of(new Embedding(5, 3).Quantize(quantization).EnableLora(2), 4) with { Below = 5, IsRounded = true },
    ];

    private static IEnumerable<LayerCase> Convolutions() =>
    [
        Of(new Conv1D(3, 2, Activation.Elu), 6, 2), Of(new Conv1D(3, 3) { Padding = Padding.Causal, DilationRate = 2 }, 6, 2),
        Of(new Conv1D(4, 2) { Groups = 2, Strides = 2, Padding = Padding.Same }, 5, 2),
        Of(new Conv2D(2, 3) { Padding = Padding.Same, Strides = 2 }, 5, 4, 2),
        Of(new Conv2D(2, (2, 3)) { DilationRate = (2, 1), UseBias = false }, 5, 5, 1),
        Of(new Conv2D(2, 2) { DataFormat = DataFormat.ChannelsFirst }, 2, 4, 4),
        Of(new Conv3D(2, 2) { Padding = Padding.Same, Strides = (2, 1, 1) }, 3, 3, 2, 2),
        Of(new Conv1DTranspose(2, 3) { Strides = 2 }, 4, 2), Of(new Conv2DTranspose(2, 3) { Strides = 2, Padding = Padding.Same }, 3, 2, 2),
        Of(new Conv2DTranspose(2, 2) { Strides = 3, DataFormat = DataFormat.ChannelsFirst }, 2, 2, 2),
        Of(new Conv3DTranspose(1, 2) { Strides = 2, Padding = Padding.Same }, 2, 2, 2, 1),
        Of(new DepthwiseConv1D(2) { DepthMultiplier = 2 }, 5, 2),
        Of(new DepthwiseConv2D(3) { Padding = Padding.Same, Strides = 2 }, 5, 4, 2),
        Of(new SeparableConv1D(3, 2) { Padding = Padding.Same, DilationRate = 2 }, 5, 2),
        Of(new SeparableConv2D(3, 2) { DepthMultiplier = 2, Strides = 2 }, 4, 4, 2),
    ];

    private static IEnumerable<LayerCase> Poolings() =>
    [
        Of(new MaxPooling1D(3) { Strides = 2, Padding = Padding.Same }, 6, 2), Of(new MaxPooling2D(2), 4, 5, 2),
        Of(new MaxPooling2D(2) { CeilMode = true }, 5, 5, 1), Of(new MaxPooling3D(2), 4, 4, 2, 1),
        Of(new AveragePooling1D(2), 5, 2), Of(new AveragePooling2D(3) { Strides = 2, Padding = Padding.Same }, 5, 4, 2),
        Of(new AveragePooling3D(2) { DataFormat = DataFormat.ChannelsFirst }, 1, 4, 2, 2),
        Of(new GlobalMaxPooling1D(), 4, 2), Of(new GlobalMaxPooling2D { KeepDims = true }, 3, 3, 2),
        Of(new GlobalMaxPooling3D { DataFormat = DataFormat.ChannelsFirst }, 2, 2, 2, 2),
        Of(new GlobalAveragePooling1D(), 4, 2), Of(new GlobalAveragePooling1D(), 4, 2) with { MaskedFrom = 0 },
        Of(new GlobalAveragePooling2D(), 3, 3, 2), Of(new GlobalAveragePooling3D(), 2, 2, 2, 2),
        Of(new AdaptiveMaxPooling1D(2), 5, 2), Of(new AdaptiveMaxPooling2D((2, 3)), 5, 4, 2), Of(new AdaptiveMaxPooling3D(2), 3, 4, 5, 1),
        Of(new AdaptiveAveragePooling1D(2), 5, 2), Of(new AdaptiveAveragePooling2D((2, 3)), 5, 4, 2),
        Of(new AdaptiveAveragePooling3D(2), 3, 4, 5, 1),
    ];

    private static IEnumerable<LayerCase> Reshapings() =>
    [
        Of(new Flatten(), 2, 3), Of(new Flatten { DataFormat = DataFormat.ChannelsFirst }, 2, 3, 2), Of(new Reshape(3, -1), 2, 6),
        Of(new Permute(2, 1), 2, 3), Of(new RepeatVector(3), 2),
        Of(new Cropping1D((1, 2)), 6, 2), Of(new Cropping2D(((1, 0), (0, 2))), 4, 5, 2), Of(new Cropping3D(1), 4, 3, 3, 1),
        Of(new ZeroPadding1D((1, 2)), 3, 2), Of(new ZeroPadding2D(((1, 0), (0, 2))), 2, 2, 2), Of(new ZeroPadding3D(1), 2, 1, 2, 1),
        Of(new UpSampling1D(2), 3, 2), Of(new UpSampling2D((2, 3)), 2, 2, 2), Of(new UpSampling3D(2), 2, 1, 2, 1),
        .. Enum.GetValues<Interpolation>().Select(i => Of(new UpSampling2D(2) { Interpolation = i }, 3, 3, 1)),
        Of(new Rescaling([0.5]) { Offset = [0.1] }, 3),
        Of(new Normalization { Mean = [0.5], Variance = [2] }, 3), Of(new Normalization(), 3),
    ];

    /// <summary>Modes whose slopes are steep nowhere.</summary>
    private static SpectrogramMode[] Spectra =>
        [SpectrogramMode.Magnitude, SpectrogramMode.Psd, SpectrogramMode.Real, SpectrogramMode.Imag, SpectrogramMode.Stft];

    private static IEnumerable<LayerCase> Preprocessing() =>
    [
        .. Enum.GetValues<Interpolation>()
            .Select(i => Of(new Resizing(3, 2) { Interpolation = i, Antialias = i == Interpolation.Bilinear }, 5, 4, 1)),
        Of(new Resizing(3, 2) { CropToAspectRatio = true }, 4, 4, 2),
        Of(new Resizing(3, 2) { PadToAspectRatio = true, FillValue = 2, DataFormat = DataFormat.ChannelsFirst }, 2, 4, 4),
        Of(new CenterCrop(2, 3), 4, 4, 2), Of(new CenterCrop(5, 3), 4, 4, 1), Of(new RandomCrop(2, 3), 4, 4, 2),
        Of(new RandomCrop(4, 2), 4, 3, 1),
        Of(new RandomFlip(), 3, 2, 2), Of(new RandomFlip { Mode = FlipMode.Horizontal, DataFormat = DataFormat.ChannelsFirst }, 2, 3, 2),
        .. Enum.GetValues<FillMode>().Select(mode => Of(new RandomRotation(0.4) { FillMode = mode, FillValue = 0.3 }, 4, 3, 2)),
        Of(new RandomZoom((-0.5, 0.5)), 4, 4, 1), Of(new RandomZoom(0.3, 0.2) { Interpolation = Interpolation.Nearest }, 4, 4, 1),
        Of(new RandomTranslation(0.3, 0.3) { FillMode = FillMode.Wrap }, 4, 4, 1),
        Of(new RandomContrast(0.5) { ValueRange = [-9, 9] }, 3, 3, 2), Of(new RandomBrightness(0.5) { ValueRange = [-9, 9] }, 3, 3, 2),
        Of(new RandomErasing { FillValue = 0.5, Scale = new(0.3, 0.6), ValueRange = [-9, 9] }, 5, 5, 2),
        Of(new RandomShear(0.4, (0.1, 0.3)) { DataFormat = DataFormat.ChannelsFirst }, 2, 4, 3),
        Of(new RandomColorDegeneration(0.5) { ValueRange = [-9, 9] }, 3, 2, 3),
        Of(new RandomSharpness(1) { ValueRange = [-9, 9], DataFormat = DataFormat.ChannelsFirst }, 2, 4, 3),
        Of(new RandomPosterization((2, 5)) { ValueRange = [-1, 1] }, 3, 2, 2) with { YieldsTruth = true, IsRounded = true },
        Of(new Solarization { AdditionFactor = 0.1, ThresholdFactor = 0.6, ValueRange = [-9, 9] }, 3, 2, 2),
        Of(new AutoContrast { ValueRange = [-9, 9], DataFormat = DataFormat.ChannelsFirst }, 2, 3, 4),
        Of(new Equalization { ValueRange = [-1, 1], Bins = 9 }, 3, 2, 2) with { YieldsTruth = true, IsRounded = true },
        Of(new RandAugment { ValueRange = [-9, 9] }, 4, 4, 3) with { YieldsTruth = true, IsRounded = true },
        Of(new AugMix { ValueRange = [-9, 9], DataFormat = DataFormat.ChannelsFirst }, 3, 4, 4) with { IsRounded = true },
        Of(new CategoryEncoding(4), 3) with { Below = 4, YieldsTruth = true },
        Of(new CategoryEncoding(4) { OutputMode = OutputMode.OneHot }, 3) with { Below = 4, YieldsTruth = true },
        Of(new CategoryEncoding(4) { OutputMode = OutputMode.Count }, 3) with { Below = 4, YieldsTruth = true },
        Of(new Discretization { BinBoundaries = [-0.2, 0.3] }, 3) with { YieldsTruth = true },
        Of(new Discretization { BinBoundaries = [0], OutputMode = OutputMode.MultiHot }, 3) with { YieldsTruth = true },
        Of(new IntegerLookup { Vocabulary = [3, 1], MaskToken = 0 }, 3) with { Below = 5, YieldsTruth = true },
        Of(new IntegerLookup { Vocabulary = [3, 1], NumOovIndices = 2, OutputMode = OutputMode.Count }, 4) with
        {
            Below = 5,
            YieldsTruth = true
        },
        Of(new Hashing(5) { MaskValue = 2, Salt = 7 }, 3) with { Below = 5, YieldsTruth = true },
        Of(new Hashing(4) { OutputMode = OutputMode.MultiHot, IntegerType = DataType.Int32 }, 3) with { Below = 9, YieldsTruth = true },
        Many(new HashedCrossing(4) { OutputMode = OutputMode.OneHot }, [1], [1]) with { Below = 5, YieldsTruth = true },
        .. Spectra.Select(mode => Of(new STFTSpectrogram { Mode = mode, FrameLength = 6, FrameStep = 2 }, 13, 2)),
        Of(new STFTSpectrogram { FrameLength = 5, FftLength = 9, Padding = Padding.Same, ExpandDims = true, Window = null }, 12, 2),
        Of(new STFTSpectrogram { FrameLength = 6, DataFormat = DataFormat.ChannelsFirst, Periodic = true, Scaling = null }, 2, 14),
        Of(new MelSpectrogram { FftLength = 16, SequenceLength = 11, SequenceStride = 5, NumMelBins = 3, TopDb = 100 }, 23),
        Of(new MelSpectrogram { FftLength = 8, SequenceStride = 3, NumMelBins = 2, PowerToDb = false, MagExp = 3 }, 20),
    ];

    private static IEnumerable<LayerCase> Normalizations() =>
    [
        Of(new BatchNormalization(), 3, 2), Of(new BatchNormalization { Axis = 1, Scale = false }, 2, 3, 3),
        Of(new BatchNormalization(), 4, 2) with { MaskedFrom = 0 },
        Of(new BatchNormalization { Renorm = true }, 3) with { ChecksTraining = false },
        Of(new BatchNormalization { Trainable = false }, 3),
        Of(new LayerNormalization { RmsScaling = true }, 3, 2), Of(new LayerNormalization(), 3, 4),
            Of(new LayerNormalization { Axis = new(1, 2), Center = false }, 3, 4), Of(new LayerNormalization { Axis = 1 }, 3, 4),
        Of(new GroupNormalization { Groups = 2 }, 3, 4), Of(new GroupNormalization { Groups = -1, Axis = 1 }, 2, 3),
        Of(new RMSNormalization(), 3, 4), Of(new UnitNormalization(), 3, 4), Of(new LayerScale(0.5), 3, 2),
        Of(new SpectralNormalization(new Dense(3, Activation.Tanh)) { PowerIterations = 2 }, 4) with { ChecksTraining = false },
        Of(new SpectralNormalization(new Conv2D(2, 2) { DataFormat = DataFormat.ChannelsFirst }), 2, 3, 4) with { ChecksTraining = false },
        Of(new SpectralNormalization(new Embedding(5, 3)), 4) with { Below = 5, ChecksTraining = false },
    ];

    private static IEnumerable<LayerCase> Regularizations() =>
    [
        Of(new Dropout(0.4), 6), Of(new Dropout(0.4) { NoiseShape = [null, 1, null] }, 3, 2), Of(new SpatialDropout1D(0.4), 3, 4),
        Of(new SpatialDropout2D(0.4), 2, 2, 4), Of(new SpatialDropout3D(0.4), 2, 2, 2, 4),
        Of(new GaussianNoise(0.3), 4), Of(new GaussianDropout(0.3), 4), Of(new AlphaDropout(0.3), 4), Of(new StochasticDepth(0.4), 4),
        Of(new ActivityRegularization { L1 = 0.1, L2 = 0.2 }, 4),
    ];

    private static IEnumerable<LayerCase> Mergings() =>
    [
        Two(new Add(), [3, 2], [3, 2]), Two(new Add(), [3, 2], [2]), Two(new Subtract(), [3], [3]), Two(new Multiply(), [3], [3]),
        Two(new Average(), [3], [3]), Two(new Maximum(), [3], [3]), Two(new Minimum(), [3], [3]),
        .. new Layer[] { new Add(), new Multiply(), new Maximum(), new Minimum(), new Concatenate(1) }
            .Select(layer => Two(layer, [4, 2], [4, 2]) with { MaskedFrom = 0, Name = layer.GetType().Name + " masked" }),
        Two(new Concatenate(), [3, 2], [3, 4]), Two(new Concatenate(1), [3, 2], [4, 2]), Two(new Dot(1), [3], [3]),
        Two(new Dot(new Axes(2, 1)) { Normalize = true }, [2, 3], [3, 4]),
    ];

    private static IEnumerable<LayerCase> Attentions() =>
    [
        Two(new Attention { UseScale = true }, [3, 2], [4, 2]),
        Two(new Attention { ScoreMode = AttentionScore.Concat, UseScale = true, ReturnAttentionScores = true }, [3, 2], [4, 2]),
        Two(new Attention { UseCausalMask = true, Dropout = 0.3 }, [4, 2], [4, 2]),
        Two(new AdditiveAttention(), [3, 2], [4, 2]),
        Two(new AdditiveAttention { UseScale = false }, [4, 2], [4, 2]) with { MaskedFrom = 1 },
        Two(new MultiHeadAttention(2, 3), [3, 4], [5, 4]),
        Two(new MultiHeadAttention(2, 3) { ValueDim = 2, OutputShape = [5], UseBias = false, ReturnAttentionScores = true }, [3, 4],
            [5, 2]),
        Two(new MultiHeadAttention(2, 2) { AttentionAxes = [2] }, [2, 3, 4], [2, 3, 4]),
        Two(new MultiHeadAttention(1, 2) { Dropout = 0.3 }, [4, 2], [4, 2]) with { MaskedFrom = 1 },
        Two(new MultiHeadAttention(1, 2) { UseCausalMask = true }, [4, 2], [4, 2]),
        Two(new MultiHeadAttention(2, 3) { ValueDim = 2 }.EnableLora(2, 3, ["query_dense", "output_dense"]), [3, 4], [5, 4]),
        Of(new TransformerEncoder(5, 2).EnableLora(1, 0.5), 4, 6),
        Two(new MultiHeadAttention(2, 3) { ValueDim = 2, UseGate = true, SlidingWindow = 2 }, [3, 4], [5, 4]),
        Two(new GroupedQueryAttention(3, 4, 2), [3, 5], [4, 2]),
        Many(new GroupedQueryAttention(2, 6, 2) { UseGate = true, UseCausalMask = true, ReturnAttentionScores = true }, [3, 2], [4, 2], [4,
            3]),
        Two(new GroupedQueryAttention(2, 2, 1) { Dropout = 0.3, UseBias = false, SlidingWindow = 3 }, [4, 2], [4, 2]) with
            { MaskedFrom = 1 },
    ];

    private static IEnumerable<LayerCase> Recurrent() =>
    [
        .. new Func<RecurrentLayer>[] { () => new SimpleRNN(3), () => new LSTM(3), () => new GRU(3) }.SelectMany(Variants),
        Of(new GRU(2) { ResetAfter = false }, 4, 2), Of(new GRU(2) { ResetAfter = false, UseBias = false }, 4, 2),
        Of(new LSTM(2) { UnitForgetBias = false, RecurrentActivation = Activation.HardSigmoid }, 4, 2),
        Of(new SimpleRNN(2) { Activation = Activation.Relu }, 4, 2), Many(new LSTM(3) { ReturnState = true }, [4, 2], [3], [3]),
        Many(new SimpleRNNCell(2), [3], [2]), Many(new LSTMCell(2), [3], [2], [2]), Many(new GRUCell(2), [3], [2]),
        Of(new RNN(new GRUCell(2)) { ReturnSequences = true }, 3, 2),
        Of(new RNN(new StackedRNNCells(new LSTMCell(2), new GRUCell(3))) { ReturnState = true }, 3, 2),
        Many(new StackedRNNCells(new SimpleRNNCell(2), new SimpleRNNCell(3)), [3], [2], [3]),
        .. Enum.GetValues<MergeMode>()
            .Select(mode => Of(new Bidirectional(new LSTM(2) { ReturnSequences = true }) { MergeMode = mode }, 4, 2)),
        Of(new Bidirectional(new GRU(2) { ReturnState = true }) { MergeMode = null }, 4, 2),
        Of(new Bidirectional(new SimpleRNN(2) { ReturnSequences = true }), 4, 2) with { MaskedFrom = 0, Name = "Bidirectional masked" },
        Of(new TimeDistributed(new Dense(2, Activation.Tanh)), 3, 2), Of(new TimeDistributed(new Conv2D(1, 2)), 2, 3, 3, 1),
        .. ConvolutionalLstms(),
        Of(new NestedModel(Sequential.Input(3).Dense(2, Activation.Tanh).BatchNormalization().Build()), 3),
    ];

    private static IEnumerable<LayerCase> ConvolutionalLstms() =>
    [
        Of(new ConvLSTM2D(2, 2) { Padding = Padding.Same, ReturnSequences = true }, 3, 3, 2, 1),
        Of(new ConvLSTM2D(1, 2) { Strides = 2, DataFormat = DataFormat.ChannelsFirst, ReturnState = true, Dropout = 0.2,
            RecurrentDropout = 0.2 }, 2, 1, 4, 4),
        Of(new ConvLSTM1D(2, 3) { Strides = 2, Padding = Padding.Same, ReturnSequences = true }, 3, 5, 2) with { MaskedFrom = 0 },
        Of(new ConvLSTM1D(2, 2) { DataFormat = DataFormat.ChannelsFirst, Dropout = 0.3, RecurrentDropout = 0.3, GoBackwards = true,
            Stateful = true }, 3, 2, 4),
        Many(new ConvLSTM1D(2, 2) { DilationRate = 2, UseBias = false, ReturnState = true }, [2, 5, 1], [3, 2], [3, 2]),
        Of(new ConvLSTM3D(1, (2, 1, 2)) { Strides = (2, 1, 1), RecurrentActivation = Activation.HardSigmoid, ReturnState = true }, 2, 3, 2,
            3, 2),
        Of(new ConvLSTM3D(2, 2) { Padding = Padding.Same, DataFormat = DataFormat.ChannelsFirst, ZeroOutputForMask = true }, 3, 1, 2, 2,
            2) with { MaskedFrom = 0 },
        Of(new Bidirectional(new ConvLSTM1D(1, 2) { ReturnSequences = true }), 3, 4, 1),
    ];

    private static IEnumerable<LayerCase> Variants(Func<RecurrentLayer> make) =>
    [
        Of(make(), 4, 2), Of(make() with { ReturnSequences = true, UseBias = false }, 4, 2),
        Of(make() with { GoBackwards = true, ReturnState = true }, 4, 2), Of(make() with { Dropout = 0.3, RecurrentDropout = 0.3 }, 4, 2),
        Of(make() with { Activation = Activation.Elu }, 4, 2), Of(make() with { ReturnSequences = true }, 4, 2) with { MaskedFrom = 0 },
        Of(make() with { ZeroOutputForMask = true, GoBackwards = true }, 4, 2) with { MaskedFrom = 0 },
        Of(make() with { Stateful = true }, 4, 2),
    ];

    private static LayerCase Of(Layer layer, params int[] sample) => Many(layer, sample);

    private static LayerCase Two(Layer layer, int[] first, int[] second) => Many(layer, first, second);

    private static LayerCase Many(Layer layer, params int[][] samples)
        => new(layer.GetType().Name, layer, [.. samples.Select(sample => new Shape([null, .. sample.Select(n => (int?)n)]))]);
}
