using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>Low-rank matrices beside frozen kernels: what they compute, what is trained, what files hold.</summary>
public class LoraTests
{
    private static readonly (Layer Layer, int[] Sample)[] Cases =
    [
        (new Dense(5, Activation.Tanh).EnableLora(2, 3), [3]),
        (new Dense(2) { UseBias = false }.EnableLora(1), [4, 7]),
        (new EinsumDense("abc,cde->abde", [null, 2, 3]) { BiasAxes = "e" }.EnableLora(2, 0.5), [3, 4]),
        (new EinsumDense("abc,bcd->ad", [4]).EnableLora(3), [2, 5]),
        (new Embedding(7, 3).EnableLora(2, 5), [4]),
    ];

    public static IEnumerable<ITheoryDataRow> Rows
        => Enumerable.Range(0, Cases.Length).SelectMany(i => Enumerable.Range(1, 3).Select(batch => new TheoryDataRow<int, int>(i, batch)));

    private static ModelSpec Spec
        => Sequential.Input(4).Embedding(6, 3, name: "words").Flatten().Dense(5, Activation.Relu, name: "first").Dense(2,
        name: "last").Build();

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_layer_is_the_plain_one_with_alpha_over_rank_times_A_B_added_to_its_kernel(int index, int batch)
    {
        using var scope = torch.NewDisposeScope();
        var (layer, sample) = Cases[index];
        var shape = new Shape([null, .. sample.Select(n => (int?)n)]);
        using var run = new LayerRun(layer, [shape], PrecisionPolicy.Float64);
        var weights = run.Model.Weights.Select((weight, i) => Grid.Random(i + 1, [.. weight.Spec.Shape])).ToList();
        run.Load([.. weights.Select(weight => weight.ToArray())]);
        var (a, b, kernel, last) = (weights[^2], weights[^1], weights[0], weights[0].Shape[^1]);
        var scale = ((IAdaptable)layer).LoraAlpha!.Value / ((IAdaptable)layer).LoraRank!.Value;
        for (var i = 0; i < kernel.Data.Length; i++) kernel.Data[i] += scale * Enumerable.Range(0, b.Shape[0]).Sum(r
            => a.Data[i / last * b.Shape[0] + r] * b.Data[r * last + i % last]);
        Layer plain = layer switch
        {
            Dense d => d with { LoraRank = null },
            EinsumDense e => e with { LoraRank = null },
            _
            => ((Embedding)layer) with { LoraRank = null }
        };
        using var merged = new LayerRun(plain, [shape], PrecisionPolicy.Float64);
        merged.Load([.. weights.SkipLast(2).Select(weight => weight.ToArray())]);
        var x = layer is Embedding ? torch.arange(batch * 4).reshape(batch, 4).fmod(7) : Grid.Random(9, [batch, .. sample]).ToTensor();
        Grid.Of(merged.Run([new(x)])[0].Tensor).Check(run.Run([new(x)])[0].Tensor, 1e-12);
    }

    [Fact]
    public void Enabling_freezes_kernels_and_changes_no_output()
    {
        using var model = Spec.ToModel(Device.Cpu, seed: 1);
        var x = NDArray.From<float>([0, 1, 2, 3, 5, 4, 1, 1], 2, 4);
        var before = model.Predict(x).ToArray<float>();
        model.EnableLora(2, loraAlpha: 4);
        model.Predict(x).ToArray<float>().Should().Equal(before);
        string[] trained =
            ["words/lora_embeddings_a", "words/lora_embeddings_b", "first/bias", "first/lora_kernel_a", "first/lora_kernel_b",
            "last/bias", "last/lora_kernel_a", "last/lora_kernel_b"];
        model.Weights.Where(weight => weight.IsTrainable).Select(weight => weight.Name).Should().Equal(trained);
        model.Weights.Single(weight => weight.Name == "first/lora_kernel_b").ToArray().ToArray<float>().Should().AllBeEquivalentTo(0f);
        var a = model.Weights.Single(weight => weight.Name == "first/lora_kernel_a").ToArray().ToArray<float>();
        a.Max(Math.Abs).Should().BeInRange((float)(0.5 * Math.Sqrt(6.0 / 12)), (float)Math.Sqrt(6.0 / 12),
            "He's uniform distribution for 12 inputs");
        model.Spec.TrainableParameterCount.Should().Be(model.Weights.Where(weight => weight.IsTrainable).Sum(weight => weight.Spec.Count));
    }

    [Fact]
    public void Training_changes_the_matrices_alone()
    {
        using var model = Spec.Freeze().EnableLora(2, layers: ["first"]).ToModel(Device.Cpu, seed: 1);
        var before = model.Weights.ToDictionary(weight => weight.Name, weight => weight.ToArray().ToArray<float>());
        model.Compile(Optimizer.Adam(0.05), Loss.MeanSquaredError());
        var data = Dataset.FromArrays(NDArray.From<float>([0, 1, 2, 3, 5, 4, 1, 1], 2, 4), NDArray.From<float>([1, 0, -1, 2], 2, 2));
        var history = model.Fit(data, epochs: 150);
        history["loss"][^1].Should().BeLessThan(0.7 * history["loss"][0]);
        var changed = model.Weights.Where(weight => !weight.ToArray().ToArray<float>().SequenceEqual(before[weight.Name])).Select(weight
            => weight.Name);
        changed.Should().BeEquivalentTo("first/lora_kernel_a", "first/lora_kernel_b", "first/bias");
    }

    [Theory]
    [InlineData(".keras", true)]
    [InlineData(".weights.h5", true)]
    [InlineData(".h5", false)]
    [InlineData(".dgpu", false)]
    [InlineData(".safetensors", false)]
    public void Files_of_Keras_hold_merged_kernels_others_the_matrices(string ending, bool isMerged)
    {
        using var model = Spec.EnableLora(2, 3).ToModel(Device.Cpu, seed: 1);
        foreach (var weight in model.Weights) weight.Load(NDArray.From<float>([.. Grid.Random((int)weight.Spec.Count,
            [.. weight.Spec.Shape]).Data.Select(v => (float)v)], [.. weight.Spec.Shape]));
        var x = NDArray.From<float>([0, 1, 2, 3, 5, 4, 1, 1], 2, 4);
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ending);
        try
        {
            model.Save(path);
            using var other = Spec.EnableLora(2, 3).ToModel(Device.Cpu, seed: 2);
            other.LoadWeights(path).IsComplete.Should().BeTrue();
            Close(other.Predict(x), model.Predict(x));
            var (b, a) = (Weight(other, "first/lora_kernel_b"), Weight(other, "first/lora_kernel_a"));
            b.All(value => value == 0).Should().Be(isMerged);
            a.Distinct().Should().HaveCountGreaterThan(1, "training can go on");
            if (!isMerged) a.Should().Equal(Weight(model, "first/lora_kernel_a"));
            if (!isMerged) return;
            using var plain = Spec.ToModel(Device.Cpu, seed: 3);
            plain.LoadWeights(path).IsComplete.Should().BeTrue("the file is that of the model without LoRA");
            Close(plain.Predict(x), model.Predict(x));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(".keras")]
    [InlineData(".h5")]
    [InlineData(".dgpu")]
    public void A_whole_model_is_read_with_its_rank_and_continues_training(string ending)
    {
        using var model = Spec.EnableLora(2, 3).ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(0.01), Loss.MeanSquaredError());
        var data = Dataset.FromArrays(NDArray.From<float>([0, 1, 2, 3, 5, 4, 1, 1], 2, 4), NDArray.From<float>([1, 0, -1, 2], 2, 2));
        model.Fit(data, epochs: 2);
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ending);
        try
        {
            model.Save(path);
            using var read = Model.Load(path, Device.Cpu);
            Close(read.Predict(data.Input), model.Predict(data.Input));
            ((Dense)read.Spec.Layers.Single(node => node.Name == "first").Layer)
                .Should().Match<Dense>(dense => dense.LoraRank == 2 && dense.LoraAlpha == 3);
            read.Fit(data, epochs: 1);
            Weight(read, "first/lora_kernel_b").Should().Contain(value => value != 0);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Converting_a_file_merges_without_a_model()
    {
        using var model = Spec.EnableLora(2).ToModel(Device.Cpu, seed: 1);
        model.Weights.Single(weight => weight.Name == "last/lora_kernel_b").Load(NDArray.From<float>([1, -2, 3, 4], 2, 2));
        var (own, keras, again) = (Temporary(".dgpu"), Temporary(".keras"), Temporary(".dgpu"));
        try
        {
            model.Save(own);
            ModelFile.Convert(own, keras);
            ModelFile.Convert(keras, again);
            using var read = Model.Load(again, Device.Cpu);
            var x = NDArray.From<float>([0, 1, 2, 3], 1, 4);
            Close(read.Predict(x), model.Predict(x));
        }
        finally
        {
            foreach (var path in new[] { own, keras, again }) File.Delete(path);
        }
    }

    [Fact]
    public void What_contradicts_LoRA_is_refused()
    {
        FluentActions.Invoking(() => new Dense(2).EnableLora(0))
            .Should().Throw<DeepGpuArgumentException>().WithMessage("*loraRank must be at least 1*");
        FluentActions.Invoking(() => new Dense(2).EnableLora(2).EnableLora(2)).Should().Throw<ModelStateException>().Which.Fault.Code
            .Should().Be("lora_enabled");
        FluentActions.Invoking(() => Sequential.Input(3).Apply(new Dense(2) { KernelConstraint = new NonNeg(), LoraRank = 1 }).Build())
            .Should().Throw<ModelBuildException>().WithMessage("*no constraint*");
        FluentActions.Invoking(() => Spec.EnableLora(2, layers: ["flatten"]))
            .Should().Throw<DeepGpuArgumentException>().WithMessage("*words, first, last*");
        FluentActions.Invoking(() => Sequential.Input(3).Flatten().Build().EnableLora(2)).Should().Throw<DeepGpuArgumentException>();
    }

    [Fact]
    public void Layers_of_models_inside_are_adapted_by_their_path()
    {
        var inner = Sequential.Input(3).Dense(4, name: "dense").Build("inner");
        var outer = Sequential.Input(5, 3).TimeDistributed(new Dense(3), name: "steps").Flatten().Dense(3,
            name: "middle").Apply(inner).Dense(2, name: "head").Build();
        var spec = outer.EnableLora(2, layers: ["inner/dense", "steps/layer"]);
        spec.Layers.SelectMany(node => node.Weights.Where(weight => weight.IsAdapter).Select(weight => $"{node.Name}/{weight.Name}"))
            .Should()
            .Equal("steps/layer/lora_kernel_a", "steps/layer/lora_kernel_b", "inner/dense/lora_kernel_a", "inner/dense/lora_kernel_b");
        using var model = spec.ToModel(Device.Cpu, seed: 1);
        var path = Temporary(".keras");
        try
        {
            model.Save(path);
            using var read = Model.Load(path, Device.Cpu);
            var x = NDArray.Zeros(DataType.Float32, 2, 5, 3);
            Close(read.Predict(x), model.Predict(x));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Work_counts_the_product_and_only_the_matrices_as_trained()
    {
        var plain = Sequential.Input(64).Dense(32).Build().Training(8).Operations[0];
        var adapted = Sequential.Input(64).Dense(32).Build().EnableLora(4).Training(8).Operations[0];
        (adapted.ForwardFlops - plain.ForwardFlops).Should().Be(2.0 * 64 * 4 * 32);
        adapted.TrainableWeightElements.Should().Be(64 * 4 + 4 * 32 + 32);
        adapted.WeightElements.Should().Be(plain.WeightElements + 64 * 4 + 4 * 32);
    }

    private static string Temporary(string ending) => Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ending);

    private static float[] Weight(Model model, string name)
        => model.Weights.Single(weight => weight.Name == name).ToArray().ToArray<float>();

    private static void Close(NDArray actual, NDArray expected)
    {
        actual.Shape.Should().Equal(expected.Shape);
        foreach (var (a, e) in actual.ToArray<float>().Zip(expected.ToArray<float>())) a.Should().BeApproximately(e, 1e-5f);
    }
}
