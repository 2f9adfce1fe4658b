using static DeepGpu.Models.Tests.Layers.LayerCase;

namespace DeepGpu.Models.Tests.Layers;

/// <summary>A case or more for every class of layers.</summary>
public static class LayerCases
{
    private static readonly LayerCase[] Core =
    [
        new(new InputLayer(new(null, 4, null)) { ElementType = DataType.Int32 }, [], [new(null, 4, null)], 0),
        Of(new Dense(5, Activation.Tanh), [7, 3], [7, 5], 3 * 5 + 5),
        Of(new Dense(6, Activation.Glu) { UseBias = false }, [3], [3], 3 * 6),
        Of(new Dense(5).EnableLora(2, 3), [7, 3], [7, 5], 3 * 5 + 5 + 3 * 2 + 2 * 5),
        Of(new Dense(5).Quantize(Quantization.Int8).EnableLora(2), [7, 3], [7, 5], 3 * 5 + 5 + 5 + 3 * 2 + 2 * 5),
        Of(new Dense(5) { UseBias = false }.Quantize(new Int4Quantization { BlockSize = 2 }), [3], [5], 3 * 3 + 2 * 2 * 5 + 3),
        Of(new Dense(5).Quantize(new Float8Quantization { AmaxHistoryLength = 7 }), [3], [5], 3 * 5 + 5 + 3 * (1 + 7)),
        Of(new EinsumDense("abc,cde->abde", [null, 2, 5]).Quantize(new Int4Quantization { BlockSize = null }), [4, 3], [4, 2, 5],
            3 * 5 + 10),
        Of(new EinsumDense("...x,xyz->...yz", [2, 5]).EnableLora(4), [4, 3], [4, 2, 5], 3 * 10 + 3 * 2 * 4 + 4 * 5),
        Of(new Embedding(10, 5).Quantize(new Int4Quantization { BlockSize = 2 }), [7], [7, 5], 10 * 3 + 2 * 10 * 3 + 5),
        Of(new Embedding(10, 4).Quantize(Quantization.Int8).EnableLora(3), [7], [7, 4], 10 * 4 + 10 + 10 * 3 + 3 * 4),
        Of(new EinsumDense("abc,cd->abd", [null, 6]) { BiasAxes = "d" }, [4, 3], [4, 6], 3 * 6 + 6),
        Of(new EinsumDense("...x,xy->...y", [8]), [4, 5, 3], [4, 5, 8], 3 * 8),
        Of(new Embedding(10, 4) { MaskZero = true }, [7], [7, 4], 10 * 4),
        Of(new ActivationLayer(Activation.Relu), [3, 4], [3, 4]),
        Of(new ActivationLayer(Activation.Glu), [3, 4], [3, 2]),
        Of(new IdentityLayer(), [3], [3]),
        Of(new Masking { MaskValue = -1 }, [5, 3], [5, 3]),
        Of(new Any { Axis = -1, KeepDims = true }, [5, 3], [5, 1]),
        Of(new Any { Axis = new Axes(1, 2) }, [5, 3, 2], [2]),
        Of(new NotEqual(2), [5], [5]),
        Of(new TensorFunction("Mean", ("axis", 1)), [5, 3], [3]),
        Of(new TensorFunction("GetItem", ("x", FunctionArgument.Input(0)), ("key", FunctionArgument.List(FunctionArgument.Slice(), -1))),
            [5, 3], [3]),
        Of(new NestedModel(Sequential.Input(3).Dense(2).Build("inner")), [3], [2], 3 * 2 + 2),
    ];

    private static readonly LayerCase[] Activations =
    [
        Of(new ELU { Alpha = 0.5 }, [3], [3]),
        Of(new LeakyReLU { NegativeSlope = 0.1 }, [3], [3]),
        Of(new PReLU(), [5, 4], [5, 4], 5 * 4),
        Of(new PReLU { SharedAxes = [1, 2] }, [5, 6, 4], [5, 6, 4], 4),
        Of(new ReLU { MaxValue = 6, NegativeSlope = 0.1, Threshold = 0.2 }, [3], [3]),
        Of(new Softmax { Axis = new Axes(1, 2) }, [3, 4], [3, 4]),
    ];

    /// <summary>(n - reach) / stride + 1 positions where valid, n / stride rounded up where same or causal;
    /// kernel * channels / groups * filters + filters parameters.</summary>
    private static readonly LayerCase[] Convolutions =
    [
        Of(new Conv1D(8, 3, Activation.Relu) { Strides = 2, Padding = Padding.Causal, Groups = 2 }, [9, 4], [5, 8], 3 * 2 * 8 + 8),
        Of(new Conv1D(2, 3) { DilationRate = 2 }, [9, 4], [5, 2], 3 * 4 * 2 + 2),
        Of(new Conv2D(6, (3, 5)) { Strides = (2, 1), Padding = Padding.Same, Groups = 3, UseBias = false },
            [9, 8, 3], [5, 8, 6], 3 * 5 * 1 * 6),
        Of(new Conv2D(6, (3, 5)) { Strides = (2, 1), DataFormat = DataFormat.ChannelsFirst }, [3, 9, 8], [6, 4, 4], 3 * 5 * 3 * 6 + 6),
        Of(new Conv3D(2, (2, 3, 1)), [5, 6, 7, 3], [4, 4, 7, 2], 2 * 3 * 1 * 3 * 2 + 2),
        Of(new Conv1DTranspose(4, 3) { Strides = 2 }, [5, 2], [11, 4], 3 * 4 * 2 + 4),
        Of(new Conv1DTranspose(4, 2) { Strides = 3 }, [5, 2], [15, 4], 2 * 4 * 2 + 4),
        Of(new Conv2DTranspose(4, 3) { Strides = 2, Padding = Padding.Same }, [5, 6, 2], [10, 12, 4], 9 * 4 * 2 + 4),
        Of(new Conv2DTranspose(4, 3) { Strides = 2, OutputPadding = 1 }, [5, 6, 2], [12, 14, 4], 9 * 4 * 2 + 4),
        Of(new Conv3DTranspose(2, 2), [3, 3, 3, 1], [4, 4, 4, 2], 8 * 2 + 2),
        Of(new DepthwiseConv1D(3) { DepthMultiplier = 2 }, [8, 3], [6, 6], 3 * 3 * 2 + 6),
        Of(new DepthwiseConv2D((3, 2)) { Strides = 2, Padding = Padding.Same }, [7, 6, 4], [4, 3, 4], 3 * 2 * 4 + 4),
        Of(new SeparableConv1D(5, 3) { DepthMultiplier = 2 }, [8, 3], [6, 5], 3 * 3 * 2 + 6 * 5 + 5),
        Of(new SeparableConv2D(5, 3) { Padding = Padding.Same, UseBias = false }, [8, 8, 3], [8, 8, 5], 9 * 3 + 3 * 5),
    ];

    private static readonly LayerCase[] Poolings =
    [
        Of(new MaxPooling1D(3) { Strides = 2, Padding = Padding.Same }, [7, 2], [4, 2]),
        Of(new MaxPooling2D((2, 3)), [5, 7, 2], [2, 2, 2]),
        Of(new MaxPooling2D(3) { Strides = 2, CeilMode = true }, [6, 6, 1], [3, 3, 1]),
        Of(new MaxPooling2D(2) { Strides = 3, CeilMode = true }, [7, 7, 1], [3, 3, 1]),
        Of(new MaxPooling2D(1) { Strides = 3, CeilMode = true }, [6, 6, 1], [2, 2, 1]),
        Of(new MaxPooling3D(), [4, 5, 6, 2], [2, 2, 3, 2]),
        Of(new AveragePooling1D(3) { Strides = 1 }, [7, 2], [5, 2]),
        Of(new AveragePooling2D { DataFormat = DataFormat.ChannelsFirst }, [2, 6, 8], [2, 3, 4]),
        Of(new AveragePooling3D((1, 2, 3)), [4, 5, 6, 2], [4, 2, 2, 2]),
        Of(new GlobalMaxPooling1D(), [7, 2], [2]),
        Of(new GlobalMaxPooling2D { KeepDims = true }, [5, 7, 2], [1, 1, 2]),
        Of(new GlobalMaxPooling3D(), [4, 5, 6, 2], [2]),
        Of(new GlobalAveragePooling1D { KeepDims = true }, [7, 2], [1, 2]),
        Of(new GlobalAveragePooling2D { DataFormat = DataFormat.ChannelsFirst }, [2, 5, 7], [2]),
        Of(new GlobalAveragePooling3D(), [4, 5, 6, 2], [2]),
        Of(new AdaptiveMaxPooling1D(3), [7, 2], [3, 2]),
        Of(new AdaptiveMaxPooling2D((3, 2)), [7, 5, 2], [3, 2, 2]),
        Of(new AdaptiveMaxPooling3D(2), [7, 5, 4, 2], [2, 2, 2, 2]),
        Of(new AdaptiveAveragePooling1D(3), [7, 2], [3, 2]),
        Of(new AdaptiveAveragePooling2D((3, 2)), [7, 5, 2], [3, 2, 2]),
        Of(new AdaptiveAveragePooling3D(2), [7, 5, 4, 2], [2, 2, 2, 2]),
    ];

    private static readonly LayerCase[] Reshapings =
    [
        Of(new Cropping1D((1, 2)), [8, 3], [5, 3]),
        Of(new Cropping2D(((1, 0), (2, 1))), [5, 6, 1], [4, 3, 1]),
        Of(new Cropping3D(1), [4, 5, 6, 1], [2, 3, 4, 1]),
        Of(new ZeroPadding1D((1, 2)), [8, 3], [11, 3]),
        Of(new ZeroPadding2D(((1, 0), (2, 1))), [5, 6, 1], [6, 9, 1]),
        Of(new ZeroPadding3D(1), [4, 5, 6, 1], [6, 7, 8, 1]),
        Of(new UpSampling1D(3), [8, 2], [24, 2]),
        Of(new UpSampling2D((2, 3)) { Interpolation = Interpolation.Bilinear }, [5, 6, 1], [10, 18, 1]),
        Of(new UpSampling3D(), [4, 5, 6, 1], [8, 10, 12, 1]),
        Of(new Flatten { DataFormat = DataFormat.ChannelsFirst }, [4, 5, 6], [120]),
        Of(new Permute(3, 1, 2), [4, 5, 6], [6, 4, 5]),
        Of(new RepeatVector(3), [4], [3, 4]),
        Of(new Reshape(-1, 2), [4, 5], [10, 2]),
        Of(new Reshape(20), [4, 5], [20]),
    ];

    private static readonly LayerCase[] Normalizations =
    [
        Of(new BatchNormalization(), [3, 4], [3, 4], 4 * 4),
        Of(new BatchNormalization { Axis = 1, Scale = false }, [3, 4], [3, 4], 3 * 3),
        Of(new BatchNormalization { Renorm = true, RenormClipping = new(0.5, 2, 1) }, [4], [4], 7 * 4),
        Of(new GroupNormalization { Groups = 2 }, [5, 6], [5, 6], 2 * 6),
        Of(new GroupNormalization { Groups = -1, Center = false }, [5, 6], [5, 6], 6),
        Of(new LayerNormalization { Axis = new Axes(1, 2) }, [3, 4], [3, 4], 2 * 3 * 4),
        Of(new LayerScale(1e-4), [5, 3], [5, 3], 3),
        Of(new RMSNormalization { Axis = -1 }, [5, 3], [5, 3], 3), Of(new RMSNormalization { ScaleOffset = 1 }, [5, 3], [5, 3], 3),
        Of(new UnitNormalization { Axis = 1 }, [5, 3], [5, 3]),
        Of(new SpectralNormalization(new Conv2D(4, (3, 2))) { PowerIterations = 2 }, [5, 6, 3], [3, 5, 4], 6 * 3 * 4 + 4 + 4),
        Of(new SpectralNormalization(new Embedding(9, 4)), [5], [5, 4], 9 * 4 + 4),
    ];

    private static readonly LayerCase[] Regularizations =
    [
        Of(new Dropout(0.3) { NoiseShape = [null, 1, 3] }, [5, 3], [5, 3]),
        Of(new SpatialDropout1D(0.3), [5, 3], [5, 3]),
        Of(new SpatialDropout2D(0.3) { DataFormat = DataFormat.ChannelsFirst }, [5, 4, 3], [5, 4, 3]),
        Of(new SpatialDropout3D(0.3), [5, 4, 3, 2], [5, 4, 3, 2]),
        Of(new GaussianNoise(2), [3], [3]),
        Of(new GaussianDropout(0.2), [3], [3]),
        Of(new AlphaDropout(0.2), [3], [3]),
        Of(new ActivityRegularization { L1 = 0.1, L2 = 0.2 }, [3], [3]),
        Of(new StochasticDepth(0.2), [3], [3]),
    ];

    private static readonly LayerCase[] Mergings =
    [
        Many(new Add(), [[3, 1], [1, 4], [3, 4]], [3, 4]),
        Many(new Subtract(), [[3, 4], [4]], [3, 4]),
        Many(new Multiply(), [[3, 4], [3, 4]], [3, 4]),
        Many(new Average(), [[3, 4], [3, 4]], [3, 4]),
        Many(new Maximum(), [[3, 4], [3, 4]], [3, 4]),
        Many(new Minimum(), [[3, 4], [3, 4]], [3, 4]),
        Many(new Concatenate(1), [[2, 3], [5, 3]], [7, 3]),
        Many(new Dot(new Axes(2, 1)), [[3, 4], [4, 5]], [3, 5]),
        Many(new Dot(1) { Normalize = true }, [[4], [4]], [1]),
    ];

    /// <summary>units * (features + units + 1) values a gate; a GRU with a second bias has units more.</summary>
    private static readonly LayerCase[] Recurrent =
    [
        Of(new SimpleRNN(4) { UseBias = false }, [6, 3], [4], 4 * (3 + 4)),
        Many(new LSTM(4) { ReturnSequences = true, ReturnState = true }, [[6, 3]], [[6, 4], [4], [4]], 4 * 4 * (3 + 4 + 1)),
        Many(new LSTM(4), [[6, 3], [4], [4]], [4], 4 * 4 * (3 + 4 + 1)),
        Of(new GRU(4), [6, 3], [4], 3 * 4 * (3 + 4 + 2)),
        Many(new GRU(4) { ResetAfter = false, ReturnState = true }, [[6, 3], [4]], [[4], [4]], 3 * 4 * (3 + 4 + 1)),
        Many(new RNN(new StackedRNNCells(new LSTMCell(4), new GRUCell(5))) { ReturnState = true }, [[6, 3]], [[5], [4], [4], [5]],
            4 * 4 * 8 + 3 * 5 * (4 + 5 + 2)),
        Of(new Bidirectional(new LSTM(4) { ReturnSequences = true }) { MergeMode = MergeMode.Sum }, [6, 3], [6, 4], 2 * 4 * 4 * 8),
        Of(new Bidirectional(new GRU(4)), [6, 3], [8], 2 * 3 * 4 * 9),
        Many(new Bidirectional(new LSTM(4) { ReturnState = true })
        {
            MergeMode = null,
            BackwardLayer = new LSTM(5) { ReturnState = true, GoBackwards = true }
        }, [[6, 3]], [[4], [5], [4], [4], [5], [5]], 4 * 4 * 8 + 4 * 5 * 9),
        Of(new TimeDistributed(new Dense(3)), [6, 5], [6, 3], 5 * 3 + 3),
        Of(new ConvLSTM2D(4, 3) { Padding = Padding.Same, ReturnSequences = true }, [6, 8, 8, 2], [6, 8, 8, 4],
            9 * 2 * 16 + 9 * 4 * 16 + 16),
        Many(new ConvLSTM2D(4, (3, 2)) { Strides = 2, ReturnState = true }, [[6, 9, 8, 2]], [[4, 4, 4], [4, 4, 4], [4, 4, 4]],
            6 * 2 * 16 + 6 * 4 * 16 + 16),
        Of(new ConvLSTM1D(3, 4) { Strides = 3, DataFormat = DataFormat.ChannelsFirst, UseBias = false }, [5, 2, 11], [3, 3],
            4 * 2 * 12 + 4 * 3 * 12),
        Of(new ConvLSTM3D(2, (3, 1, 2)) { DilationRate = (2, 1, 3), GoBackwards = true }, [4, 7, 5, 6, 3], [3, 5, 3, 2],
            6 * 3 * 8 + 6 * 2 * 8 + 8),
        Many(new SimpleRNNCell(4), [[3], [4]], [[4], [4]], 4 * (3 + 4 + 1)),
        Many(new LSTMCell(4), [[3], [4], [4]], [[4], [4], [4]], 4 * 4 * 8),
        Many(new GRUCell(4), [[3], [4]], [[4], [4]], 3 * 4 * 9),
        Many(new StackedRNNCells(new SimpleRNNCell(4), new SimpleRNNCell(5)), [[3], [4], [5]], [[5], [4], [5]], 4 * 8 + 5 * (4 + 5 + 1)),
    ];

    private static readonly LayerCase[] Attentions =
    [
        Many(new Attention { UseScale = true, ScoreMode = AttentionScore.Concat, Dropout = 0.1 }, [[3, 4], [5, 6], [5, 4]], [3, 6], 1 + 1),
        Many(new Attention { ReturnAttentionScores = true }, [[3, 4], [5, 4]], [[3, 4], [3, 5]]),
        Many(new AdditiveAttention(), [[3, 4], [5, 4]], [3, 4], 4),
        Many(new AdditiveAttention { UseScale = false }, [[3, 4], [5, 4]], [3, 4]),
        Many(new MultiHeadAttention(2, 3), [[6, 4], [8, 10]], [6, 4], (4 + 1) * 6 + (10 + 1) * 6 + (10 + 1) * 6 + (6 + 1) * 4),
        Many(new MultiHeadAttention(2, 3) { ValueDim = 5, OutputShape = [7], AttentionAxes = [1], UseBias = false }, [[6, 4], [8, 10]],
            [6, 7], 4 * 6 + 10 * 6 + 10 * 10 + 10 * 7),
        Many(new MultiHeadAttention(2, 3) { ValueDim = 5, UseGate = true, SlidingWindow = 2 }, [[6, 4], [8, 10]], [6, 4],
            (4 + 1) * 6 + (10 + 1) * 6 + (4 + 1) * 10 + (10 + 1) * 10 + (10 + 1) * 4),
        Many(new MultiHeadAttention(2, 3) { AttentionAxes = [2], ReturnAttentionScores = true }, [[5, 6, 4], [5, 8, 4]],
            [[5, 6, 4], [5, 2, 6, 8]], 3 * (4 + 1) * 6 + (6 + 1) * 4),
        Many(new GroupedQueryAttention(3, 4, 1) { UseGate = true, UseBias = false, SlidingWindow = 2 }, [[6, 5], [8, 5]], [6, 5],
            2 * 5 * 12 + 2 * 5 * 3 + 12 * 5),
        Many(new GroupedQueryAttention(3, 4, 2), [[6, 5], [8, 7]], [6, 5], (5 + 1) * 12 + 2 * (7 + 1) * 6 + (12 + 1) * 5),
        Many(new GroupedQueryAttention(3, 4, 4) { ReturnAttentionScores = true }, [[6, 5], [8, 5], [8, 2]], [[6, 5], [4, 6, 8]],
            2 * (5 + 1) * 12 + (2 + 1) * 12 + 13 * 5),
    ];

    private static readonly LayerCase[] Transformers =
    [
        Of(new RotaryEmbedding { MaxWavelength = 500000, ScalingFactor = 2, SequenceAxis = 2, FeatureAxis = 1 }, [4, 3], [4, 3]),
        Of(new SinePositionEncoding { MaxWavelength = 100 }, [4, 5], [4, 5]),
        Of(new PositionEmbedding(7), [4, 5], [4, 5], 7 * 5),
        Of(new TokenAndPositionEmbedding(11, 7, 5) { TieWeights = false, MaskZero = true }, [4], [4, 5], 2 * 11 * 5 + 7 * 5),
        Of(new TokenAndPositionEmbedding(11, 7, 5), [6], [6, 5], 11 * 5 + 7 * 5),
        Of(new AlibiBias { AlibiBiasMax = 4 }, [3, 4, 6], [3, 4, 6]),
        Of(new ReversibleEmbedding(11, 5) { TieWeights = false, ReverseDtype = DataType.BFloat16, LogitSoftCap = 30 }, [4], [4, 5],
            2 * 11 * 5),
        Of(new ReversibleEmbedding(11, 5).Reversed(), [4, 5], [4, 11], 11 * 5),
        Many(new GroupedQueryAttention(3, 4, 2) { LogitSoftCap = 50 }, [[6, 5], [8, 7]], [6, 5],
            (5 + 1) * 12 + 2 * (7 + 1) * 6 + (12 + 1) * 5),
        Of(new TransformerEncoder(7, 2) { Dropout = 0.1, Activation = Activation.Gelu, LayerNormEpsilon = 1e-12, NormalizeFirst = true,
            KernelRegularizer = new L2(0.1) }, [4, 6], [4, 6], 4 * (6 + 1) * 6 + 2 * 12 + (6 + 1) * 7 + (7 + 1) * 6),
        Many(new TransformerEncoder(7, 2) { ReturnAttentionScores = true }, [[4, 5]], [[4, 5], [2, 4, 4]],
            3 * (5 + 1) * 4 + (4 + 1) * 5 + 2 * 10 + (5 + 1) * 7 + (7 + 1) * 5),
        Of(new GatedFeedForward(7) { UseBias = true, Activation = Activation.Gelu }, [4, 6], [4, 6], 2 * (6 + 1) * 7 + (7 + 1) * 6),
        Of(new GatedFeedForward(7), [6], [6], 3 * 6 * 7),
        Of(new MixtureOfExperts(5, 2, 7) { NormalizeTopK = false }, [4, 6], [4, 6], 6 * 5 + 5 * 3 * 6 * 7),
        Of(new MixtureOfExperts(6, 3, 7) { Score = ExpertScore.Sigmoid, NumGroups = 3, TopKGroups = 2, RoutedScalingFactor = 2.5,
            UseRouterBias = true, UseCorrectionBias = true, UseBias = true, GateLimit = 7 }, [4, 5], [4, 5],
            5 * 6 + 6 + 6 + 6 * (3 * 5 * 7 + 7 + 7 + 5)),
        Many(new RotaryAttention(6, 4, 1) { RotaryDim = 4, MaxWavelength = 50, RotaryScaling = new(RotaryScalingKind.LongRope) {
            OriginalLength = 9, ShortFactors = [1, 2], LongFactors = [3, 4], AttentionFactor = 1.5, Factor = 2 },
            Scale = 0.5, SlidingWindow = 3,
            LogitSoftCap = 5, UseSinks = true, Dropout = 0.1 }, [[4, 24], [4, 6], [4, 6]], [4, 24], 4),
        Many(new RotaryAttention(6, 4, 2) { UseCausalMask = false, RotaryScaling = new(RotaryScalingKind.Llama3) { LowFrequencyFactor = 2,
            HighFrequencyFactor = 5 } }, [[4, 48]], [4, 24], 0),
        Many(new LatentAttention(3, 5, 4, 2, 6) { Epsilon = 1e-5, Scale = 2, RotaryScaling = new(RotaryScalingKind.Yarn) { BetaFast = 8,
            BetaSlow = 2, Truncate = false } }, [[4, 18], [4, 7]], [4, 18], 5 + 5 * 3 * 10),
        Many(new TransformerDecoder(7, 2), [[4, 6], [3, 9]], [4, 6],
            4 * (6 + 1) * 6 + 2 * (6 + 1) * 6 + 2 * (9 + 1) * 6 + 3 * 12 + (6 + 1) * 7 + (7 + 1) * 6),
        Of(new TransformerDecoder(7, 3) { UseCausalMask = false }, [4, 6], [4, 6], 4 * (6 + 1) * 6 + 2 * 12 + (6 + 1) * 7 + (7 + 1) * 6),
    ];

    /// <summary>Every case.</summary>
    public static IReadOnlyList<LayerCase> All { get; } =
        [.. Core, .. Activations, .. Convolutions, .. Poolings, .. Reshapings, .. Normalizations,
            .. PreprocessingCases.All, .. Regularizations, .. Mergings, .. Recurrent, .. Attentions, .. Transformers];
}
