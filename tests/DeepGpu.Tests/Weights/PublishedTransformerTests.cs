using DeepGpu.Formats;
using DeepGpu.Models;
using DeepGpu.Models.Values;
using DeepGpu.Tests.Training;

namespace DeepGpu.Tests.Weights;

/// <summary>Tiny transformers in the layout in which Hugging Face publishes them, made and computed by a script of NumPy that shares
/// nothing with the library (tests/Independent): described by their config.json, loaded and run, they give its numbers.</summary>
public sealed class PublishedTransformerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-published-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("bert")]
    [InlineData("bert-old-names")]
    [InlineData("bert-relu")]
    [InlineData("bert-classifier")]
    [InlineData("roberta")]
    [InlineData("roberta-classifier")]
    [InlineData("electra")]
    [InlineData("electra-classifier")]
    [InlineData("distilbert")]
    [InlineData("distilbert-classifier")]
    [InlineData("gpt2")]
    [InlineData("gpt2-body")]
    [InlineData("gpt2-untied")]
    [InlineData("vit")]
    [InlineData("vit-classifier")]
    [InlineData("vit-unbiased")]
    [InlineData("deit")]
    [InlineData("deit-classifier")]
    [InlineData("deit-teacher")]
    [InlineData("bart")]
    [InlineData("whisper")]
    [InlineData("t5")]
    [InlineData("t5-gated")]
    [InlineData("mt5")]
    [InlineData("bert-steps")]
    [InlineData("bert-answers")]
    [InlineData("roberta-steps")]
    [InlineData("roberta-answers")]
    [InlineData("electra-steps")]
    [InlineData("electra-answers")]
    [InlineData("distilbert-steps")]
    [InlineData("distilbert-answers")]
    [InlineData("gpt2-classifier")]
    [InlineData("gpt2-classifier-unpadded")]
    [InlineData("gpt2-steps")]
    [InlineData("gpt2-answers")]
    public void A_published_file_gives_the_independent_numbers(string name)
    {
        var made = Made(name);
        var spec = ModelSpec.FromHuggingFace(_folder);
        spec.ParameterCount.Should().Be(HuggingFaceConfig.Read(_folder).ParameterCount);
        using var model = spec.ToModel(Device.Cpu, seed: 1);
        model.LoadWeights(Path.Combine(_folder, "model.safetensors"));
        made.ShouldBe(model.Predict(made.Inputs));
    }

    /// <summary>The head that only pretraining uses, asked for; copies of the table and the pooler are ignored.</summary>
    [Theory]
    [InlineData("bert-words", 12 * 12 + 12 + 24 + 23)]
    [InlineData("roberta-words", 12 * 12 + 12 + 24 + 23)]
    [InlineData("electra-words", 12 * 8 + 8 + 16 + 23)]
    [InlineData("distilbert-words", 12 * 12 + 12 + 24 + 23)]
    public void Words_that_are_left_out_are_told(string name, int head)
    {
        var made = Made(name);
        var (spec, body) = (ModelSpec.FromHuggingFace(_folder, includePretrainingHead: true), HuggingFaceConfig.Read(_folder));
        spec.ParameterCount.Should().Be((body with { HasPooler = false }).ParameterCount + head);
        using var model = spec.ToModel(Device.Cpu, seed: 1);
        model.LoadWeights(Path.Combine(_folder, "model.safetensors")).IsComplete.Should().BeTrue();
        made.ShouldBe(model.Predict(made.Inputs));
        model.Save(Path.Combine(_folder, "saved.keras"));
        using var loaded = Model.Load(Path.Combine(_folder, "saved.keras"), Device.Cpu);
        loaded.Predict(made.Inputs)[0].ToArray<float>().Should().Equal(model.Predict(made.Inputs)[0].ToArray<float>());
    }

    [Fact]
    public void A_family_without_such_a_head_is_refused()
    {
        Made("gpt2");
        FluentActions.Invoking(() => ModelSpec.FromHuggingFace(_folder, includePretrainingHead: true)).Should()
            .Throw<ModelFormatException>().WithMessage(
                "*described for bert, camembert, distilbert*but the file is of 'gpt2'.*Leave includePretrainingHead out.*");
    }

    /// <summary>Files in several parts, and torch's own.</summary>
    [Theory]
    [InlineData("bert-classifier", "shards")]
    [InlineData("gpt2-body", "shards")]
    [InlineData("bert", "pytorch_model.bin")]
    [InlineData("gpt2", "pytorch_model.bin")]
    [InlineData("vit-classifier", "pytorch_model.bin")]
    public void Other_forms_of_a_published_file_give_them_too(string name, string form)
    {
        var made = Made(name);
        using var model = ModelSpec.FromHuggingFace(_folder).ToModel(Device.Cpu, seed: 1);
        model.LoadWeights(Rewritten(form));
        made.ShouldBe(model.Predict(made.Inputs));
    }

    /// <summary>The library's own files, Keras's and the description as JSON.</summary>
    [Theory]
    [InlineData("bert", ".keras")]
    [InlineData("roberta-classifier", ".deepgpu")]
    [InlineData("gpt2", ".keras")]
    [InlineData("gpt2", ".h5")]
    [InlineData("deit-teacher", ".keras")]
    public void What_was_loaded_predicts_the_same_after_saving_and_loading(string name, string ending)
    {
        var (inputs, _) = Made(name);
        using var model = ModelSpec.FromHuggingFace(_folder).ToModel(Device.Cpu, seed: 1);
        model.LoadWeights(Path.Combine(_folder, "model.safetensors"));
        var file = Path.Combine(_folder, "saved" + ending);
        model.Save(file);
        using var loaded = Model.Load(file, Device.Cpu);
        foreach (var (one, other) in loaded.Predict(inputs).Zip(model.Predict(inputs)))
            one.ToArray<float>().Should().Equal(other.ToArray<float>());
    }

    [Theory]
    [InlineData("bert-classifier", PrecisionPolicy.MixedBFloat16)]
    [InlineData("gpt2", PrecisionPolicy.Float16)]
    [InlineData("t5", PrecisionPolicy.MixedFloat16)]
    [InlineData("whisper", PrecisionPolicy.BFloat16)]
    public void In_half_precision_the_numbers_are_near(string name, PrecisionPolicy policy)
    {
        var made = Made(name);
        using var model = ModelSpec.FromHuggingFace(_folder).ToModel(Device.Cpu, seed: 1, policy);
        model.LoadWeights(Path.Combine(_folder, "model.safetensors"));
        var (values, scale) = (model.Predict(made.Inputs)[0], made.Outputs[0].Values.Max(Math.Abs));
        ElementNumbers.Of(values).ToArray().Zip(made.Outputs[0].Values, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(0.1 * scale);
    }

    [Fact]
    public void What_only_pretraining_uses_is_reported_as_ignored_and_a_stranger_is_refused()
    {
        Made("bert-old-names");
        using var model = ModelSpec.FromHuggingFace(_folder).ToModel(Device.Cpu, seed: 1);
        var file = Path.Combine(_folder, "model.safetensors");
        model.LoadWeights(file).Ignored.Select(tensor => tensor.Name).Should().BeEquivalentTo("cls.predictions.bias",
            "cls.predictions.transform.dense.weight", "bert.embeddings.position_ids");
        var stranger = Rewritten("stranger", [new("qa_outputs.weight", NDArray.Zeros(DataType.Float32, 2, 12))]);
        model.Invoking(m => m.LoadWeights(stranger)).Should().Throw<WeightMismatchException>()
            .Which.Report.Unused.Should().ContainSingle(tensor => tensor.Name == "qa_outputs.weight");
    }

    /// <summary>A classifier on a frozen body and its projections adapted, trained with checkpoints: the best one is what was trained, and
    /// the frozen weights are those of the file.</summary>
    [Fact]
    public void A_loaded_classifier_is_adapted_trained_and_checkpointed()
    {
        var (inputs, _) = Made("bert-classifier");
        var queries = new[] { 0, 1 }.SelectMany(i => new[] { "query", "value" }.Select(part => $"encoder.layer.{i}.attention.self.{part}"));
        var spec = ModelSpec.FromHuggingFace(_folder).Freeze().Unfreeze(1).EnableLora(2, layers: [.. queries]);
        using var model = spec.ToModel(Device.Cpu, seed: 1);
        model.LoadWeights(Path.Combine(_folder, "model.safetensors"));
        var frozen = model.Weights.Where(weight => !weight.IsTrainable).ToDictionary(weight => weight.Name, weight => weight.ToArray());
        model.Compile(Optimizer.Adam(0.01), Loss.SparseCategoricalCrossentropy(fromLogits: true));
        var file = Path.Combine(_folder, "best.keras");
        var options = new FitOptions { Epochs = 60, BatchSize = 3, Callbacks = [new ModelCheckpoint(file, monitor: "loss")] };
        var data = new ArrayData(inputs, [NDArray.From<int>([2, 0, 1], 3, 1)]);
        var before = model.Evaluate(data)["loss"];
        model.Fit(data, options);
        model.Evaluate(data)["loss"].Should().BeLessThan(0.5 * before);
        foreach (var weight in model.Weights.Where(weight => !weight.IsTrainable))
            weight.ToArray().ToArray<float>().Should().Equal(frozen[weight.Name].ToArray<float>());
        using var loaded = Model.Load(file, Device.Cpu);
        loaded.Predict(inputs)[0].ToArray<float>().Zip(model.Predict(inputs)[0].ToArray<float>(), (a, b) => Math.Abs(a - b)).Max()
            .Should().BeLessThan(1e-5f);
    }

    private string Rewritten(string form, params IEnumerable<KeyValuePair<string, NDArray>> others)
    {
        using var file = WeightFile.Open(Path.Combine(_folder, "model.safetensors"));
        List<KeyValuePair<string, NDArray>> tensors =
            [.. file.Tensors.Select(tensor => KeyValuePair.Create(tensor.Name, file.Read(tensor))), .. others];
        if (form == "shards") return SafetensorsIndex.Write(Path.Combine(_folder, "parts"), tensors, maxShardBytes: 4000);
        WeightFile.Write(Path.Combine(_folder, "model.pth"), () => tensors);
        File.Move(Path.Combine(_folder, "model.pth"), Path.Combine(_folder, form));
        return Path.Combine(_folder, form);
    }

    private IndependentNumbers Made(string name) => IndependentNumbers.Make("make_transformers.py", _folder, name);
}
