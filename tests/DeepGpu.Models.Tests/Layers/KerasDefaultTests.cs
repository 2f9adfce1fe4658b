using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeepGpu.Models.Json;

namespace DeepGpu.Models.Tests.Layers;

/// <summary>The options of layers have the default it has in Keras 3.16, here as the signatures of its constructors write them.</summary>
public partial class KerasDefaultTests
{
    /// <remarks>Left out: options that change no number here (synchronized, flash_attention, gptq_unpacked_column_size).</remarks>
    [Theory]
    [InlineData("Dense",
        "activation=None, use_bias=True, kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, "
            + "bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, lora_rank=None, "
            + "lora_alpha=None, quantization_config=None")]
    [InlineData("Conv1D",
        "strides=1, padding='valid', data_format=None, dilation_rate=1, groups=1, activation=None, use_bias=True, "
            + "kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
            + "activity_regularizer=None, kernel_constraint=None, bias_constraint=None")]
    [InlineData("Conv2D",
        "strides=(1, 1), padding='valid', data_format=None, dilation_rate=(1, 1), groups=1, activation=None, use_bias=True, "
            + "kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
            + "activity_regularizer=None, kernel_constraint=None, bias_constraint=None")]
    [InlineData("Conv3D",
        "strides=(1, 1, 1), padding='valid', data_format=None, dilation_rate=(1, 1, 1), groups=1, activation=None, use_bias=True, "
            + "kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
            + "activity_regularizer=None, kernel_constraint=None, bias_constraint=None")]
    [InlineData("Conv2DTranspose",
        "strides=(1, 1), padding='valid', output_padding=None, data_format=None, dilation_rate=(1, 1), activation=None, use_bias=True, "
            + "kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
            + "activity_regularizer=None, kernel_constraint=None, bias_constraint=None")]
    [InlineData("DepthwiseConv2D",
        "strides=(1, 1), padding='valid', depth_multiplier=1, data_format=None, dilation_rate=(1, 1), activation=None, use_bias=True, "
            + "depthwise_initializer='glorot_uniform', bias_initializer='zeros', depthwise_regularizer=None, bias_regularizer=None, "
            + "activity_regularizer=None, depthwise_constraint=None, bias_constraint=None")]
    [InlineData("SeparableConv2D",
        "strides=(1, 1), padding='valid', data_format=None, dilation_rate=(1, 1), depth_multiplier=1, activation=None, "
            + "use_bias=True, depthwise_initializer='glorot_uniform', pointwise_initializer='glorot_uniform', bias_initializer='zeros', "
            + "depthwise_regularizer=None, pointwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, "
            + "depthwise_constraint=None, pointwise_constraint=None, bias_constraint=None")]
    [InlineData("MaxPooling2D", "pool_size=(2, 2), strides=None, padding='valid', data_format=None")]
    [InlineData("AveragePooling2D", "strides=None, padding='valid', data_format=None")]
    [InlineData("GlobalAveragePooling2D", "data_format=None, keepdims=False")]
    [InlineData("GlobalMaxPooling2D", "data_format=None, keepdims=False")]
    [InlineData("Flatten", "data_format=None")]
    [InlineData("ZeroPadding2D", "padding=(1, 1), data_format=None")]
    [InlineData("Cropping1D", "cropping=(1, 1)")]
    [InlineData("Cropping3D", "cropping=((1, 1), (1, 1), (1, 1)), data_format=None")]
    [InlineData("ZeroPadding1D", "padding=1, data_format=None")]
    [InlineData("ZeroPadding3D", "padding=((1, 1), (1, 1), (1, 1)), data_format=None")]
    [InlineData("MaxPooling1D", "pool_size=2, strides=None, padding='valid', data_format=None")]
    [InlineData("MaxPooling3D", "pool_size=(2, 2, 2), strides=None, padding='valid', data_format=None")]
    [InlineData("UpSampling1D", "size=2")]
    [InlineData("UpSampling3D", "size=(2, 2, 2), data_format=None")]
    [InlineData("Cropping2D", "cropping=((0, 0), (0, 0)), data_format=None")]
    [InlineData("UpSampling2D", "size=(2, 2), data_format=None, interpolation='nearest'")]
    [InlineData("Dropout", "noise_shape=None")]
    [InlineData("SpatialDropout2D", "data_format=None")]
    [InlineData("BatchNormalization",
        "axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer='zeros', gamma_initializer='ones', "
            + "moving_mean_initializer='zeros', moving_variance_initializer='ones', beta_regularizer=None, gamma_regularizer=None, "
            + "beta_constraint=None, gamma_constraint=None, renorm=False, renorm_clipping=None, renorm_momentum=0.99")]
    [InlineData("LayerNormalization",
        "axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer='zeros', gamma_initializer='ones', beta_regularizer=None, "
            + "gamma_regularizer=None, beta_constraint=None, gamma_constraint=None")]
    [InlineData("GroupNormalization",
        "groups=32, axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer='zeros', gamma_initializer='ones', "
            + "beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None")]
    [InlineData("RMSNormalization", "axis=-1, epsilon=1e-06")]
    [InlineData("UnitNormalization", "axis=-1")]
    [InlineData("Embedding",
        "embeddings_initializer='random_uniform', embeddings_regularizer=None, embeddings_constraint=None, mask_zero=False, "
            + "lora_rank=None, lora_alpha=None, quantization_config=None")]
    [InlineData("Masking", "mask_value=0.0")]
    [InlineData("SimpleRNN",
        "activation='tanh', use_bias=True, kernel_initializer='glorot_uniform', recurrent_initializer='orthogonal', "
            + "bias_initializer='zeros', kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, "
            + "activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, "
            + "recurrent_dropout=0.0, return_sequences=False, return_state=False, go_backwards=False, stateful=False")]
    [InlineData("LSTM",
        "activation='tanh', recurrent_activation='sigmoid', use_bias=True, kernel_initializer='glorot_uniform', "
            + "recurrent_initializer='orthogonal', bias_initializer='zeros', unit_forget_bias=True, kernel_regularizer=None, "
            + "recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, "
            + "recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, return_sequences=False, "
            + "return_state=False, go_backwards=False, stateful=False")]
    [InlineData("GRU",
        "activation='tanh', recurrent_activation='sigmoid', use_bias=True, kernel_initializer='glorot_uniform', "
            + "recurrent_initializer='orthogonal', bias_initializer='zeros', kernel_regularizer=None, recurrent_regularizer=None, "
            + "bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None, "
            + "bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, return_sequences=False, return_state=False, go_backwards=False, "
            + "stateful=False, reset_after=True")]
    [InlineData("RNN", "return_sequences=False, return_state=False, go_backwards=False, stateful=False, zero_output_for_mask=False")]
    [InlineData("Bidirectional", "merge_mode='concat', backward_layer=None")]
    [InlineData("ConvLSTM1D",
        "strides=1, padding='valid', data_format=None, dilation_rate=1, activation='tanh', recurrent_activation='sigmoid', "
            + "use_bias=True, kernel_initializer='glorot_uniform', recurrent_initializer='orthogonal', bias_initializer='zeros', "
            + "unit_forget_bias=True, kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, "
            + "activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, "
            + "recurrent_dropout=0.0, return_sequences=False, return_state=False, go_backwards=False, stateful=False")]
    [InlineData("ConvLSTM2D",
        "strides=1, padding='valid', data_format=None, dilation_rate=1, activation='tanh', recurrent_activation='sigmoid', use_bias=True, "
            + "kernel_initializer='glorot_uniform', recurrent_initializer='orthogonal', bias_initializer='zeros', unit_forget_bias=True, "
            + "kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, "
            + "kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, "
            + "return_sequences=False, return_state=False, go_backwards=False, stateful=False")]
    [InlineData("ConvLSTM3D",
        "strides=1, padding='valid', data_format=None, dilation_rate=1, activation='tanh', recurrent_activation='sigmoid', "
            + "use_bias=True, kernel_initializer='glorot_uniform', recurrent_initializer='orthogonal', bias_initializer='zeros', "
            + "unit_forget_bias=True, kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, "
            + "activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, "
            + "recurrent_dropout=0.0, return_sequences=False, return_state=False, go_backwards=False, stateful=False")]
    [InlineData("ReLU", "max_value=None, negative_slope=0.0, threshold=0.0")]
    [InlineData("LeakyReLU", "negative_slope=0.3")]
    [InlineData("PReLU", "alpha_initializer='Zeros', alpha_regularizer=None, alpha_constraint=None, shared_axes=None")]
    [InlineData("ELU", "alpha=1.0")]
    [InlineData("Softmax", "axis=-1")]
    [InlineData("Concatenate", "axis=-1")]
    [InlineData("Dot", "normalize=False")]
    [InlineData("MultiHeadAttention",
        "value_dim=None, dropout=0.0, use_bias=True, output_shape=None, attention_axes=None, sliding_window=None, use_gate=False, "
            + "kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
            + "activity_regularizer=None, kernel_constraint=None, bias_constraint=None")]
    [InlineData("GroupQueryAttention",
        "dropout=0.0, use_bias=True, sliding_window=None, use_gate=False, kernel_initializer='glorot_uniform', "
            + "bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, "
            + "kernel_constraint=None, bias_constraint=None")]
    [InlineData("ReversibleEmbedding",
        "tie_weights=True, embeddings_initializer='random_uniform', embeddings_regularizer=None, embeddings_constraint=None, "
            + "mask_zero=False, reverse_dtype=None, logit_soft_cap=None")]
    [InlineData("RotaryEmbedding", "max_wavelength=10000, scaling_factor=1.0, sequence_axis=1, feature_axis=-1")]
    [InlineData("SinePositionEncoding", "max_wavelength=10000")]
    [InlineData("PositionEmbedding", "initializer='glorot_uniform'")]
    [InlineData("TokenAndPositionEmbedding", "tie_weights=True, embeddings_initializer='random_uniform', mask_zero=False")]
    [InlineData("AlibiBias", "alibi_bias_max=8")]
    [InlineData("TransformerEncoder",
        "dropout=0, activation='relu', layer_norm_epsilon=1e-05, kernel_initializer='glorot_uniform', bias_initializer='zeros', "
            + "kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, normalize_first=False")]
    [InlineData("TransformerDecoder",
        "dropout=0, activation='relu', layer_norm_epsilon=1e-05, kernel_initializer='glorot_uniform', bias_initializer='zeros', "
            + "normalize_first=False")]
    [InlineData("SpectralNormalization", "power_iterations=1")]
    [InlineData("Attention", "use_scale=False, score_mode='dot', dropout=0.0")]
    [InlineData("AdditiveAttention", "use_scale=True, dropout=0.0")]
    [InlineData("EinsumDense",
        "activation=None, bias_axes=None, kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, "
            + "bias_regularizer=None, kernel_constraint=None, bias_constraint=None, lora_rank=None, lora_alpha=None, "
            + "quantization_config=None")]
    [InlineData("ActivityRegularization", "l1=0.0, l2=0.0")]
    [InlineData("Rescaling", "offset=0.0")]
    [InlineData("Hashing", "mask_value=None, salt=None, output_mode='int'")]
    [InlineData("HashedCrossing", "output_mode='int'")]
    [InlineData("STFTSpectrogram", "mode='log', frame_length=256, frame_step=None, fft_length=None, window='hann', periodic=False")]
    [InlineData("STFTSpectrogram", "scaling='density', padding='valid', expand_dims=False, data_format=None")]
    [InlineData("MelSpectrogram", "fft_length=2048, sequence_stride=512, sequence_length=None, window='hann', sampling_rate=16000")]
    [InlineData("MelSpectrogram", "num_mel_bins=128, min_freq=20.0, max_freq=None, power_to_db=True, top_db=80.0, mag_exp=2.0")]
    [InlineData("MelSpectrogram", "min_power=1e-10, ref_power=1.0")]
    [InlineData("Normalization", "axis=-1, mean=None, variance=None, invert=False")]
    public void Options_have_Kerass_defaults(string layer, string signature)
    {
        var ours = LayerTypes.Find(layer)!.Defaults();
        foreach (var argument in Arguments().Matches(signature).Select(match => match.Groups))
            Ours(argument["name"].Value, ours[argument["name"].Value]).Should().Be(Keras(argument["name"].Value, argument["value"].Value),
                "that is Keras's default of {0}.{1}", layer, argument["name"]);
    }

    [GeneratedRegex(@"(?<name>\w+)=(?<value>\((?>[^()]|(?<open>\()|(?<-open>\)))*\)|[^,]+)")]
    private static partial Regex Arguments();

    /// <summary>A Python literal; what None stands for in a layer is written out.</summary>
    private static string Keras(string name, string value) => (name, value) switch
    {
        ("data_format", "None") => "channelslast",
        ("activation", "None") => "linear",
        (_, "None") => "null",
        _ when value.StartsWith('(') => Same(Regex.Matches(value, "[0-9.]+").Select(number => number.Value)),
        _ => Plain(value.Trim('\'')),
    };

    private static string Ours(string name, JsonNode? value) => value switch
    {
        null => name == "activation" ? "linear" : "null",
        JsonObject named => Plain(named["class_name"]!.GetValue<string>()),
        JsonArray lengths =>
            Same(lengths.SelectMany(length => length is JsonArray inner ? inner.Select(n => n!.ToJsonString()) : [length!.ToJsonString()])),
        _ => Plain(value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()),
    };

    /// <summary>One length for all axes is written as a number or as a tuple.</summary>
    private static string Same(IEnumerable<string> lengths) => string.Join(",", lengths.Distinct());

    private static string Plain(string value) => double.TryParse(value, CultureInfo.InvariantCulture, out var number)
        ? number.ToString(CultureInfo.InvariantCulture)
        : value.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
