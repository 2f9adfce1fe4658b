using static DeepGpu.Models.Tests.Layers.LayerCase;

namespace DeepGpu.Models.Tests.Layers;

/// <summary>Cases whose time steps, or other lengths, are unknown: what is known stays known.</summary>
public static class OpenLayerCases
{
    public static IReadOnlyList<LayerCase> All { get; } =
    [
        Of(new Dense(5), [null, 3], [null, 5], 3 * 5 + 5),
        Of(new Dense(5).EnableLora(2, 3), [null, 3], [null, 5], 3 * 5 + 5 + 3 * 2 + 2 * 5),
        Of(new Dense(5).Quantize(Quantization.Int8).EnableLora(2), [null, 3], [null, 5], 3 * 5 + 5 + 5 + 3 * 2 + 2 * 5),
        Of(new Dense(5) { UseBias = false }.Quantize(new Int4Quantization { BlockSize = 2 }), [null, 3], [null, 5], 3 * 3 + 2 * 2 * 5 + 3),
        Of(new Dense(5).Quantize(new Float8Quantization { AmaxHistoryLength = 7 }), [null, 3], [null, 5], 3 * 5 + 5 + 3 * (1 + 7)),
        Of(new EinsumDense("abc,cde->abde", [null, 2, 5]).Quantize(new Int4Quantization { BlockSize = null }), [null, 3], [null, 2, 5],
            3 * 5 + 10),
        Of(new EinsumDense("...x,xyz->...yz", [2, 5]).EnableLora(4), [null, 3], [null, 2, 5], 3 * 10 + 3 * 2 * 4 + 4 * 5),
        Of(new Embedding(10, 5).Quantize(new Int4Quantization { BlockSize = 2 }), [null], [null, 5], 10 * 3 + 2 * 10 * 3 + 5),
        Of(new Embedding(10, 4).Quantize(Quantization.Int8).EnableLora(3), [null], [null, 4], 10 * 4 + 10 + 10 * 3 + 3 * 4),
        Of(new EinsumDense("abc,cd->abd", [null, 6]), [null, 3], [null, 6], 3 * 6),
        Of(new Embedding(10, 4), [null], [null, 4], 10 * 4),
        Of(new ActivationLayer(Activation.Glu), [null], [null]),
        Of(new Conv1D(8, 3) { Strides = 2 }, [null, 4], [null, 8], 3 * 4 * 8 + 8),
        Of(new Conv2D(8, 3) { Padding = Padding.Same }, [null, 9, 4], [null, 9, 8], 9 * 4 * 8 + 8),
        Of(new Conv2DTranspose(4, 3) { Strides = 2 }, [null, 6, 2], [null, 13, 4], 9 * 4 * 2 + 4),
        Of(new SeparableConv1D(5, 3), [null, 3], [null, 5], 3 * 3 + 3 * 5 + 5),
        Of(new DepthwiseConv1D(3), [null, 3], [null, 3], 3 * 3 + 3),
        Of(new MaxPooling1D(), [null, 2], [null, 2]),
        Of(new GlobalAveragePooling1D(), [null, 2], [2]),
        Of(new AdaptiveAveragePooling1D(3), [null, 2], [3, 2]),
        Of(new Cropping1D(), [null, 2], [null, 2]),
        Of(new ZeroPadding1D(), [null, 2], [null, 2]),
        Of(new UpSampling1D(), [null, 2], [null, 2]),
        Of(new Flatten(), [null, 2], [null]),
        Of(new Permute(2, 1), [null, 2], [2, null]),
        Of(new Reshape(-1, 2), [null, 4], [null, 2]),
        Of(new Reshape(3, 4), [null, 4], [3, 4]),
        Of(new RepeatVector(3), [null], [3, null]),
        Of(new BatchNormalization(), [null, 4], [null, 4], 4 * 4),
        Many(new Add(), [[null, 4], [1, 4]], [null, 4]),
        Many(new Add(), [[null, 4], [3, 4]], [null, 4]),
        Many(new Concatenate(), [[null, 4], [3, 4]], [null, 8]),
        Many(new Concatenate(1), [[null, 4], [3, 4]], [null, 4]),
        Many(new Dot(2), [[null, 4], [3, 4]], [null, 3]),
        Many(new LSTM(4) { ReturnSequences = true, ReturnState = true }, [[null, 3]], [[null, 4], [4], [4]], 4 * 4 * 8),
        Of(new LSTM(4), [null, 3], [4], 4 * 4 * 8),
        Of(new Bidirectional(new GRU(4) { ReturnSequences = true }), [null, 3], [null, 8], 2 * 3 * 4 * 9),
        Of(new TimeDistributed(new Conv2D(4, 3)), [null, 8, 8, 1], [null, 6, 6, 4], 9 * 4 + 4),
        Of(new ConvLSTM2D(4, 3) { ReturnSequences = true }, [null, 8, null, 2], [null, 6, null, 4], 9 * 2 * 16 + 9 * 4 * 16 + 16),
        Many(new Attention(), [[null, 4], [null, 4]], [null, 4]),
        Many(new MultiHeadAttention(2, 3), [[null, 4], [null, 4]], [null, 4], 3 * (4 + 1) * 6 + (6 + 1) * 4),
        Of(new NestedModel(Sequential.Input(null, 3).LSTM(2).Build("inner")), [null, 3], [2], 4 * 2 * (3 + 2 + 1)),
    ];
}
