using System.Security.Cryptography;
using System.Text.Json;
using DeepGpu.Formats;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Cli.Tests;

public sealed class InspectTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-inspect-").FullName;

    public static IEnumerable<ITheoryDataRow> Corpus() => HostileCorpus.Rows();

    /// <summary>The whole manifest, one row a file. Keras's weights alone are read for the model that the corpus was made with.</summary>
    [Theory]
    [MemberData(nameof(Corpus))]
    public void Every_file_of_the_corpus_ends_as_its_manifest_says(string id)
    {
        var file = HostileCorpus.Find(id);
        var run = CliRun.Of(["inspect", file.Path, "--kind", file.Kind == "h5-raw" ? "h5" : file.Kind, "--json", .. Options(file)]);
        run.Code.Should().BeOneOf(file.Expect switch { "load" => [0], "reject" => [3], _ => [0, 3] });
        if (run.Code == 0 && file.Kind is ("safetensors" or "pth" or "idx" or "image")) ShouldList(run, file);
        if (run.Code == 3) ShouldRefuse(run, file);
        Directory.GetFiles(Path.GetDirectoryName(file.CanaryPrefix)!, Path.GetFileName(file.CanaryPrefix) + "*").Should().BeEmpty();
    }

    [Fact]
    public void A_file_is_listed_with_types_shapes_and_hashes()
    {
        var path = Path.Combine(_folder, "w.safetensors");
        AtomicFile.Write(path,
            stream => SafetensorsWriter.Write(stream, [new("w", NDArray.From<float>([1, 2], 2, 1)), new("n", NDArray.From<long>([7]))]));
        var (code, root) = Inspect(path);
        code.Should().Be(0);
        root.GetProperty("format").GetString().Should().Be("safetensors");
        var tensor = root.GetProperty("tensors")[0];
        tensor.EnumerateObject().Select(property => property.Name).Should().Equal("name", "dtype", "shape", "sha256");
        tensor.GetProperty("name").GetString().Should().Be("w");
        tensor.GetProperty("dtype").GetString().Should().Be("F32");
        tensor.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32()).Should().Equal(2, 1);
        tensor.GetProperty("sha256").GetString().Should().Be(Convert.ToHexStringLower(SHA256.HashData([0, 0, 128, 63, 0, 0, 0, 64])));
        Run("inspect", path).Output.Should().Contain("safetensors, 2 tensors").And.Contain("F32   (2, 1)  w");
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_and_no_crash()
    {
        var (code, root) = Inspect(Path.Combine(Path.GetTempPath(), "nothing-here.safetensors"));
        code.Should().Be(3);
        root.GetProperty("error").GetProperty("code").GetString().Should().Be("io_error");
    }

    [Fact]
    public void The_kind_is_guessed_where_it_is_not_given()
    {
        foreach (var file in HostileCorpus.OfKind("pth").Concat(HostileCorpus.OfKind("h5-raw")).Concat(HostileCorpus.OfKind("csv"))
            .Concat(HostileCorpus.OfKind("image")).Where(file => file.Expect == "load"))
            Inspect([file.Path, .. Options(file)]).Code.Should().Be(0, file.Id);
    }

    [Fact]
    public void Weights_are_compared_with_the_model_they_are_meant_for()
    {
        var (weights, fits, other) = (Path.Combine(_folder, "w.weights.h5"), Description(units: 3), Description(units: 4));
        AtomicFile.Write(weights, stream => KerasWeights.Write(stream,
            [new("layers/dense", "dense", [NDArray.From<float>(new float[6], 2, 3), NDArray.From<float>(new float[3], 3)])]));
        CliRun.Of("inspect", weights, "--model", fits).Code.Should().Be(0);
        var refused = CliRun.Of("inspect", weights, "--model", other, "--json");
        (refused.Code, refused.ErrorCode).Should().Be((3, "shape_mismatch"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Description(int units)
    {
        var path = Path.Combine(_folder, $"dense{units}.json");
        File.WriteAllText(path, Sequential.Input(2).Dense(units, name: "dense").Build().ToJson());
        return path;
    }

    private IEnumerable<string> Options(HostileFile file)
    {
        if (file.Kind == "keras-weights-h5") foreach (var part in new[] { "--model", Description(units: 3) }) yield return part;
        if (file.Option("exit_code") is { } code) foreach (var part in new[] { "--exit-code", code.GetRawText() }) yield return part;
        if (file.Option("classes") is { } classes) foreach (var part in new[] { "--classes", classes.GetRawText() }) yield return part;
        if (file.Option("pair_with") is { } pair)
            foreach (var part in new[] { "--pair-with", ReferenceData.Path("hostile", pair.GetString()!) }) yield return part;
        if (file.Option("label") is { } label) foreach (var part in new[] { "--label", label.GetString()! }) yield return part;
        if (file.Option("header") is { } header) foreach (var part in new[] { "--header", header.GetRawText() }) yield return part;
    }

    private static void ShouldRefuse(CliRun run, HostileFile file)
    {
        var error = run.Json.GetProperty("error");
        error.GetProperty("code").GetString().Should().Be(file.Code);
        error.GetProperty("file").GetString().Should().Be(file.Path);
        error.EnumerateObject().Select(property => property.Name).Should().Equal("code", "rule", "received", "remedy", "file", "offset");
    }

    private static void ShouldList(CliRun run, HostileFile file)
    {
        var expected = file.Entry.GetProperty("tensors").EnumerateObject().Select(tensor => (
            tensor.Name,
            tensor.Value.GetProperty("dtype").GetString(),
            string.Join(',', tensor.Value.GetProperty("shape").EnumerateArray()),
            Convert.ToHexStringLower(SHA256.HashData(tensor.Value.GetProperty("raw_b64").GetBytesFromBase64()))));
        run.Json.GetProperty("tensors").EnumerateArray().Select(tensor => (
            tensor.GetProperty("name").GetString()!,
            tensor.GetProperty("dtype").GetString(),
            string.Join(',', tensor.GetProperty("shape").EnumerateArray()),
            tensor.GetProperty("sha256").GetString()!)).Should().BeEquivalentTo(expected, file.Id);
    }

    private static (int Code, JsonElement Root) Inspect(params string[] arguments)
    {
        var (code, output) = Run(["inspect", .. arguments, "--json"]);
        return (code, JsonDocument.Parse(output).RootElement);
    }

    private static (int Code, string Output) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = CommandLine.Run(arguments, output, errors);
        return (code, output.ToString());
    }
}
