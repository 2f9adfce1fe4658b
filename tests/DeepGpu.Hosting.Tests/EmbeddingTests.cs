using System.Numerics.Tensors;
using DeepGpu.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace DeepGpu.Hosting.Tests;

/// <summary>Vectors of texts and arrays through Microsoft.Extensions.AI, and .NET's tensors.</summary>
public sealed class EmbeddingTests : IDisposable
{
    private static readonly string[] Texts = ["red", "red green blue", "blue blue"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public EmbeddingTests() => File.WriteAllLines(Path.Combine(_folder.FullName, "vocab.txt"),
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "red", "green", "blue"]);

    [Theory]
    [InlineData(EmbeddingPooling.Mean, true)]
    [InlineData(EmbeddingPooling.First, false)]
    [InlineData(EmbeddingPooling.Last, false)]
    public async Task Texts_become_vectors_by_the_plain_rule(EmbeddingPooling pooling, bool normalize)
    {
        using var model = Sequential.Input((int?)null).Embedding(8, 3).Build().ToModel(Device.Cpu, seed: 5);
        await using var predictor = new Predictor(model, new() { MaxBatchSize = 2 }, "colours");
        var tokenizer = Tokenizer.FromFiles(_folder.FullName);
        using var generator = new TextEmbeddingGenerator(predictor, tokenizer,
            new() { Inputs = TokenInputs.TokenIds, Pooling = pooling, Normalize = normalize });
        var made = await generator.GenerateAsync(Texts);
        made.Count.Should().Be(3);
        made.Usage!.InputTokenCount.Should().Be(3 + 5 + 4);
        for (var i = 0; i < Texts.Length; i++)
            made[i].Vector.ToArray().Zip(Expected(model, tokenizer, Texts[i], pooling, normalize), (a, b) => Math.Abs(a - b)).Max()
                .Should().BeLessThan(1e-6f);
        made[0].ModelId.Should().Be("colours");
        (await FluentActions.Awaiting(() => generator.GenerateAsync(Texts, new() { Dimensions = 2 })).Should()
            .ThrowAsync<DeepGpuException>()).Which.Fault.Code.Should().Be("embedding_dimensions");
        (await generator.GenerateAsync([])).Should().BeEmpty();
    }

    [Fact]
    public async Task The_generator_is_a_service_that_tells_what_it_is()
    {
        using var model = Sequential.Input((int?)null).Embedding(8, 4).Build().ToModel(Device.Cpu, seed: 5);
        await using var services = new ServiceCollection().AddDeepGpuModel("words", _ => model)
            .AddDeepGpuEmbeddings(_ => Tokenizer.FromFiles(_folder.FullName), "words",
                new() { Inputs = TokenInputs.TokenIds, ModelId = "w1" })
            .BuildServiceProvider();
        var generator = services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("words");
        (await generator.GenerateVectorAsync("green")).Length.Should().Be(4);
        generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId.Should().Be("w1");
        generator.GetService<Predictor>().Should().BeSameAs(services.GetRequiredKeyedService<Predictor>("words"));
        generator.GetService<Tokenizer>().Should().NotBeNull();
        generator.GetService<string>().Should().BeNull();
    }

    [Fact]
    public async Task Arrays_of_different_lengths_become_vectors()
    {
        using var model = Sequential.Input(null, 2).GlobalAveragePooling1D().Build().ToModel(Device.Cpu);
        await using var predictor = new Predictor(model, new() { MaxBatchSize = 3 });
        using var generator = new ArrayEmbeddingGenerator(predictor);
        var made = await generator.GenerateAsync([Steps(1), Steps(4), Steps(1), Steps(2)]);
        made.Should().HaveCount(4);
        foreach (var vector in made.Select(one => one.Vector.ToArray()))
        {
            vector[0].Should().BeApproximately(0.6f, 1e-6f);
            vector[1].Should().BeApproximately(0.8f, 1e-6f);
        }
    }

    [Fact]
    public async Task An_output_that_is_no_vector_is_refused()
    {
        using var model = Sequential.Input(4, 4, 1).MaxPooling2D(2).Build().ToModel(Device.Cpu);
        await using var predictor = new Predictor(model);
        using var generator = new ArrayEmbeddingGenerator(predictor);
        (await FluentActions.Awaiting(() => generator.GenerateAsync([NDArray.Zeros(DataType.Float32, 4, 4, 1)])).Should()
            .ThrowAsync<DeepGpuException>()).Which.Fault.Code.Should().Be("embedding_output");
    }

    [Fact]
    public async Task A_tensor_goes_in_and_comes_out_without_a_copy()
    {
        var tensor = Tensor.Create(new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);
        var array = tensor.ToNDArray();
        tensor[1, 0] = 40;
        array.Shape.Should().Equal(2, 3);
        array.ToArray<float>().Should().Equal(1, 2, 3, 40, 5, 6);
        array.AsTensorSpan<float>()[1, 2].Should().Be(6);
        FluentActions.Invoking(() => array.AsTensorSpan<int>().Rank).Should().Throw<InvalidOperationException>();
        using var model = Sequential.Input(3).Dense(2).Build().ToModel(Device.Cpu, seed: 1);
        using var onnx = model.ToOnnxPredictor();
        await using var predictor = new Predictor(onnx);
        var answer = await predictor.PredictAsync(array);
        answer.ToArray<float>().Zip(model.Predict(array).ToArray<float>(), (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-4f);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static NDArray Steps(int count)
        => NDArray.From<float>([.. Enumerable.Range(0, count).SelectMany(_ => new float[] { 3, 4 })], count, 2);

    private static float[] Expected(Model model, Tokenizer tokenizer, string text, EmbeddingPooling pooling, bool normalize)
    {
        var tokens = tokenizer.Encode([text]).TokenIds;
        var values = model.Predict(tokens).ToArray<float>();
        var steps = tokens.Shape[1];
        float[] vector = [.. Enumerable.Range(0, 3).Select(axis => pooling switch
        {
            EmbeddingPooling.First => values[axis],
            EmbeddingPooling.Last => values[(3 * (steps - 1)) + axis],
            _ => Enumerable.Range(0, steps).Average(step => values[(3 * step) + axis]),
        })];
        var norm = MathF.Sqrt(vector.Sum(x => x * x));
        return normalize ? Array.ConvertAll(vector, x => x / norm) : vector;
    }
}
