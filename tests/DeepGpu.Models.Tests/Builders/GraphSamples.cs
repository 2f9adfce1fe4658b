using DeepGpu.Models.Graphs;

namespace DeepGpu.Models.Tests.Builders;

/// <summary>Graphs that have what a chain has not.</summary>
internal static class GraphSamples
{
    /// <summary>One layer applied to two inputs, whose names do not tell the order of the calls.</summary>
    public static ModelSpec Shared { get; } = MakeShared();

    /// <summary>Two inputs and two outputs, one of them an input of the other's branch.</summary>
    public static ModelSpec Several { get; } = MakeSeveral();

    /// <summary>An LSTM that starts from another's states.</summary>
    public static ModelSpec States { get; } = MakeStates();

    /// <summary>A mask computed in the graph and given to a layer.</summary>
    public static ModelSpec Masked { get; } = MakeMasked();

    /// <summary>A model with two inputs and two outputs inside another, applied twice.</summary>
    public static ModelSpec Nested { get; } = MakeNested();

    /// <summary>Attention whose call asks for scores and a causal mask.</summary>
    public static ModelSpec Attentive { get; } = MakeAttentive();

    /// <summary>An encoder with a mask and scores, a decoder that sees later steps, a table used both ways.</summary>
    public static ModelSpec Translating { get; } = MakeTranslating();

    /// <summary>Every sample with its name.</summary>
    public static IReadOnlyDictionary<string, ModelSpec> All { get; } = new Dictionary<string, ModelSpec>
    {
        [nameof(Shared)] = Shared,
        [nameof(Several)] = Several,
        [nameof(States)] = States,
        [nameof(Masked)] = Masked,
        [nameof(Nested)] = Nested,
        [nameof(Attentive)] = Attentive,
        [nameof(Translating)] = Translating,
    };

    private static ModelSpec MakeShared()
    {
        var (a, b, shared) = (Functional.Input(4), Functional.Input(4), new Dense(3, Activation.Relu) { Name = "shared" });
        var (late, early) = (b.Dense(4).Apply(shared), a.Apply(shared));
        return Functional.Model([a, b], [early.Concatenate(late).Dense(1)], "shared_layers");
    }

    private static ModelSpec MakeSeveral()
    {
        var (image, number) = (Functional.Input(new InputLayer(new(2, 8, 8, 1)) { Name = "image" }),
            Functional.Input(new InputLayer(new(2, 3)) { Name = "number" }));
        var features = image.Conv2D(4, 3, name: "conv").GlobalMaxPooling2D(name: "pooled");
        var joined = features.Concatenate(number).Dense(5, name: "joined");
        return Functional.Model([number, image], [joined.Dense(2, Activation.Softmax, name: "kind"), features], "several");
    }

    private static ModelSpec MakeStates()
    {
        var (source, target) = (Functional.Input(null, 3), Functional.Input(null, 2));
        var encoded = source.ApplyAll(new LSTM(4) { Name = "encoder", ReturnState = true });
        var decoded = target.Apply(new LSTM(4) { Name = "decoder", ReturnSequences = true }, encoded[1], encoded[2]);
        return Functional.Model([source, target], [decoded.Dense(2, name: "words"), encoded[0]], "states");
    }

    private static ModelSpec MakeMasked()
    {
        var tokens = Functional.Input(new InputLayer(new(null, 7)) { Name = "tokens", ElementType = DataType.Int32 });
        var mask = tokens.Apply(new NotEqual(9) { Name = "is_word" });
        var embedded = tokens.Embedding(10, 5, name: "embedding");
        var recurrent = new LayerCall(new LSTM(3) { Name = "lstm" }, [embedded]) { Mask = mask }.Output(0);
        return Functional.Model([tokens], [recurrent.Dense(2, name: "head")], "masked");
    }

    private static ModelSpec MakeTranslating()
    {
        var words = new ReversibleEmbedding(10, 6) { Name = "words", TieWeights = false, ReverseDtype = DataType.BFloat16 };
        var (source, target) = (Functional.Input(new InputLayer(new(null, 7)) { Name = "source" }),
            Functional.Input(new InputLayer(new(null, 5)) { Name = "target" }));
        var encoder = new TransformerEncoder(9, 2) { Name = "encoder", ReturnAttentionScores = true };
        var encoded = new LayerCall(encoder, [source.Apply(words)]) { Mask = source.Apply(new NotEqual(0) { Name = "is_word" }) };
        var decoder = new TransformerDecoder(9, 3) { Name = "decoder", UseCausalMask = false };
        var states = target.Apply(words).Apply(decoder, encoded.Output(0));
        return Functional.Model([source, target], [states.Apply(words.Reversed()), encoded.Output(1)], "translating");
    }

    private static ModelSpec MakeNested()
    {
        var (a, b) =
            (Functional.Input(new InputLayer(new(null, 4)) { Name = "a" }), Functional.Input(new InputLayer(new(null, 4)) { Name = "b" }));
        var inner = new NestedModel(Functional.Model([a, b], [a.Add(b).Dense(3, name: "sum"), a.Dense(2, name: "left")], "pair"))
        {
            Trainable = false
        };
        var (x, y, chain) = (Functional.Input(4), Functional.Input(4), Sequential.Input(4).Dense(4).Build("chain"));
        var first = x.ApplyAll(inner, y);
        var second = y.ApplyAll(inner, x.Apply(chain));
        return Functional.Model([x, y], [first[0].Add(second[0]), first[1].Concatenate(second[1])], "nested");
    }

    private static ModelSpec MakeAttentive()
    {
        var (query, value) = (Functional.Input(6, 4), Functional.Input(8, 4));
        var plain = query.ApplyAll(new Attention { Name = "plain", ReturnAttentionScores = true }, value);
        var heads = query.ApplyAll(new MultiHeadAttention(2, 3) { Name = "heads", ReturnAttentionScores = true, UseCausalMask = true },
            query);
        var added = query.Apply(new AdditiveAttention { Name = "added", UseCausalMask = true }, value, value);
        return Functional.Model([query, value], [plain[0].Add(heads[0], added), plain[1], heads[1]], "attentive");
    }
}
