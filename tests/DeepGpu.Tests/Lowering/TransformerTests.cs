using DeepGpu.Models;
using DeepGpu.Testing.Numerics;
using DeepGpu.Tests.Numerics;
using DeepGpu.Tests.Training;
using DeepGpu.Weights;

namespace DeepGpu.Tests.Layers;

/// <summary>Small language models made of positions, tied embeddings and blocks: against plain loops, trained, saved and loaded.</summary>
public sealed class TransformerTests : IDisposable
{
    private const int Words = 11, Steps = 5, Width = 6;

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-transformer-").FullName;

    public static TheoryData<string> Names => [.. Models.Keys];

    /// <summary>As BERT (normalised after each part), as GPT-2 (normalised before, tied), as the first transformer (both).</summary>
    private static Dictionary<string, ModelSpec> Models => new()
    {
        ["encoder"] = Encoder(),
        ["decoder"] = Decoder(),
        ["translator"] = Translator(),
    };

    /// <summary>Steps of each input.</summary>
    private static int[] Lengths(string name) => name switch
    {
        "encoder" or "decoder" => [Steps],
        _ => [Steps, Steps - 1],
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_and_gradients_are_those_of_plain_loops(string name)
    {
        var model = Models[name];
        int[][] inputs = [.. Lengths(name).Select(steps => new[] { 3, steps })];
        for (var seed = 0; seed < 3; seed++)
        {
            var c = new NumericCase(new NestedModel(model), inputs) { Below = Words, Seed = seed };
            NumericTrial.Failure(c, new LiveEngine(Device.Cpu)).Should().BeNull();
        }
    }

    [Theory]
    [InlineData("encoder", ".keras")]
    [InlineData("decoder", ".keras")]
    [InlineData("decoder", ".h5")]
    [InlineData("translator", ".keras")]
    [InlineData("translator", ".h5")]
    public void What_was_trained_predicts_the_same_after_saving_and_loading(string name, string extension)
    {
        using var model = Models[name].ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(0.02), Loss.SparseCategoricalCrossentropy(fromLogits: true));
        List<NDArray> inputs = [.. Lengths(name).Select((steps, i) => Numbers(8, steps, seed: 4 + i))];
        var targets = Numbers(8, Steps, seed: 4);
        var history = model.Fit(new ArrayData(inputs, [targets]), new FitOptions { Epochs = 60, BatchSize = 4 });
        history["loss"][^1].Should().BeLessThan(0.5 * history["loss"][0]);
        var file = Path.Combine(_folder, name + extension);
        model.Save(file);
        using var loaded = Model.Load(file, Device.Cpu);
        loaded.Predict(inputs)[0].ToArray<float>().Should().Equal(model.Predict(inputs)[0].ToArray<float>());
    }

    [Fact]
    public void A_tied_table_is_one_weight_of_one_layer()
    {
        var spec = Decoder();
        spec.Nodes.Count.Should().Be(spec.Layers.Count + 1);
        spec.Nodes.Where(node => node.Layer is ReversibleEmbedding).Select(node => (node.Name, node.OutputShapes[0])).Should().Equal(
            ("words", new Shape(null, null, Width)), ("words", new Shape(null, null, Words)));
        spec.Layers.SelectMany(node => node.Weights).Count(weight => weight.Shape.SequenceEqual([Words, Width])).Should().Be(1);
        spec.Freeze().TrainableParameterCount.Should().Be(0);
        spec.Freeze().Outputs[0].Shape.Should().Be(spec.Outputs[0].Shape);
    }

    [Fact]
    public void The_way_back_is_an_argument_of_the_call_in_files()
    {
        var spec = Decoder();
        var json = spec.ToJson();
        json.Should().Contain("\"reverse\": true").And.Contain("\"registered_name\": \"keras_hub\\u003ETransformerDecoder\"");
        var read = ModelSpec.FromJson(json);
        read.ToJson().Should().Be(json);
        read.Outputs[0].Shape.Should().Be(spec.Outputs[0].Shape);
        read.ParameterCount.Should().Be(spec.ParameterCount);
    }

    [Fact]
    public void A_step_of_a_decoder_sees_no_later_one()
    {
        using var model = Decoder().ToModel(Device.Cpu, seed: 1);
        var first = Numbers(1, Steps, seed: 1);
        var changed = first.ToArray<int>();
        changed[3] = (changed[3] + 1) % Words;
        var (before, after) = (model.Predict([first])[0].ToArray<float>(),
            model.Predict([NDArray.From<int>(changed, 1, Steps)])[0].ToArray<float>());
        after[..(3 * Words)].Should().Equal(before[..(3 * Words)]);
        after[(3 * Words)..].Should().NotEqual(before[(3 * Words)..]);
    }

    [Fact]
    public void Padding_does_not_change_what_an_encoder_says_of_the_words()
    {
        using var model = Encoder().ToModel(Device.Cpu, seed: 1);
        NDArray Predict(params int[] words) => model.Predict([NDArray.From<int>(words, 1, words.Length)])[0];
        var (alone, padded) = (Predict(3, 5, 2).ToArray<float>(), Predict(3, 5, 2, 0, 0).ToArray<float>());
        for (var i = 0; i < alone.Length; i++) padded[i].Should().BeApproximately(alone[i], 1e-5f);
    }

    [Fact]
    public void More_steps_than_positions_are_refused_by_name()
    {
        using var model = Decoder().ToModel(Device.Cpu, seed: 1);
        model.Invoking(m => m.Predict([Numbers(1, 8, seed: 1)])).Should().Throw<TrainingDataException>()
            .WithMessage("PositionEmbedding 'position_embedding' after 'words' needs at most 7 steps, not 8 but *");
    }

    [Fact]
    public void Weights_lie_in_Kerass_files_under_KerasHubs_attributes()
    {
        var paths = KerasWeightLayout.Objects(Translator()).Where(item => item.Weights.Count > 0).Select(item => item.Path).ToList();
        string[] heads = ["query", "key", "value", "output"];
        paths.Where(path => path.StartsWith("layers/transformer_encoder/", StringComparison.Ordinal)).Should().BeEquivalentTo(
        [
            .. heads.Select(head => $"layers/transformer_encoder/_self_attention_layer/{head}_dense"),
            .. new[] { "self_attention_layer_norm", "feedforward_layer_norm", "feedforward_intermediate_dense", "feedforward_output_dense" }
                .Select(part => $"layers/transformer_encoder/_{part}"),
        ]);
        paths.Should().Contain("layers/transformer_decoder/_cross_attention_layer/query_dense")
            .And.Contain("layers/token_and_position_embedding/position_embedding");
    }

    private static ModelSpec Encoder()
    {
        var words = Functional.Input((int?)null);
        var x = words.TokenAndPositionEmbedding(Words, 7, Width, maskZero: true).LayerNormalization(epsilon: 1e-5);
        for (var i = 0; i < 2; i++) x = x.TransformerEncoder(9, 2, activation: Activation.Gelu);
        return Functional.Model([words], [x.Dense(Words)]);
    }

    private static ModelSpec Decoder()
    {
        var input = Functional.Input((int?)null);
        var words = new ReversibleEmbedding(Words, Width) { Name = "words" };
        var vectors = input.Apply(words);
        var x = vectors.Add(vectors.PositionEmbedding(7));
        for (var i = 0; i < 2; i++) x = x.TransformerDecoder(9, 3, activation: Activation.Gelu, normalizeFirst: true);
        return Functional.Model([input], [x.LayerNormalization(epsilon: 1e-5).Apply(words.Reversed())]);
    }

    private static ModelSpec Translator()
    {
        var (target, source) = (Functional.Input((int?)null), Functional.Input((int?)null));
        var encoded = source.TokenAndPositionEmbedding(Words, 7, 8, maskZero: true).TransformerEncoder(5, 2);
        var vectors = target.Apply(new ReversibleEmbedding(Words, Width) { MaskZero = true });
        var x = vectors.Add(vectors.SinePositionEncoding()).TransformerDecoder(7, 2, encoded);
        return Functional.Model([target, source], [x.Dense(Words)]);
    }

    private static NDArray Numbers(int batch, int steps, int seed)
    {
        var random = new Random(seed);
        return NDArray.From<int>([.. Enumerable.Range(0, batch * steps).Select(_ => random.Next(1, Words))], batch, steps);
    }
}
