using DeepGpu.Models;
using DeepGpu.Tests.Training;

namespace DeepGpu.Tests.Weights;

/// <summary>Networks that make pictures, with small random weights in the published layout: loaded and run, they give the numbers that a
/// script of NumPy computes, which shares nothing with the library.</summary>
public sealed class PublishedPictureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-pictures-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ModelSpec Spec(string name) => name switch
    {
        "ddpm" => Generative.DiffusionUNet(size: 16, channels: 1, width: 32),
        "stable" => Generative.StableDiffusionUNet(size: 64, width: 32, heads: 2, tokens: 3, tokenWidth: 5),
        "encoder" => Generative.AutoencoderKLEncoder(16),
        "decoder" => Generative.AutoencoderKLDecoder(8),
        "generator" => Generative.DcganGenerator(noise: 7, channels: 2, width: 3),
        _ => Generative.DcganDiscriminator(channels: 2, width: 3),
    };

    [Theory]
    [InlineData("ddpm")]
    [InlineData("stable")]
    [InlineData("encoder")]
    [InlineData("decoder")]
    [InlineData("generator")]
    [InlineData("discriminator")]
    public void A_published_file_gives_the_independent_numbers(string name)
    {
        var made = IndependentNumbers.Make("make_pictures.py", _folder, name);
        using var model = Spec(name).ToModel(Device.Cpu, seed: 1);
        model.LoadWeights(Path.Combine(_folder, "model.safetensors")).IsComplete.Should().BeTrue();
        made.ShouldBe(model.Predict(made.Inputs));
    }

    /// <summary>The same numbers in ONNX Runtime, and in a file that is saved and opened again.</summary>
    [Theory]
    [InlineData("ddpm")]
    [InlineData("stable")]
    [InlineData("generator")]
    [InlineData("discriminator")]
    public void Exported_and_saved_they_compute_the_same(string name)
    {
        var made = IndependentNumbers.Make("make_pictures.py", _folder, name);
        using var model = Spec(name).ToModel(Device.Cpu, seed: 1);
        model.LoadWeights(Path.Combine(_folder, "model.safetensors"));
        var (onnx, saved) = (Path.Combine(_folder, "model.onnx"), Path.Combine(_folder, "model.keras"));
        model.Save(onnx);
        made.ShouldBe(OnnxAgreement.OfRuntime(onnx, made.Inputs));
        model.Save(saved);
        using var loaded = Model.Load(saved, Device.Cpu);
        loaded.Predict(made.Inputs)[0].ToArray<float>().Should().Equal(model.Predict(made.Inputs)[0].ToArray<float>());
    }

    /// <summary>A step of diffusion's training: the noise is what the network is to tell.</summary>
    [Fact]
    public void A_small_network_learns_the_noise()
    {
        using var model = Spec("ddpm").ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(0.002), Loss.MeanSquaredError());
        var random = new Random(3);
        float[] noise = [.. Enumerable.Range(0, 2 * 16 * 16).Select(_ => random.NextSingle() - 0.5f)];
        var data = new ArrayData([NDArray.From<float>(noise, 2, 16, 16, 1), NDArray.From<float>([3, 90], 2, 1)],
            [NDArray.From<float>(noise, 2, 16, 16, 1)]);
        var before = model.Evaluate(data)["loss"];
        model.Fit(data, new FitOptions { Epochs = 8, BatchSize = 2 });
        model.Evaluate(data)["loss"].Should().BeLessThan(0.5 * before);
    }
}
