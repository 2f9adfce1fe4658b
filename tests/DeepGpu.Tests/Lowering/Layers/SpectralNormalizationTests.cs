using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>Spectral normalisation against the power iteration, written out as loops.</summary>
public class SpectralNormalizationTests
{
    private static readonly (Layer Layer, int[] Sample)[] Cases =
    [
        (new Dense(3) { UseBias = false }, [5]), (new Conv2D(4, (2, 3)), [4, 5, 3]), (new Conv1DTranspose(2, 3), [4, 5]),
            (new DepthwiseConv2D(2) { DepthMultiplier = 3 }, [3, 3, 2]),
        (new EinsumDense("abc,cde->abde", [null, 2, 3]), [2, 4]), (new Embedding(7, 3), [4]),
    ];

    public static IEnumerable<ITheoryDataRow> Rows => Enumerable.Range(0, Cases.Length).SelectMany(i => new[] { 1, 3 }.Select(iterations
        => new TheoryDataRow<int, int>(i, iterations)));

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_pass_that_trains_divides_the_kernel_by_its_spectral_norm(int index, int iterations)
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(1);
        var (inner, sample) = Cases[index];
        using var run = new LayerRun(new SpectralNormalization(inner) { PowerIterations = iterations }, [new Shape([null, .. sample.Select(n
            => (int?)n)])], PrecisionPolicy.Float64);
        var weights = run.Model.Weights.Select((weight, i) => Grid.Random(i, [.. weight.Spec.Shape])).ToList();
        run.Load([.. weights.Select(weight => weight.ToArray())]);
        var x = inner is Embedding ? torch.arange(8).reshape(2, 4).fmod(7) : Grid.Random(9, [2, .. sample]).ToTensor();
        for (var pass = 0; pass < 2; pass++)
        {
            Iterate(weights[0], weights[^1], iterations);
            var output = run.Run([new(x)], ForwardContext.Training(random))[0].Tensor;
            Grid.Of(run.Run([new(x)])[0].Tensor).Check(output);
        }

        foreach (var (expected, weight) in weights.Zip(run.Model.Weights)) expected.Check(Tensors.From(weight.ToArray(), torch.CPU));
        using var plain = new LayerRun(inner, [new Shape([null, .. sample.Select(n => (int?)n)])], PrecisionPolicy.Float64);
        plain.Load([.. weights.SkipLast(1).Select(weight => weight.ToArray())]);
        Grid.Of(plain.Run([new(x)])[0].Tensor).Check(run.Run([new(x)])[0].Tensor);
    }

    [Fact]
    public void A_kernel_of_zeros_stays()
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(1);
        using var run = new LayerRun(new SpectralNormalization(new Dense(3)), [new Shape(null, 4)]);
        run.Load([NDArray.Zeros(DataType.Float32, 4, 3), NDArray.From<float>([1, 2, 3], 3), NDArray.From<float>([0.5f, 1, 0], 1, 3)]);
        run.Run([new(torch.ones(2, 4))], ForwardContext.Training(random));
        run.Model.Weights[0].ToArray().ToArray<float>().Should().AllSatisfy(value => value.Should().Be(0));
        run.Model.Weights[2].ToArray().ToArray<float>().Should().Equal(0.5f, 1, 0);
    }

    [Fact]
    public void Training_keeps_the_spectral_norm_near_one()
    {
        var spec = Sequential.Input(6).SpectralNormalization(new Dense(4), powerIterations: 3).Build();
        using var model = spec.ToModel(Device.Cpu, seed: 3);
        model.Compile(Optimizer.Sgd(0.01), Loss.MeanSquaredError());
        var x = Grid.Random(1, 16, 6).Data.Select(v => (float)v).ToArray();
        model.Fit(Dataset.FromArrays(NDArray.From<float>(x, 16, 6), NDArray.Zeros(DataType.Float32, 16, 4)), epochs: 20, batchSize: 8);
        using var scope = torch.NewDisposeScope();
        torch.linalg.svdvals(Tensors.From(model.Weights[0].ToArray(), torch.CPU)).max().item<float>().Should().BeInRange(0.9f, 1.05f);
    }

    [Theory]
    [InlineData(".keras")]
    [InlineData(".weights.h5")]
    [InlineData(".h5")]
    [InlineData(".dgpu")]
    public void Files_keep_the_kernel_and_its_vector(string ending)
    {
        var spec = Sequential.Input(5, 4, 2).SpectralNormalization(new Conv2D(3, 2)).Flatten().SpectralNormalization(new Dense(2)).Build();
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ending);
        using var model = spec.ToModel(Device.Cpu, seed: 1);
        using var other = spec.ToModel(Device.Cpu, seed: 2);
        try
        {
            model.Save(path);
            other.LoadWeights(path).IsComplete.Should().BeTrue();
            foreach (var (wanted, actual) in model.Weights.Zip(other.Weights)) actual.ToArray().ToArray<float>()
                .Should().Equal(wanted.ToArray().ToArray<float>());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Keras_has_the_kernel_twice_in_its_files_in_the_wrapper_and_in_the_layer()
    {
        var objects = KerasWeightLayout.Objects(Sequential.Input(4).SpectralNormalization(new Dense(2),
            name: "s").Build()).ToDictionary(item => item.Path, item => item.Weights.Select(weight => weight.Name));
        objects["layers/spectral_normalization"].Should().Equal("s/layer/kernel", "s/vector_u");
        objects["layers/spectral_normalization/layer"].Should().Equal("s/layer/kernel", "s/layer/bias");
    }

    private static void Iterate(Grid kernel, Grid vector, int iterations)
    {
        var columns = kernel.Shape[^1];
        var rows = kernel.Data.Length / columns;
        var (u, v) = (vector.Data, new double[rows]);
        for (var i = 0; i < iterations; i++)
        {
            for (var row = 0; row < rows; row++) v[row] = Enumerable.Range(0, columns).Sum(column
                => u[column] * kernel.Data[row * columns + column]);
            Normalize(v);
            for (var column = 0; column < columns; column++) u[column] = Enumerable.Range(0, rows).Sum(row
                => v[row] * kernel.Data[row * columns + column]);
            Normalize(u);
        }

        var sigma = Enumerable.Range(0, kernel.Data.Length).Sum(i => v[i / columns] * kernel.Data[i] * u[i % columns]);
        for (var i = 0; i < kernel.Data.Length; i++) kernel.Data[i] /= sigma;
    }

    private static void Normalize(double[] vector)
    {
        var norm = Math.Sqrt(vector.Sum(value => value * value));
        for (var i = 0; i < vector.Length; i++) vector[i] /= norm;
    }
}
