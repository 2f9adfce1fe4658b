using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>Kernels and embeddings kept in few bits: what they become, what layers compute with them and what is trained.</summary>
public class QuantizationTests
{
    internal static readonly Quantization[] Modes =
    [
        Quantization.Int8, new Int8Quantization { ActivationQuantizer = null },
            new Int8Quantization { ActivationQuantizer = new() { Low = -15, High = 15, Epsilon = 0.01 } },
        new Int4Quantization { BlockSize = null }, new Int4Quantization { BlockSize = null, ActivationQuantizer = new() },
            new Int4Quantization { BlockSize = 3 }, Quantization.Int4,
    ];

    private static readonly (Layer Layer, string Equation, int[] Sample)[] Products =
    [
        (new Dense(3), "ab,bc->ac", [5]), (new Dense(4) { UseBias = false }, "abc,cd->abd", [3, 7]),
        (new EinsumDense("abc,cde->abde", [null, 2, 3]) { BiasAxes = "de" }, "abc,cde->abde", [2, 5]),
            (new EinsumDense("abcd,cde->abe", [null, 3]), "abcd,cde->abe", [2, 3, 4]),
        (new EinsumDense("ab,cb->ac", [4]) { BiasAxes = "c" }, "ab,cb->ac", [7]),
            (new EinsumDense("...x,xy->...y", [3]), "abx,xy->aby", [2, 5]),
        (new EinsumDense("abc,bcd->abd", [null, 3]), "abc,bcd->abd", [2, 5]),
            (new EinsumDense("abc,ced->abde", [null, 2, 3]), "abc,ced->abde", [2, 3]),
    ];

    public static IEnumerable<ITheoryDataRow> Rows
        => Enumerable.Range(0, Products.Length).SelectMany(p
        => Enumerable.Range(0, Modes.Length).Select(m => new TheoryDataRow<int, int, int>(p, m, 1 + (p + m) % 3)));

    public static IEnumerable<ITheoryDataRow> ModeRows => Enumerable.Range(0, Modes.Length).Select(m => new TheoryDataRow<int>(m));

    internal static ModelSpec Spec
        => Sequential.Input(4).Embedding(6, 5, name: "words").Flatten().Dense(7, Activation.Relu, name: "first").Dense(3,
        name: "last").Build();

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_quantised_product_is_that_of_the_loop(int product, int mode, int batch)
    {
        using var scope = torch.NewDisposeScope();
        var (layer, equation, sample) = Products[product];
        using var run = new LayerRun(layer, [new Shape([null, .. sample.Select(n => (int?)n)])]);
        var weights = run.Model.Weights.Select((weight, i) => Grid.Random(20 + i, [.. weight.Spec.Shape])).ToList();
        run.Load([.. weights.Select(Single)]);
        run.Model.Quantize(Modes[mode]);
        var x = Grid.Random(7, [batch, .. sample]);
        var expected = new QuantizationReference(equation, x, weights[0], Modes[mode]).Product();
        if (weights.Count > 1) foreach (var at in Grid.Places(expected.Shape)) expected[at] += weights[1][at[^weights[1].Shape.Length..]];
        expected.Check(run.Run([new(x.ToTensor().to(torch.ScalarType.Float32))])[0].Tensor, 2e-6);
    }

    [Theory]
    [MemberData(nameof(ModeRows))]
    public void Quantised_embeddings_share_a_scale_along_each_vector(int mode)
    {
        using var scope = torch.NewDisposeScope();
        using var run = new LayerRun(new Embedding(6, 5), [new Shape(null, 3)]);
        var table = Grid.Random(3, 6, 5);
        run.Load([Single(table)]);
        run.Model.Quantize(Modes[mode]);
        var transposed = new Grid(5, 6);
        foreach (var at in Grid.Places(6, 5)) transposed[at[1], at[0]] = table[at];
        var (_, values) = new QuantizationReference("ab,bc->ac", new Grid(1, 5), transposed, Modes[mode]).Kernel();
        var output = Grid.Of(run.Run([new(torch.tensor(new long[] { 5, 0, 2 }, [1, 3]))])[0].Tensor);
        foreach (var (number, i) in new[] { 5, 0, 2 }.Select((number, i) => (number, i)))
            for (var d = 0; d < 5; d++) output[0, i, d].Should().BeApproximately(values[d * 6 + number], 1e-6);
    }

    [Fact]
    public void Whole_numbers_and_scales_have_Kerass_names_types_and_shapes()
    {
        using var model = Spec.ToModel(Device.Cpu, seed: 1);
        model.Quantize(new Int4Quantization { BlockSize = 4 });
        model.Weights.Select(weight => $"{weight.Name} {weight.ToArray().Type} ({string.Join(", ", weight.Spec.Shape)})").Should().Equal(
            "words/embeddings Int8 (6, 3)", "words/embeddings_scale Float32 (6, 2)", "words/embeddings_zero Int8 (6, 2)",
                "words/g_idx Float32 (5)",
            "first/kernel Int8 (20, 4)", "first/bias Float32 (7)", "first/kernel_scale Float32 (5, 7)", "first/kernel_zero Int8 (5, 7)",
                "first/g_idx Float32 (20)",
            "last/kernel Int8 (7, 2)", "last/bias Float32 (3)", "last/kernel_scale Float32 (2, 3)", "last/kernel_zero Int8 (2, 3)",
                "last/g_idx Float32 (7)");
        model.Weights[3].ToArray().ToArray<float>().Should().Equal(0, 0, 0, 0, 1);
        using var eight = Sequential.Input(2, 3).EinsumDense("abc,cde->abde", [null, 4, 5], name: "e").Build().ToModel(Device.Cpu, seed: 1);
        eight.Quantize(Quantization.Int8);
        eight.Weights.Select(weight => $"{weight.Name} ({string.Join(", ", weight.Spec.Shape)})")
            .Should().Equal("e/kernel (3, 4, 5)", "e/kernel_scale (1, 1, 4, 5)");
    }

    /// <summary>The bytes of the example in Keras's documentation of pack_int4.</summary>
    [Fact]
    public void Two_numbers_share_a_byte_the_first_in_its_low_half()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new Dense(3) { UseBias = false }.Quantize(new Int4Quantization { BlockSize = null });
        using var run = new LayerRun(layer, [new Shape(null, 2)]);
        run.Load([NDArray.From<sbyte>([125, 2, 24, 0], 2, 2), NDArray.From<float>([1, 1, 1], 3)]);
        Grid.Of(run.Run([new(torch.eye(2))])[0].Tensor).Data.Should().Equal(-3, 7, 2, -8, 1, 0);
        var packed = MatrixQuantizer.Quantize([-3, 7, 2, -8, 1, 0], ((IAdaptable)layer).Form(new Shape(null, 2)), layer.Quantization!);
        packed.Values.ToArray<sbyte>().Should().Equal([125, 7, 25, 0], "columns are scaled by 7/8, 1 and 7/2");
    }

    [Fact]
    public void Sums_of_many_products_are_exact()
    {
        using var scope = torch.NewDisposeScope();
        const int Length = 3001;
        using var run = new LayerRun(new Dense(1) { UseBias = false }.Quantize(Quantization.Int8), [new Shape(null, Length)]);
        var kernel = Enumerable.Range(0, Length).Select(i => (sbyte)(i % 3 == 0 ? 126 : 127)).ToArray();
        run.Load([NDArray.From<sbyte>(kernel, Length, 1), NDArray.From<float>([127], 1)]);
        var output = run.Run([new(torch.ones([1, Length]))])[0].Tensor.item<float>();
        var scale = 127f / (1 + 1e-7f);
        output.Should().Be(kernel.Sum(value => 127L * value) / (127f * scale));
    }

    [Fact]
    public void The_gradient_of_inputs_is_that_of_the_values_the_kernel_stands_for()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var quantization in Modes)
        {
            using var run = new LayerRun(new Dense(3) { Trainable = false }, [new Shape(null, 4)]);
            var kernel = Grid.Random(5, 4, 3);
            run.Load([Single(kernel), NDArray.Zeros(DataType.Float32, 3)]);
            run.Model.Quantize(quantization);
            var x = Grid.Random(6, 2, 4).ToTensor().to(torch.ScalarType.Float32).requires_grad_(true);
            var trained = run.Run([new(x)], ForwardContext.Training(new torch.Generator(1)))[0].Tensor;
            trained.sum().backward();
            using (torch.no_grad()) Grid.Of(run.Run([new(x)])[0].Tensor).Check(trained, 0);
            var (_, values) = new QuantizationReference("ab,bc->ac", new Grid(1, 4), kernel, quantization).Kernel();
            var gradient = Grid.Of(x.grad!);
            foreach (var at in Grid.Places(2, 4)) gradient[at]
                .Should().BeApproximately(Enumerable.Range(0, 3).Sum(unit => values[at[1] * 3 + unit]), 1e-5);
        }
    }

    [Fact]
    public void Training_a_quantised_layer_is_refused_unless_it_is_frozen_or_adapted()
    {
        var data = Dataset.FromArrays(NDArray.From<float>([0, 1, 2, 3, 5, 4, 1, 1], 2, 4), NDArray.From<float>([1, 0, -1, 2, 0, 1], 2, 3));
        using var model = Spec.ToModel(Device.Cpu, seed: 1);
        model.Quantize(Quantization.Int8, ["words", "first"]);
        model.Compile(Optimizer.Adam(0.05), Loss.MeanSquaredError());
        model.Evaluate(data)["loss"].Should().BePositive();
        var refused = FluentActions.Invoking(() => model.Fit(data)).Should().Throw<ModelStateException>().Which;
        refused.Fault.Code.Should().Be("quantized_layer");
        refused.Message.Should().Be(
            "Fit needs layers whose weights can be trained, but the embeddings of 'words' is kept in int8. "
            + "Freeze the layer, or call EnableLora(rank) to train matrices beside it, then Compile again.");
        FluentActions.Invoking(() => model.TrainOnBatch(data)).Should().Throw<ModelStateException>();
        model.EnableLora(2, layers: ["words", "first"]);
        var whole = model.Weights.Where(weight => weight.Spec.ElementType == DataType.Int8).ToDictionary(weight => weight.Name, weight
            => weight.ToArray().ToArray<sbyte>());
        model.Compile(Optimizer.Adam(0.05), Loss.MeanSquaredError());
        var history = model.Fit(data, epochs: 40);
        history["loss"][^1].Should().BeLessThan(history["loss"][0] / 2);
        foreach (var weight in model.Weights.Where(weight => whole.ContainsKey(weight.Name))) weight.ToArray().ToArray<sbyte>()
            .Should().Equal(whole[weight.Name]);
        using var frozen = Spec.Freeze().Unfreeze(1).ToModel(Device.Cpu, seed: 1);
        frozen.Quantize(Quantization.Int8, ["words", "first"]);
        frozen.Compile(Optimizer.Sgd(0.1), Loss.MeanSquaredError());
        frozen.Fit(data)["loss"].Should().HaveCount(1);
    }

    [Fact]
    public void A_quantised_network_predicts_about_the_same()
    {
        using var model = Sequential.Input(8, 8, 1).Conv2D(4, 3, Activation.Relu).Flatten().Dense(32, Activation.Relu).Dense(5,
            Activation.Softmax).Build().ToModel(Device.Cpu, seed: 1);
        var x = NDArray.From<float>([.. Grid.Random(1, 3, 8, 8, 1).Data.Select(v => (float)v)], 3, 8, 8, 1);
        var before = model.Predict(x).ToArray<float>();
        model.Quantize(Quantization.Int8);
        model.Predict(x).ToArray<float>().Zip(before, (a, b) => Math.Abs(a - b)).Max().Should().BeInRange(1e-7f, 0.01f);
        model.Spec.Layers.Where(node => node.Layer is IAdaptable { Quantization: not null }).Should().HaveCount(2);
    }

    [Fact]
    public void What_cannot_be_quantised_is_refused()
    {
        using var half = Spec.ToModel(Device.Cpu, seed: 1, precision: PrecisionPolicy.MixedFloat16);
        FluentActions.Invoking(() => half.Quantize(Quantization.Int8)).Should().Throw<ModelStateException>().Which.Fault.Code
            .Should().Be("int8_in_float16");
        FluentActions.Invoking(() => Spec.Quantize(Quantization.Int8).ToModel(Device.Cpu, precision: PrecisionPolicy.Float16))
            .Should().Throw<ModelStateException>();
        FluentActions.Invoking(() => Spec.Quantize(Quantization.Int8).Quantize(Quantization.Int4))
            .Should().Throw<ModelStateException>().Which.Fault.Code.Should().Be("already_quantized");
        FluentActions.Invoking(() => Spec.Quantize(Quantization.Float8, ["words"])).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new Embedding(3, 2) { Quantization = Quantization.Float8 }).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new Int4Quantization { BlockSize = 0 }).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(()
            => Sequential.Input(3).Apply(new Dense(2).Quantize(new Int4Quantization { ActivationQuantizer = new() })).Build())
            .Should().Throw<ModelBuildException>().WithMessage("*inputs in full precision*");
        FluentActions.Invoking(() => Sequential.Input(3).Apply(new Dense(2).Quantize(Quantization.Float8).EnableLora(1)).Build())
            .Should().Throw<ModelBuildException>().WithMessage("*either float8 or LoRA*");
        using var model = Spec.Quantize(Quantization.Int8).ToModel(Device.Cpu, seed: 1);
        FluentActions.Invoking(() => model.Weights[0].Load(NDArray.Zeros(DataType.Float32, 6, 5)))
            .Should().Throw<DeepGpuArgumentException>().WithMessage("*kept as Int8*");
        using var plain = Spec.ToModel(Device.Cpu, seed: 1);
        FluentActions.Invoking(() => model.CopyWeights(plain)).Should().Throw<DeepGpuArgumentException>();
    }

    [Fact]
    public void Forecasts_count_whole_numbers_by_the_memory_they_take()
    {
        var plain = Sequential.Input(1024).Dense(512).Build().Inference(1).Operations[0].WeightElements;
        var eight = Sequential.Input(1024).Dense(512).Build().Quantize(Quantization.Int8).Inference(1).Operations[0].WeightElements;
        var four = Sequential.Input(1024).Dense(512).Build().Quantize(Quantization.Int4).Inference(1).Operations[0].WeightElements;
        (plain, eight).Should().Be((1024 * 512 + 512, 1024 * 512 / 4 + 512 + 512));
        four.Should().Be(1024 * 256 / 4 + 512 + 8 * 512 + 8 * 512 / 4 + 1024);
    }

    internal static NDArray Single(Grid grid) => NDArray.From<float>([.. grid.Data.Select(value => (float)value)], grid.Shape);
}
