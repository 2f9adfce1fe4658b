namespace DeepGpu.Models.Tests.Layers;

/// <summary>A layer with an option that decides which weights it has, what it is given (the batch left out), and its weights.</summary>
internal sealed record WeightRow(Layer Layer, int?[][] Inputs, string[] Weights);

/// <summary>Rows for every layer with weights, by Keras 3's build().</summary>
internal static class WeightTable
{
    public static IReadOnlyList<WeightRow> All { get; } = [.. Core(), .. Convolutions(), .. Attentions(), .. Normalizations(),
        .. Transformers(), .. Recurrent(), .. Wrappers()];

    private static IEnumerable<WeightRow> Core() =>
    [
        Of(new Dense(3), [5], "kernel (5, 3)", "bias (3)"), Of(new Dense(3) { UseBias = false }, [2, 5], "kernel (5, 3)"),
        Of(new EinsumDense("abc,cd->abd", [null, 3]), [4, 5], "kernel (5, 3)"),
        Of(new EinsumDense("abc,cd->abd", [null, 3]) { BiasAxes = "d" }, [4, 5], "kernel (5, 3)", "bias (3)"),
        Of(new EinsumDense("abc,cde->abde", [4, 3, 2]) { BiasAxes = "be" }, [4, 5], "kernel (5, 3, 2)", "bias (4, 1, 2)"),
        Of(new EinsumDense("abc,cde->abde", [4, 3, 2]) { BiasAxes = "d" }, [4, 5], "kernel (5, 3, 2)", "bias (3, 1)"),
        Of(new Embedding(7, 3), [4], "embeddings (7, 3)"),
        Of(new PReLU(), [4, 5, 3], "alpha (4, 5, 3)"), Of(new PReLU { SharedAxes = [1] }, [null, 5, 3], "alpha (1, 5, 3)"),
            Of(new PReLU { SharedAxes = [1, 3] }, [4, 5, 3], "alpha (1, 5, 1)"),
        Of(new LayerScale(), [4, 3], "gamma (3)"),
    ];

    private static IEnumerable<WeightRow> Convolutions() =>
    [
        Of(new Conv1D(4, 3), [9, 2], "kernel (3, 2, 4)", "bias (4)"),
            Of(new Conv1D(4, 3) { UseBias = false, Groups = 2 }, [9, 6], "kernel (3, 3, 4)"),
        Of(new Conv2D(4, (3, 2)), [9, 8, 5], "kernel (3, 2, 5, 4)", "bias (4)"),
            Of(new Conv2D(4, (3, 2)) { UseBias = false, DataFormat = DataFormat.ChannelsFirst }, [5, 9, 8], "kernel (3, 2, 5, 4)"),
        Of(new Conv3D(4, (3, 2, 1)), [9, 8, 7, 5], "kernel (3, 2, 1, 5, 4)", "bias (4)"),
            Of(new Conv3D(4, 2) { UseBias = false }, [9, 8, 7, 5], "kernel (2, 2, 2, 5, 4)"),
        Of(new Conv1DTranspose(4, 3), [9, 2], "kernel (3, 4, 2)", "bias (4)"),
            Of(new Conv1DTranspose(4, 3) { UseBias = false }, [9, 2], "kernel (3, 4, 2)"),
        Of(new Conv2DTranspose(4, (3, 2)), [9, 8, 5], "kernel (3, 2, 4, 5)", "bias (4)"),
            Of(new Conv2DTranspose(4, 3) { UseBias = false }, [9, 8, 5], "kernel (3, 3, 4, 5)"),
        Of(new Conv3DTranspose(4, (3, 2, 1)), [9, 8, 7, 5], "kernel (3, 2, 1, 4, 5)", "bias (4)"),
            Of(new Conv3DTranspose(4, 2) { UseBias = false }, [9, 8, 7, 5], "kernel (2, 2, 2, 4, 5)"),
        Of(new DepthwiseConv1D(3) { DepthMultiplier = 2 }, [9, 5], "kernel (3, 5, 2)", "bias (10)"),
            Of(new DepthwiseConv1D(3) { UseBias = false }, [9, 5], "kernel (3, 5, 1)"),
        Of(new DepthwiseConv2D((3, 2)) { DepthMultiplier = 2 }, [9, 8, 5], "kernel (3, 2, 5, 2)", "bias (10)"),
            Of(new DepthwiseConv2D(3) { UseBias = false }, [9, 8, 5], "kernel (3, 3, 5, 1)"),
        Of(new SeparableConv1D(4, 3) { DepthMultiplier = 2 }, [9, 5], "depthwise_kernel (3, 5, 2)", "pointwise_kernel (1, 10, 4)",
            "bias (4)"),
        Of(new SeparableConv1D(4, 3) { UseBias = false }, [9, 5], "depthwise_kernel (3, 5, 1)", "pointwise_kernel (1, 5, 4)"),
        Of(new SeparableConv2D(4, (3, 2)) { DepthMultiplier = 2 }, [9, 8, 5], "depthwise_kernel (3, 2, 5, 2)",
            "pointwise_kernel (1, 1, 10, 4)", "bias (4)"),
        Of(new SeparableConv2D(4, 3) { UseBias = false }, [9, 8, 5], "depthwise_kernel (3, 3, 5, 1)", "pointwise_kernel (1, 1, 5, 4)"),
    ];

    private static IEnumerable<WeightRow> Attentions() =>
    [
        new(new Attention(), [[4, 3], [5, 3]], []), new(new Attention { UseScale = true }, [[4, 3], [5, 3]], ["scale ()"]),
        new(new Attention { ScoreMode = AttentionScore.Concat }, [[4, 3], [5, 3]], ["concat_score_weight ()"]),
        new(new Attention { UseScale = true, ScoreMode = AttentionScore.Concat }, [[4, 3], [5, 3]], ["scale ()", "concat_score_weight ()"]),
        new(new AdditiveAttention(), [[4, 3], [5, 3]], ["scale (3)"]),
            new(new AdditiveAttention { UseScale = false }, [[4, 3], [5, 3]], []),
        new(new MultiHeadAttention(2, 5), [[4, 3], [6, 7]],
            ["query_dense/kernel (3, 2, 5)", "query_dense/bias (2, 5)", "key_dense/kernel (7, 2, 5)", "key_dense/bias (2, 5)",
            "value_dense/kernel (7, 2, 5)", "value_dense/bias (2, 5)", "output_dense/kernel (2, 5, 3)", "output_dense/bias (3)"]),
        new(new MultiHeadAttention(2, 5) { UseGate = true, UseBias = false, ValueDim = 4, OutputShape = [8, 9] }, [[4, 3], [6, 7], [6, 11]],
            ["query_dense/kernel (3, 2, 5)", "key_dense/kernel (11, 2, 5)",
            "gate_dense/kernel (3, 2, 4)", "value_dense/kernel (7, 2, 4)", "output_dense/kernel (2, 4, 8, 9)"]),
        new(new GroupedQueryAttention(5, 4, 2), [[4, 3], [6, 7]],
            ["_query_dense/kernel (3, 4, 5)", "_query_dense/bias (4, 5)", "_key_dense/kernel (7, 2, 5)", "_key_dense/bias (2, 5)",
            "_value_dense/kernel (7, 2, 5)", "_value_dense/bias (2, 5)", "_output_dense/kernel (4, 5, 3)", "_output_dense/bias (3)"]),
        new(new GroupedQueryAttention(5, 4, 2) { UseGate = true, UseBias = false }, [[4, 3], [6, 7], [6, 11]],
            ["_query_dense/kernel (3, 4, 5)", "_key_dense/kernel (11, 2, 5)", "_gate_dense/kernel (3, 4, 5)",
            "_value_dense/kernel (7, 2, 5)", "_output_dense/kernel (4, 5, 3)"]),
    ];

    private static string[] Heads(string part, int query, int value, int dim) =>
    [
        $"{part}/query_dense/kernel ({query}, 2, {dim})", $"{part}/query_dense/bias (2, {dim})",
        $"{part}/key_dense/kernel ({value}, 2, {dim})", $"{part}/key_dense/bias (2, {dim})",
        $"{part}/value_dense/kernel ({value}, 2, {dim})", $"{part}/value_dense/bias (2, {dim})",
        $"{part}/output_dense/kernel (2, {dim}, {query})", $"{part}/output_dense/bias ({query})",
    ];

    private static IEnumerable<WeightRow> Transformers() =>
    [
        Of(new PositionEmbedding(7), [4, 3], "embeddings (7, 3)"),
        Of(new TokenAndPositionEmbedding(9, 7, 3), [4], "token_embedding/embeddings (9, 3)", "position_embedding/embeddings (7, 3)"),
        Of(new TokenAndPositionEmbedding(9, 7, 3) { TieWeights = false }, [4], "token_embedding/embeddings (9, 3)",
            "token_embedding/reverse_embeddings (3, 9)", "position_embedding/embeddings (7, 3)"),
        Of(new ReversibleEmbedding(7, 3), [4], "embeddings (7, 3)"),
        Of(new ReversibleEmbedding(7, 3) { TieWeights = false }, [4], "embeddings (7, 3)", "reverse_embeddings (3, 7)"),
        Of(new GatedFeedForward(7), [4, 3], "_feedforward_gate_dense/kernel (3, 7)", "_feedforward_intermediate_dense/kernel (3, 7)",
            "_feedforward_output_dense/kernel (7, 3)"),
        Of(new GatedFeedForward(7) { UseBias = true }, [3], "_feedforward_gate_dense/kernel (3, 7)", "_feedforward_gate_dense/bias (7)",
            "_feedforward_intermediate_dense/kernel (3, 7)", "_feedforward_intermediate_dense/bias (7)",
            "_feedforward_output_dense/kernel (7, 3)", "_feedforward_output_dense/bias (3)"),
        Of(new MixtureOfExperts(5, 2, 7), [4, 3], "router/kernel (3, 5)", "experts/gate_kernel (5, 3, 7)",
            "experts/intermediate_kernel (5, 3, 7)", "experts/output_kernel (5, 7, 3)"),
        Of(new MixtureOfExperts(5, 2, 7) { UseRouterBias = true, UseCorrectionBias = true, UseBias = true }, [4, 3], "router/kernel (3, 5)",
            "router/bias (5)", "router/correction_bias (5) fixed", "experts/gate_kernel (5, 3, 7)", "experts/gate_bias (5, 7)",
            "experts/intermediate_kernel (5, 3, 7)", "experts/intermediate_bias (5, 7)", "experts/output_kernel (5, 7, 3)",
            "experts/output_bias (5, 3)"),
        new(new RotaryAttention(6, 4, 2) { UseSinks = true }, [[4, 48]], ["sinks (4)"]),
        new(new LatentAttention(3, 5, 4, 2, 6), [[4, 18], [4, 7]], ["kv_a_layernorm/scale (5)", "kv_b_proj/kernel (5, 30)"]),
        new(new TransformerEncoder(7, 2), [[4, 5]],
            [
                .. Heads("_self_attention_layer", 5, 5, 2), "_self_attention_layer_norm/gamma (5)", "_self_attention_layer_norm/beta (5)",
                "_feedforward_layer_norm/gamma (5)", "_feedforward_layer_norm/beta (5)",
                "_feedforward_intermediate_dense/kernel (5, 7)", "_feedforward_intermediate_dense/bias (7)",
                "_feedforward_output_dense/kernel (7, 5)", "_feedforward_output_dense/bias (5)",
            ]),
        new(new TransformerDecoder(7, 2), [[4, 6], [3, 9]],
            [
                .. Heads("_self_attention_layer", 6, 6, 3), "_self_attention_layer_norm/gamma (6)", "_self_attention_layer_norm/beta (6)",
                .. Heads("_cross_attention_layer", 6, 9, 3),
                "_cross_attention_layer_norm/gamma (6)", "_cross_attention_layer_norm/beta (6)",
                "_feedforward_intermediate_dense/kernel (6, 7)", "_feedforward_intermediate_dense/bias (7)",
                "_feedforward_output_dense/kernel (7, 6)", "_feedforward_output_dense/bias (6)",
                "_feedforward_layer_norm/gamma (6)", "_feedforward_layer_norm/beta (6)",
            ]),
    ];

    private static IEnumerable<WeightRow> Normalizations() =>
    [
        Of(new BatchNormalization(), [4, 3], "gamma (3)", "beta (3)", "moving_mean (3) fixed", "moving_variance (3) fixed"),
        Of(new BatchNormalization { Scale = false, Axis = 1 }, [4, 3], "beta (4)", "moving_mean (4) fixed", "moving_variance (4) fixed"),
        Of(new BatchNormalization { Center = false }, [4, 3], "gamma (3)", "moving_mean (3) fixed", "moving_variance (3) fixed"),
        Of(new BatchNormalization { Center = false, Scale = false, Renorm = true }, [4, 3], "moving_mean (3) fixed",
            "moving_variance (3) fixed", "moving_stddev (3) fixed", "renorm_mean (3) fixed", "renorm_stddev (3) fixed"),
        Of(new LayerNormalization(), [4, 3], "gamma (3)", "beta (3)"), Of(new LayerNormalization { Scale = false }, [4, 3], "beta (3)"),
            Of(new LayerNormalization { Center = false }, [4, 3], "gamma (3)"),
        Of(new LayerNormalization { Center = false, Scale = false }, [4, 3]),
            Of(new LayerNormalization { Axis = new Axes(1, 2) }, [4, 3], "gamma (4, 3)", "beta (4, 3)"),
            Of(new LayerNormalization { Axis = 1 }, [4, 3], "gamma (4)", "beta (4)"),
        Of(new LayerNormalization { RmsScaling = true }, [4, 3], "gamma (3)"),
            Of(new LayerNormalization { RmsScaling = true, Scale = false, Axis = 1 }, [4, 3], "gamma (4)"),
        Of(new GroupNormalization { Groups = 2 }, [4, 6], "gamma (6)", "beta (6)"),
            Of(new GroupNormalization { Groups = -1, Scale = false, Axis = 1 }, [4, 6], "beta (4)"),
            Of(new GroupNormalization { Groups = 3, Center = false }, [4, 6], "gamma (6)"),
        Of(new RMSNormalization(), [4, 3], "scale (3)"), Of(new RMSNormalization { Axis = new Axes(1, 2) }, [4, 3], "scale (4, 3)"),
        Of(new Normalization(), [4, 3], "mean (3) fixed", "variance (3) fixed", "count () fixed"),
            Of(new Normalization { Axis = 1 }, [4, 3], "mean (4) fixed", "variance (4) fixed", "count () fixed"),
        Of(new Normalization { Axis = null }, [4, 3], "mean () fixed", "variance () fixed", "count () fixed"),
            Of(new Normalization { Mean = [1], Variance = [2] }, [4, 3]),
    ];

    private static IEnumerable<WeightRow> Recurrent() =>
    [
        Of(new SimpleRNN(4), [7, 3], "cell/kernel (3, 4)", "cell/recurrent_kernel (4, 4)", "cell/bias (4)"),
            Of(new SimpleRNN(4) { UseBias = false }, [7, 3], "cell/kernel (3, 4)", "cell/recurrent_kernel (4, 4)"),
        Of(new LSTM(4), [7, 3], "cell/kernel (3, 16)", "cell/recurrent_kernel (4, 16)", "cell/bias (16)"),
        Of(new LSTM(4) { UnitForgetBias = false }, [7, 3], "cell/kernel (3, 16)", "cell/recurrent_kernel (4, 16)", "cell/bias (16)"),
        Of(new LSTM(4) { UseBias = false }, [7, 3], "cell/kernel (3, 16)", "cell/recurrent_kernel (4, 16)"),
        Of(new GRU(4), [7, 3], "cell/kernel (3, 12)", "cell/recurrent_kernel (4, 12)", "cell/bias (2, 12)"),
        Of(new GRU(4) { ResetAfter = false }, [7, 3], "cell/kernel (3, 12)", "cell/recurrent_kernel (4, 12)", "cell/bias (12)"),
        Of(new GRU(4) { UseBias = false }, [7, 3], "cell/kernel (3, 12)", "cell/recurrent_kernel (4, 12)"),
        new(new SimpleRNNCell(4), [[3], [4]], ["kernel (3, 4)", "recurrent_kernel (4, 4)", "bias (4)"]),
            new(new SimpleRNNCell(4) { UseBias = false }, [[3], [4]], ["kernel (3, 4)", "recurrent_kernel (4, 4)"]),
        new(new LSTMCell(4), [[3], [4], [4]], ["kernel (3, 16)", "recurrent_kernel (4, 16)", "bias (16)"]),
        new(new LSTMCell(4) { UseBias = false, UnitForgetBias = false }, [[3], [4], [4]], ["kernel (3, 16)", "recurrent_kernel (4, 16)"]),
        new(new GRUCell(4), [[3], [4]], ["kernel (3, 12)", "recurrent_kernel (4, 12)", "bias (2, 12)"]),
            new(new GRUCell(4) { ResetAfter = false }, [[3], [4]], ["kernel (3, 12)", "recurrent_kernel (4, 12)", "bias (12)"]),
        new(new GRUCell(4) { UseBias = false }, [[3], [4]], ["kernel (3, 12)", "recurrent_kernel (4, 12)"]),
        Of(new ConvLSTM2D(4, (3, 2)), [5, 8, 8, 3], "cell/kernel (3, 2, 3, 16)", "cell/recurrent_kernel (3, 2, 4, 16)", "cell/bias (16)"),
        Of(new ConvLSTM1D(4, 3), [5, 8, 3], "cell/kernel (3, 3, 16)", "cell/recurrent_kernel (3, 4, 16)", "cell/bias (16)"),
        Of(new ConvLSTM1D(4, 3) { UseBias = false, UnitForgetBias = false }, [5, 8, 3], "cell/kernel (3, 3, 16)",
            "cell/recurrent_kernel (3, 4, 16)"),
        Of(new ConvLSTM3D(2, (3, 2, 1)), [5, 8, 8, 4, 3], "cell/kernel (3, 2, 1, 3, 8)", "cell/recurrent_kernel (3, 2, 1, 2, 8)",
            "cell/bias (8)"),
        Of(new ConvLSTM3D(2, (3, 2, 1)) { UseBias = false, UnitForgetBias = false }, [5, 8, 8, 4, 3], "cell/kernel (3, 2, 1, 3, 8)",
            "cell/recurrent_kernel (3, 2, 1, 2, 8)"),
        Of(new ConvLSTM2D(4, 3) { UseBias = false, UnitForgetBias = false }, [5, 8, 8, 3], "cell/kernel (3, 3, 3, 16)",
            "cell/recurrent_kernel (3, 3, 4, 16)"),
    ];

    private static IEnumerable<WeightRow> Wrappers() =>
    [
        Of(new SpectralNormalization(new Dense(4)), [3], "layer/kernel (3, 4)", "layer/bias (4)", "vector_u (1, 4) fixed"),
        Of(new SpectralNormalization(new Conv2D(4, (3, 2)) { UseBias = false }), [9, 8, 5],
            "layer/kernel (3, 2, 5, 4)", "vector_u (1, 4) fixed"),
        Of(new STFTSpectrogram { FrameLength = 6, FftLength = 8 }, [20, 1], "real_kernel (6, 1, 5)", "imag_kernel (6, 1, 5)"),
        Of(new STFTSpectrogram { Mode = SpectrogramMode.Imag, FrameLength = 6 }, [20, 1], "imag_kernel (6, 1, 5)"),
        Of(new RNN(new GRUCell(2) { ResetAfter = false }), [7, 3], "cell/kernel (3, 6)", "cell/recurrent_kernel (2, 6)", "cell/bias (6)"),
        Of(new RNN(new StackedRNNCells([new SimpleRNNCell(2), new LSTMCell(5) { UseBias = false }])), [7, 3],
            "cell/cells/simple_rnn_cell/kernel (3, 2)", "cell/cells/simple_rnn_cell/recurrent_kernel (2, 2)",
                "cell/cells/simple_rnn_cell/bias (2)", "cell/cells/lstm_cell/kernel (2, 20)",
                "cell/cells/lstm_cell/recurrent_kernel (5, 20)"),
        new(new StackedRNNCells([new SimpleRNNCell(2), new SimpleRNNCell(4)]), [[3], [2], [4]],
            ["cells/simple_rnn_cell/kernel (3, 2)", "cells/simple_rnn_cell/recurrent_kernel (2, 2)", "cells/simple_rnn_cell/bias (2)",
            "cells/simple_rnn_cell_1/kernel (2, 4)", "cells/simple_rnn_cell_1/recurrent_kernel (4, 4)",
                "cells/simple_rnn_cell_1/bias (4)"]),
        Of(new Bidirectional(new GRU(2)) { BackwardLayer = new GRU(5) { GoBackwards = true, UseBias = false } }, [7, 3],
            "forward_layer/cell/kernel (3, 6)", "forward_layer/cell/recurrent_kernel (2, 6)", "forward_layer/cell/bias (2, 6)",
            "backward_layer/cell/kernel (3, 15)", "backward_layer/cell/recurrent_kernel (5, 15)"),
        Of(new TimeDistributed(new LayerNormalization { RmsScaling = true }), [7, 3], "layer/gamma (3)"),
        Of(new NestedModel(Sequential.Input(3).LayerNormalization().Build("inner")), [3], "layer_normalization/gamma (3)",
            "layer_normalization/beta (3)"),
    ];

    private static WeightRow Of(Layer layer, int?[] input, params string[] weights) => new(layer, [input], weights);
}
