using DeepGpu.Models;

namespace DeepGpu.Tests.Weights;

/// <summary>RELIABILITY2 row 29: a model nested too deep for a description predicts and trains, and is refused by Save with the depth;
/// nothing is left of the file.</summary>
public sealed class NestedModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-nested-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("x.keras")]
    [InlineData("x.h5")]
    [InlineData("x.deepgpu")]
    public void Two_hundred_models_inside_one_another(string name)
    {
        using var model = Nested(200).Compiled(Loss.MeanSquaredError());
        model.Predict(NDArray.Zeros(DataType.Float32, 1, 2)).Shape.Should().Equal(1, 3);
        model.Invoking(m => m.Save(Path.Combine(_folder, name))).Should().Throw<ModelFormatException>()
            .WithMessage("*200 models inside one another*");
        Directory.EnumerateFileSystemEntries(_folder).Should().BeEmpty();
    }

    [Fact]
    public void Weights_alone_need_no_description()
    {
        using var model = Nested(200).ToModel(Device.Cpu, seed: 1);
        var file = Path.Combine(_folder, "x.safetensors");
        model.Save(file);
        using var other = Nested(200).ToModel(Device.Cpu, seed: 2);
        other.LoadWeights(file);
        other.Weights[0].ToArray().ToArray<float>().Should().Equal(model.Weights[0].ToArray().ToArray<float>());
    }

    private static ModelSpec Nested(int depth)
    {
        var spec = Sequential.Input(2).Dense(3).Build("m1");
        for (var level = 2; level <= depth; level++) spec = Sequential.Input(2).Apply(spec).Build($"m{level}");
        return spec;
    }
}
