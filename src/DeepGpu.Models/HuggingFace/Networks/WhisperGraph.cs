namespace DeepGpu.Models.HuggingFace;

/// <summary>Whisper: an encoder of sound, and a decoder that writes what it says. Radford et al., 2022,
/// https://arxiv.org/abs/2212.04356.</summary>
/// <remarks>Inputs: input_features, the logarithms of a mel spectrum (batch, frames, bins), twice as many frames as the file states
/// positions; and decoder_input_ids (batch, steps). Output: logits of the next word (batch, steps, words).</remarks>
internal static class WhisperGraph
{
    private const double Longest = 10000;

    public static TransformerGraph Of(ConfigReader c, TransformerShape shape)
    {
        c.Demand("scale_embedding", value: false);
        var parts = new GraphParts(c)
        {
            Epsilon = 1e-5,
            Function = c.Function("activation_function", "gelu"),
            Dropout = c.Share("dropout") ?? 0,
        };
        var sound = Functional.Input(new InputLayer(new Shape(null, 2 * shape.FixedInputLength!.Value, c.Number("num_mel_bins")))
        {
            Name = "input_features",
        });
        var answer = GraphParts.Numbers("decoder_input_ids");
        var encoded = new GraphBlocks(parts, shape, BlockNames.Bart) { NormalizesFirst = true }
            .Stack(Vectors(parts, sound, shape), "encoder.layers", shape.EncoderLayers).Apply(parts.Norm("encoder.layer_norm"));
        var words = parts.Words("decoder.embed_tokens", shape.VocabularySize, shape.HiddenSize);
        var vectors = answer.Apply(words);
        vectors = parts.Dropped(vectors.Add(vectors.Apply(parts.Positions("decoder.embed_positions", shape.LearnedPositions))));
        var states = new GraphBlocks(parts, shape, BlockNames.Bart)
        {
            NormalizesFirst = true,
            IsCausal = true,
            Encoded = (encoded, null),
        }.Stack(vectors, "decoder.layers", shape.Layers).Apply(parts.Norm("decoder.layer_norm"));
        return new([sound, answer], states, [states.Apply(words.Reversed())]);
    }

    /// <summary>Two convolutions, of which the second halves the frames, and positions.</summary>
    private static SymbolicTensor Vectors(GraphParts parts, SymbolicTensor sound, TransformerShape shape)
    {
        var x = Convolved(sound, "encoder.conv1", shape.HiddenSize, stride: 1);
        x = Convolved(x, "encoder.conv2", shape.HiddenSize, stride: 2);
        return parts.Dropped(GraphAttention.Join(x, "Add", Waves(x, shape.HiddenSize / 2)));
    }

    private static SymbolicTensor Convolved(SymbolicTensor x, string name, int filters, int stride)
        => x.ZeroPadding1D(1).Apply(new Conv1D(filters, 3, Activation.Gelu) { Name = name, Strides = stride });

    /// <summary>Sines, then cosines, of wavelengths that grow from feature to feature, not trained: (1, steps, features).</summary>
    private static SymbolicTensor Waves(SymbolicTensor sequence, int count)
    {
        double[] frequencies = [.. Enumerable.Range(0, count).Select(i => Math.Pow(Longest, -i / (count - 1.0)))];
        var places = Exact(GraphAttention.Places(sequence), "Subtract", 1);
        var angles = Exact(GraphParts.Call(GraphParts.Call(places, "Cast", ("dtype", "float32")), "ExpandDims", ("axis", -1)), "Multiply",
            FunctionArgument.Array(new([.. frequencies], [count])));
        return GraphParts.Call(angles, "Sin").Concatenate(GraphParts.Call(angles, "Cos"));
    }

    private static SymbolicTensor Exact(SymbolicTensor x, string function, FunctionArgument value)
        => x.Apply(new TensorFunction(function, ("x1", FunctionArgument.Input(0)), ("x2", value)) { Policy = PrecisionPolicy.Float32 });
}
