using System.IO.Compression;
using DeepGpu.Formats;

namespace DeepGpu.Tests.Weights;

public sealed class ModelFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-tests-").FullName;

    [Fact]
    public void A_saved_model_predicts_the_same_after_loading()
    {
        var path = Path.Combine(_folder, "größe und maß.deepgpu");
        var (train, test) = Datasets.GeneratedDigits(64, 20);
        using var model = Cnn.Listing.Compiled();
        model.Fit(train);
        model.Save(path);
        using var copy = Model.Load(path, Device.Cpu);
        copy.Predict(test.Input).ToArray<float>().Should().Equal(model.Predict(test.Input).ToArray<float>());
        Directory.GetFiles(_folder).Should().Equal(path);
    }

    [Fact]
    public void The_file_is_a_zip_of_description_and_safetensors()
    {
        var path = Path.Combine(_folder, "m.deepgpu");
        using (var model = Cnn.Small.ToModel(Device.Cpu)) model.Save(path);
        using var archive = ZipFile.OpenRead(path);
        archive.Entries.Select(e => e.FullName).Should().Equal("config.json", "weights.safetensors");
    }

    [Fact]
    public void Another_kind_of_file_is_refused()
    {
        var path = Path.Combine(_folder, "x");
        File.WriteAllText(path, "not a zip archive");
        FluentActions.Invoking(() => Model.Load(path, Device.Cpu)).Should().Throw<ModelFormatException>().Which.File.Should().Be(path);
    }

    [Fact]
    public void A_missing_weight_is_named()
    {
        var path = Path.Combine(_folder, "m.deepgpu");
        using (var model = Cnn.Small.ToModel(Device.Cpu)) model.Save(path);
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            archive.GetEntry("config.json")!.Delete();
            using var config = new StreamWriter(archive.CreateEntry("config.json").Open());
            config.Write(Cnn.Listing.ToJson());
        }

        FluentActions.Invoking(() => Model.Load(path, Device.Cpu))
            .Should().Throw<Exception>().Which.Should().BeAssignableTo<IFaultSource>();
    }

    [Theory]
    [InlineData("conv2d.weight")]
    [InlineData("weight")]
    [InlineData("running_mean")]
    public void Weights_with_torchs_names_are_missing_from_a_model_file(string name)
    {
        var path = Path.Combine(_folder, "m.deepgpu");
        using (var model = Cnn.Small.ToModel(Device.Cpu)) model.Save(path);
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            archive.GetEntry("weights.safetensors")!.Delete();
            using var weights = archive.CreateEntry("weights.safetensors").Open();
            SafetensorsWriter.Write(weights, [new(name, NDArray.From<float>([1, 2], 2))]);
        }

        FluentActions.Invoking(() => Model.Load(path, Device.Cpu))
            .Should().Throw<WeightMismatchException>().Which.Fault.Code.Should().BeOneOf("weight_missing", "shape_mismatch");
    }

    [Fact]
    public void Weights_are_compared_with_a_description_without_a_live_model()
    {
        var path = Path.Combine(_folder, "m.weights.h5");
        using (var model = Cnn.Small.ToModel(Device.Cpu)) model.Save(path);
        ModelFile.CheckWeights(path, Cnn.Small).IsComplete.Should().BeTrue();
        FluentActions.Invoking(() => ModelFile.CheckWeights(path, Cnn.Listing))
            .Should().Throw<WeightMismatchException>().Which.File.Should().Be(path);
    }

    [Fact]
    public void A_changed_byte_of_a_weight_is_found()
    {
        var path = Path.Combine(_folder, "m.deepgpu");
        using (var model = Cnn.Small.ToModel(Device.Cpu)) model.Save(path);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8) - 100] ^= 1;
        File.WriteAllBytes(path, bytes);
        FluentActions.Invoking(() => Model.Load(path, Device.Cpu))
            .Should().Throw<ModelFormatException>().Which.Fault.Code.Should().Be("crc_mismatch");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
