using System.IO.Compression;
using System.Text.Json.Nodes;
using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu.Cli.Tests;

/// <summary>What a file is, is told by its bytes: each format under the endings of all others.</summary>
public sealed class InspectBytesTests : IDisposable
{
    private static readonly NDArray Values = NDArray.From<float>([1, 2, 3, 4, 5, 6], 3, 2);

    private static readonly KeyValuePair<string, NDArray>[] Tensors = [new("dense/kernel", Values), new("dense/bias", NDArray.From<float>([7, 8], 2))];

    private static readonly string Config = Sequential.Input(3).Dense(2, name: "dense").Build().ToJson();

    private static readonly Dictionary<string, Action<Stream>> Writers = new(StringComparer.Ordinal)
    {
        ["safetensors"] = stream => SafetensorsWriter.Write(stream, Tensors),
        ["pth"] = stream => PthWriter.Write(stream, Tensors),
        ["npz"] = stream => NpzFile.Write(stream, Tensors),
        ["npy"] = stream => NpyFile.Write(stream, Values),
        ["h5"] = stream => KerasWeights.Write(stream, [new("layers/dense", "dense", [Values])]),
        ["keras"] = stream => KerasArchive.Write(stream, Config, "{}", [new("layers/dense", "dense", [.. Tensors.Select(t => t.Value)])]),
        ["deepgpu"] = WriteOwn,
        ["keras-json"] = stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(" \n" + Config)),
        ["idx"] = stream => stream.Write([0, 0, 8, 1, 0, 0, 0, 2, 5, 6]),
        ["image"] = stream => stream.Write(Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-bytes-").FullName;

    public static TheoryData<string, string> Rows() => new(Writers.Keys.SelectMany(kind
        => new[] { "keras", "h5", "pth", "npz", "safetensors", "csv", "json", "png", "onnx", "" }.Select(ending => (kind, ending))));

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_format_is_told_whatever_its_file_is_called(string kind, string ending)
    {
        var path = Path.Combine(_folder, ending.Length == 0 ? "file" : $"train-idx3-ubyte.{ending}");
        AtomicFile.Write(path, Writers[kind]);
        var run = CliRun.Of("inspect", path, "--json");
        run.Code.Should().Be(0, run.Output + run.Errors);
        run.Json.GetProperty("format").GetString().Should().Be(kind);
    }

    [Theory]
    [InlineData("model.keras")]
    [InlineData("model.h5")]
    [InlineData("nvidia-smi.csv")]
    public void The_formats_that_name_other_files_are_told_too(string name)
    {
        var index = SafetensorsIndex.Write(_folder, Tensors, maxShardBytes: 20);
        File.Move(index, Path.Combine(_folder, name));
        Format(name).Should().Be("safetensors-index");
        File.WriteAllBytes(Path.Combine(_folder, "w.bin"), Values.Bytes.ToArray());
        File.WriteAllText(Path.Combine(_folder, name), new JsonObject
        {
            ["format"] = "layers-model",
            ["weightsManifest"] = JsonNode.Parse("""[{"paths": ["w.bin"], "weights": [{"name": "w", "shape": [3, 2], "dtype": "float32"}]}]"""),
        }.ToJsonString());
        Format(name).Should().Be("tfjs");
    }

    [Fact]
    public void A_gzipped_idx_file_is_told()
    {
        using (var zipped = new GZipStream(File.Create(Path.Combine(_folder, "labels.keras")), CompressionMode.Compress))
            Writers["idx"](zipped);
        Format("labels.keras").Should().Be("idx");
    }

    [Theory]
    [InlineData("model.keras")]
    [InlineData("model.png")]
    public void Every_command_reads_a_model_by_its_bytes(string name)
    {
        foreach (var kind in new[] { "keras", "deepgpu", "keras-json" })
        {
            var path = Path.Combine(_folder, name);
            AtomicFile.Write(path, Writers[kind]);
            CliRun.Of("summary", path).Output.Should().Contain("dense", kind);
            CliRun.Of("forecast", path, "--gpu", "RTX 3090").Code.Should().Be(0);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string? Format(string name)
    {
        var run = CliRun.Of("inspect", Path.Combine(_folder, name), "--json");
        run.Code.Should().Be(0, run.Output + run.Errors);
        return run.Json.GetProperty("format").GetString();
    }

    private static void WriteOwn(Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        using (var config = new StreamWriter(archive.CreateEntry("config.json").Open())) config.Write(Config);
        using var weights = archive.CreateEntry("weights.safetensors").Open();
        SafetensorsWriter.Write(weights, Tensors);
    }
}
