using DeepGpu.Models;
using DeepGpu.Models.Layers;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>Low-rank matrices beside the kernels of attention and of the blocks of transformers; merging; what is trained.</summary>
public sealed class LoraPartsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-lora-").FullName;

    private static readonly (Layer Layer, int[][] Samples)[] Cases =
    [
        (new MultiHeadAttention(3, 4) { ValueDim = 2, OutputShape = [5] }.EnableLora(2, 3), [[4, 7], [6, 5]]),
        (new MultiHeadAttention(2, 3) { UseBias = false, AttentionAxes = [2], UseGate = true }.EnableLora(1, parts: ["gate_dense"]),
            [[2, 5, 6], [2, 3, 4]]),
        (new GroupedQueryAttention(4, 6, 2) { UseCausalMask = true }.EnableLora(3, 0.5), [[5, 8], [5, 8]]),
        (new TransformerEncoder(9, 2) { Activation = Activation.Gelu }.EnableLora(2, 7), [[5, 6]]),
        (new TransformerEncoder(9, 3) { NormalizeFirst = true }.EnableLora(2, 1, ["_feedforward_output_dense"]), [[5, 7]]),
        (new TransformerDecoder(8, 2).EnableLora(2).EnableLora(1, 2, ["_cross_attention_layer/value_dense"]), [[5, 6], [3, 6]]),
    ];

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Cases.Length)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ModelSpec Classifier => Sequential.Input(7).TokenAndPositionEmbedding(11, 7, 6, name: "words")
        .TransformerEncoder(8, 2, name: "first").TransformerEncoder(8, 2, name: "second").GlobalAveragePooling1D().Dense(3, name: "head")
        .Build();

    private static Dataset Data
    {
        get
        {
            var random = new Random(5);
            return Dataset.FromArrays(NDArray.From<float>([.. Enumerable.Range(0, 84).Select(_ => (float)random.Next(11))], 12, 7),
                NDArray.From<int>([.. Enumerable.Range(0, 12).Select(i => i % 3)], 12));
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_layer_is_the_plain_one_with_alpha_over_rank_times_A_B_added_to_each_kernel(int index)
    {
        using var scope = torch.NewDisposeScope();
        var (layer, samples) = Cases[index];
        Shape[] shapes = [.. samples.Select(sample => new Shape([null, .. sample.Select(n => (int?)n)]))];
        using var run = new LayerRun(layer, shapes, PrecisionPolicy.Float64);
        var weights = run.Model.Weights.Select((weight, i) => Grid.Random(i + 1, [.. weight.Spec.Shape])).ToList();
        run.Load([.. weights.Select(weight => weight.ToArray())]);
        var named = run.Model.Weights.Zip(weights).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);
        var adapters = ((IAdaptableParts)layer).LoraAdapters!.Value;
        foreach (var adapter in adapters)
        {
            Grid Of(string name) => named.Single(pair => pair.Key.EndsWith($"/{adapter.Layer}/{name}", StringComparison.Ordinal)).Value;
            var (kernel, a, b) = (Of("kernel"), Of("lora_kernel_a"), Of("lora_kernel_b"));
            var last = kernel.Shape[^1];
            for (var i = 0; i < kernel.Data.Length; i++)
                kernel.Data[i] += adapter.Alpha!.Value / adapter.Rank * Enumerable.Range(0, adapter.Rank)
                    .Sum(r => a.Data[i / last * adapter.Rank + r] * b.Data[r * last + i % last]);
        }

        Layer plain = layer switch
        {
            ProjectedAttention attention => attention with { LoraAdapters = null },
            _ => (TransformerBlock)layer with { LoraAdapters = null },
        };
        using var merged = new LayerRun(plain, shapes, PrecisionPolicy.Float64);
        merged.Load([.. merged.Model.Weights.Select(weight => named[weight.Name].ToArray())]);
        var inputs = samples.Select((sample, i) => new Signal(Grid.Random(90 + i, [2, .. sample]).ToTensor())).ToList();
        Grid.Of(merged.Run(inputs)[0].Tensor).Check(run.Run(inputs)[0].Tensor, 1e-12);
    }

    [Fact]
    public void Names_and_patterns_choose_kernels_and_only_the_matrices_are_trained()
    {
        var spec = Classifier.EnableLora(2, layers: ["*/query_dense", "*/value_dense", "second/_feedforward_*"], freezeOthers: true);
        const int Queries = 6 * 2 * 2 + 2 * 3;
        const int Dense = 6 * 2 + 2 * 8 + 8 * 2 + 2 * 6;
        spec.TrainableParameterCount.Should().Be(4 * Queries + Dense);
        using var model = spec.ToModel(Device.Cpu, seed: 1);
        model.Weights.Where(weight => weight.IsTrainable).Sum(weight => weight.Spec.Count).Should().Be(4 * Queries + Dense);
        model.Weights.Where(weight => weight.IsTrainable).Should().OnlyContain(weight => weight.Spec.IsAdapter).And.HaveCount(12);
        var before = model.Weights.ToDictionary(weight => weight.Name, weight => weight.ToArray().ToArray<float>());
        model.Compile(Optimizer.Adam(0.01), Loss.SparseCategoricalCrossentropy(fromLogits: true));
        var losses = model.Fit(Data, epochs: 20)["loss"];
        losses[^1].Should().BeLessThan(losses[0]);
        model.Weights.Where(weight => !weight.ToArray().ToArray<float>().SequenceEqual(before[weight.Name])).Select(weight => weight.Name)
            .Should().BeEquivalentTo(model.Weights.Where(weight => weight.Spec.IsAdapter).Select(weight => weight.Name));
        var states = Path.Combine(_folder, "model.dgpu");
        model.Save(states);
        Formats.WeightFile.Open(states).Dispose();
        spec.Training(4, optimizer: Optimizer.Adam()).TrainableParameterCount.Should().Be(4 * Queries + Dense);
        spec.Training(4).Operations.Sum(operation => operation.TrainableWeightElements).Should().Be(4 * Queries + Dense);
    }

    [Fact]
    public void Enabling_on_a_live_model_changes_no_output_and_a_frozen_block_trains_its_matrices_alone()
    {
        using var model = Classifier.ToModel(Device.Cpu, seed: 1);
        var before = model.Predict(Data.Input).ToArray<float>();
        model.Freeze();
        model.EnableLora(2, layers: ["first/*"]);
        model.Predict(Data.Input).ToArray<float>().Should().Equal(before);
        model.Weights.Where(weight => weight.IsTrainable).Should().OnlyContain(weight
            => weight.Spec.IsAdapter && weight.Name.StartsWith("first/", StringComparison.Ordinal)).And.HaveCount(12);
        model.Spec.TrainableParameterCount.Should().Be(model.Weights.Where(weight => weight.IsTrainable).Sum(weight => weight.Spec.Count));
    }

    [Fact]
    public void A_frozen_model_inside_trains_the_matrices_and_nothing_else_of_it()
    {
        var inner = Sequential.Input(6).Dense(5, name: "dense").BatchNormalization().Dense(4, name: "other").Build("inner").Freeze();
        var spec = Sequential.Input(6).Apply(inner).Dense(2, name: "head").Build()
            .EnableLora(2, layers: ["inner/dense"], freezeOthers: true);
        using var model = spec.ToModel(Device.Cpu, seed: 1);
        model.Weights.Where(weight => weight.IsTrainable).Select(weight => weight.Name)
            .Should().Equal("inner/dense/lora_kernel_a", "inner/dense/lora_kernel_b");
        spec.TrainableParameterCount.Should().Be(6 * 2 + 2 * 5);
    }

    [Theory]
    [InlineData("MultiHeadAttention")]
    [InlineData("Blocks")]
    [InlineData("Dense and embeddings")]
    public void Merging_gives_the_same_within_a_millionth_and_leaves_the_matrices_out(string kind)
    {
        using var model = Trained(kind);
        var (before, count) = (model.Predict(Data.Input).ToArray<float>(), model.Spec.ParameterCount);
        model.MergeLora();
        model.Weights.Should().NotContain(weight => weight.Spec.IsAdapter);
        model.Spec.ParameterCount.Should().BeLessThan(count).And.Be(model.Weights.Sum(weight => weight.Spec.Count));
        Close(model.Predict(Data.Input), before, 1e-6);
        model.Invoking(m => m.MergeLora()).Should().Throw<DeepGpuArgumentException>();
        model.Compile(Optimizer.Sgd(), Loss.SparseCategoricalCrossentropy(fromLogits: true));
        model.Fit(Data).Epochs.Should().Be(1);
    }

    [Theory]
    [InlineData(".keras", true)]
    [InlineData(".weights.h5", true)]
    [InlineData(".h5", false)]
    [InlineData(".dgpu", false)]
    [InlineData(".safetensors", false)]
    public void Files_of_Keras_hold_merged_kernels_others_the_matrices(string ending, bool isMerged)
    {
        using var model = Trained("Blocks");
        var path = Path.Combine(_folder, "model" + ending);
        model.Save(path);
        using var again = model.Spec.ToModel(Device.Cpu, seed: 9);
        again.LoadWeights(path).IsComplete.Should().BeTrue();
        Close(again.Predict(Data.Input), model.Predict(Data.Input).ToArray<float>(), 1e-6);
        var b = again.Weights.First(weight => weight.Name.EndsWith("lora_kernel_b", StringComparison.Ordinal)).ToArray().ToArray<float>();
        b.All(value => value == 0).Should().Be(isMerged);
        using var plain = Classifier.ToModel(Device.Cpu, seed: 3);
        if (isMerged) plain.LoadWeights(path).IsComplete.Should().BeTrue("the file is that of the model without LoRA");
        else plain.Invoking(m => m.LoadWeights(path)).Should().Throw<WeightMismatchException>();
        if (isMerged) Close(plain.Predict(Data.Input), model.Predict(Data.Input).ToArray<float>(), 1e-6);
    }

    [Theory]
    [InlineData(".keras")]
    [InlineData(".dgpu")]
    public void A_whole_model_is_read_with_its_matrices_and_trains_on(string ending)
    {
        using var model = Trained("Blocks");
        var path = Path.Combine(_folder, "whole" + ending);
        model.Save(path);
        using var read = Model.Load(path, Device.Cpu);
        read.Spec.Layers.Select(node => node.Layer).OfType<TransformerBlock>().Should()
            .OnlyContain(block => block.LoraAdapters!.Value.Length == 6 && block.LoraOnly);
        read.Spec.TrainableParameterCount.Should().Be(model.Spec.TrainableParameterCount);
        Close(read.Predict(Data.Input), model.Predict(Data.Input).ToArray<float>(), 1e-6);
        read.Fit(Data).Epochs.Should().Be(1);
    }

    [Fact]
    public void Training_goes_on_from_a_checkpoint_to_the_last_bit()
    {
        float[] Run(bool isInterrupted)
        {
            using var model = Classifier.EnableLora(2, freezeOthers: true).ToModel(Device.Cpu, seed: 1);
            model.Compile(Optimizer.Adam(0.01), Loss.SparseCategoricalCrossentropy(fromLogits: true));
            var path = Path.Combine(_folder, $"{isInterrupted}");
            var backup = new BackupAndRestore(path, deleteCheckpoint: !isInterrupted);
            model.Fit(Data, new FitOptions { Epochs = isInterrupted ? 2 : 4, Callbacks = [backup] });
            if (!isInterrupted) return model.Predict(Data.Input).ToArray<float>();
            using var other = Classifier.EnableLora(2, freezeOthers: true).ToModel(Device.Cpu, seed: 1);
            other.Compile(Optimizer.Adam(0.01), Loss.SparseCategoricalCrossentropy(fromLogits: true));
            other.Fit(Data, new FitOptions { Epochs = 4, Callbacks = [new BackupAndRestore(path)] });
            return other.Predict(Data.Input).ToArray<float>();
        }

        Run(isInterrupted: true).Should().Equal(Run(isInterrupted: false));
    }

    [Fact]
    public void What_contradicts_LoRA_is_refused()
    {
        FluentActions.Invoking(() => new MultiHeadAttention(2, 3).EnableLora(2).EnableLora(1, parts: ["key_dense"]))
            .Should().Throw<ModelStateException>().WithMessage("*MultiHeadAttention/key_dense*");
        var unknown = new TransformerEncoder(8, 2) { LoraAdapters = [new("dense", 2)] };
        FluentActions.Invoking(() => Sequential.Input(4, 6).Apply(unknown).Build())
            .Should().Throw<ModelBuildException>().WithMessage("*_feedforward_output_dense*'dense'*");
        FluentActions.Invoking(() => Sequential.Input(4, 6).Apply(new TransformerEncoder(8, 2)
        {
            LoraAdapters = [new("_feedforward_output_dense", 2), new("_feedforward_output_dense", 1)],
        }).Build()).Should().Throw<ModelBuildException>().WithMessage("*each part once*");
        FluentActions.Invoking(() => new LoraAdapter("dense", 0)).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => Classifier.EnableLora(2, layers: ["*/missing"])).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("*first/_self_attention_layer/query_dense*");
    }

    private static Model Trained(string kind)
    {
        var spec = kind switch
        {
            "MultiHeadAttention" => Attended(),
            "Blocks" => Classifier.EnableLora(2, 3, freezeOthers: true),
            _ => Sequential.Input(7).Embedding(11, 6).Flatten().Dense(5, Activation.Relu).Dense(3).Build().EnableLora(3),
        };
        var model = spec.ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(0.01), Loss.SparseCategoricalCrossentropy(fromLogits: true));
        model.Fit(Data, epochs: 10);
        return model;
    }

    private static ModelSpec Attended()
    {
        var input = Functional.Input(7);
        var x = input.Embedding(11, 6);
        var attended = x.MultiHeadAttention(2, 3, value: x, name: "attention");
        return Functional.Model([input], [attended.Flatten().Dense(3)]).EnableLora(2, 4, ["attention/*"]);
    }

    private static void Close(NDArray actual, float[] expected, double tolerance)
    {
        foreach (var (a, e) in actual.ToArray<float>().Zip(expected)) a.Should().BeApproximately(e, (float)tolerance);
    }
}
