using DeepGpu.Models;

namespace DeepGpu.Diagnostics;

/// <summary>Each kind of layer that computes with an engine's kernels, with sizes that were seen wrong where an engine was.</summary>
internal static class LayerSamples
{
    /// <summary>Layers and the shapes of one sample of each input.</summary>
    public static IReadOnlyList<(Layer Layer, int[][] Inputs)> All { get; } =
    [
        .. Convolutions, .. Poolings, .. Recurrences, .. Products, .. Normalizations, .. Transformers,
    ];

    private static (Layer, int[][])[] Convolutions =>
    [
        Of(new Conv1D(24, 3), 9, 3), Of(new Conv1D(1, 3), 9, 32),
        Of(new Conv1D(20, 2) { Padding = Padding.Causal, DilationRate = 2 }, 9, 10),
        Of(new Conv2D(6, 5), 9, 8, 1), Of(new Conv2D(8, 3) { Strides = 2, Padding = Padding.Same, Groups = 2 }, 9, 8, 4),
        Of(new Conv3D(5, 2), 4, 5, 4, 3),
        Of(new Conv1DTranspose(3, 2), 5, 2), Of(new Conv2DTranspose(5, 3) { Strides = 2 }, 5, 4, 3),
        Of(new Conv3DTranspose(3, 2) { Strides = 2 }, 3, 2, 3, 2),
        Of(new DepthwiseConv1D(3) { DepthMultiplier = 2 }, 9, 5),
        Of(new DepthwiseConv2D((2, 3)) { DepthMultiplier = 2, Strides = 3 }, 9, 8, 4),
        Of(new SeparableConv1D(7, 3), 9, 5), Of(new SeparableConv2D(7, 3) { DepthMultiplier = 4 }, 9, 8, 3),
    ];

    private static (Layer, int[][])[] Poolings =>
    [
        Of(new MaxPooling1D(2), 9, 5), Of(new MaxPooling2D(3) { Strides = 2, Padding = Padding.Same }, 9, 8, 5),
        Of(new MaxPooling3D(2), 5, 4, 4, 3),
        Of(new AveragePooling1D(2), 9, 5), Of(new AveragePooling2D(3) { Strides = 2, Padding = Padding.Same }, 9, 8, 5),
        Of(new AveragePooling3D(2), 5, 4, 4, 3),
        Of(new GlobalAveragePooling1D(), 9, 5), Of(new GlobalAveragePooling2D(), 9, 8, 5), Of(new GlobalAveragePooling3D(), 5, 4, 4, 3),
        Of(new GlobalMaxPooling1D(), 9, 5), Of(new GlobalMaxPooling2D(), 9, 8, 5), Of(new GlobalMaxPooling3D(), 5, 4, 4, 3),
        Of(new AdaptiveAveragePooling1D(2), 9, 5), Of(new AdaptiveAveragePooling2D((2, 3)), 9, 8, 5),
        Of(new AdaptiveAveragePooling3D(2), 5, 4, 4, 3),
        Of(new AdaptiveMaxPooling1D(2), 9, 5), Of(new AdaptiveMaxPooling2D((2, 3)), 9, 8, 5), Of(new AdaptiveMaxPooling3D(2), 5, 4, 4, 3),
        Of(new UpSampling1D(2), 5, 3), Of(new UpSampling2D(2) { Interpolation = Interpolation.Bilinear }, 5, 4, 3),
        Of(new UpSampling3D(2), 3, 2, 3, 2),
    ];

    private static (Layer, int[][])[] Recurrences =>
    [
        Of(new LSTM(100), 5, 9), Of(new LSTM(4) { ReturnSequences = true }, 5, 1),
        Of(new LSTM(5) { RecurrentActivation = Activation.HardSigmoid }, 5, 3),
        Of(new GRU(17), 5, 9), Of(new GRU(5) { ResetAfter = false }, 5, 3), Of(new SimpleRNN(17), 5, 9),
        Of(new SimpleRNN(5) { Activation = Activation.Relu }, 5, 3),
        Of(new Bidirectional(new LSTM(7) { ReturnSequences = true }), 5, 9),
        Of(new RNN(new StackedRNNCells(new LSTMCell(4), new GRUCell(3))), 5, 3),
        Of(new TimeDistributed(new Conv2D(3, 2)), 3, 5, 4, 2), Of(new ConvLSTM2D(3, 2) { Padding = Padding.Same }, 3, 5, 4, 2),
        Of(new ConvLSTM1D(3, 2), 3, 5, 2), Of(new ConvLSTM3D(2, 2) { Padding = Padding.Same }, 2, 3, 2, 3, 1),
        Of(new LSTMCell(5), [3], [5], [5]), Of(new GRUCell(5), [3], [5]), Of(new SimpleRNNCell(5), [3], [5]),
    ];

    private static (Layer, int[][])[] Products =>
    [
        Of(new Dense(17, Activation.Gelu), 33), Of(new EinsumDense("abc,cd->abd", [null, 7]) { BiasAxes = "d" }, 5, 9),
        Of(new MultiHeadAttention(3, 5), [5, 9], [7, 9]), Of(new Attention { UseScale = true }, [5, 9], [7, 9]),
        Of(new AdditiveAttention(), [5, 9], [7, 9]),
        Of(new GroupedQueryAttention(5, 4, 2), [5, 9], [7, 9]), Of(new SpectralNormalization(new Dense(7)), 9),
        Of(new Dot(new Axes(2, 1)), [5, 9], [9, 7]), Of(new Softmax(), 17), Of(new PReLU(), 5, 3),
    ];

    private static (Layer, int[][])[] Normalizations =>
    [
        Of(new BatchNormalization(), 9, 8, 5), Of(new LayerNormalization(), 9, 17), Of(new GroupNormalization { Groups = 2 }, 5, 8),
        Of(new RMSNormalization(), 9, 17), Of(new UnitNormalization(), 9, 17), Of(new LayerScale(0.5), 9, 5),
    ];

    /// <summary>Parts of transformers; their blocks are made of layers above.</summary>
    private static (Layer, int[][])[] Transformers =>
    [
        Of(new RotaryEmbedding(), 5, 3, 8), Of(new ReversibleEmbedding(17, 9).Reversed(), 5, 9),
        Of(new GatedFeedForward(13), 5, 9), Of(new MixtureOfExperts(4, 2, 7), 5, 9),
        Of(new RotaryAttention(6, 4, 2), [5, 24], [5, 12], [5, 12]), Of(new LatentAttention(3, 7, 5, 4, 6), [5, 27], [5, 11]),
    ];

    private static (Layer, int[][]) Of(Layer layer, params int[] sample) => (layer, [sample]);

    private static (Layer, int[][]) Of(Layer layer, params int[][] samples) => (layer, samples);
}
