using System.Security.Cryptography;
using System.Text.Json;
using DeepGpu.Formats;
using DeepGpu.Testing;

namespace DeepGpu.Cli.Tests;

public class InspectTests
{
    public static TheoryData<string, string> Kinds => new()
    {
        { "safetensors", "safetensors" },
        { "safetensors-index", "safetensors-index" },
        { "pth", "pth" },
        { "keras", "keras" },
        { "h5", "h5" },
        { "h5-raw", "h5" },
        { "keras-weights-h5", "keras-weights-h5" },
        { "idx", "idx" },
        { "csv", "csv" },
        { "image", "image" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_file_of_the_corpus_ends_as_its_manifest_says(string corpusKind, string kind)
    {
        foreach (var file in HostileCorpus.OfKind(corpusKind).Where(file => !NeedsModel(file)))
        {
            var (code, root) = Inspect([file.Path, "--kind", kind, .. Options(file)]);
            if (code == 0)
            {
                file.Expect.Should().NotBe("reject", file.Id);
                if (corpusKind is "safetensors" or "pth" or "idx" or "image") ShouldList(root, file);
                continue;
            }

            code.Should().Be(3, file.Id);
            file.Expect.Should().NotBe("load", file.Id);
            var error = root.GetProperty("error");
            error.GetProperty("code").GetString().Should().Be(file.Code, file.Id);
            error.GetProperty("file").GetString().Should().Be(file.Path, file.Id);
            error.EnumerateObject().Select(property => property.Name).Should().Equal("code", "rule", "received", "remedy", "file", "offset");
        }
    }

    [Fact]
    public void A_file_is_listed_with_types_shapes_and_hashes()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("deepgpu-inspect-").FullName, "w.safetensors");
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, [new("w", NDArray.From<float>([1, 2], 2, 1)), new("n", NDArray.From<long>([7]))]));
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
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
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
        foreach (var file in HostileCorpus.OfKind("pth").Concat(HostileCorpus.OfKind("h5-raw")).Concat(HostileCorpus.OfKind("csv")).Concat(HostileCorpus.OfKind("image")).Where(file => file.Expect == "load")) Inspect([file.Path, .. Options(file)]).Code.Should().Be(0, file.Id);
    }

    /// <summary>Weights alone that are well formed and only do not fit the model they are meant for.</summary>
    private static bool NeedsModel(HostileFile file) => file.Id is "h5-wrong_rank" or "h5-missing_bias";

    private static IEnumerable<string> Options(HostileFile file)
    {
        if (file.Option("classes") is { } classes) foreach (var part in new[] { "--classes", classes.GetRawText() }) yield return part;
        if (file.Option("pair_with") is { } pair) foreach (var part in new[] { "--pair-with", ReferenceData.Path("hostile", pair.GetString()!) }) yield return part;
        if (file.Option("label") is { } label) foreach (var part in new[] { "--label", label.GetString()! }) yield return part;
        if (file.Option("header") is { } header) foreach (var part in new[] { "--header", header.GetRawText() }) yield return part;
    }

    private static void ShouldList(JsonElement root, HostileFile file)
    {
        var expected = file.Entry.GetProperty("tensors").EnumerateObject().Select(tensor => (
            tensor.Name,
            tensor.Value.GetProperty("dtype").GetString(),
            string.Join(',', tensor.Value.GetProperty("shape").EnumerateArray()),
            Convert.ToHexStringLower(SHA256.HashData(tensor.Value.GetProperty("raw_b64").GetBytesFromBase64()))));
        root.GetProperty("tensors").EnumerateArray().Select(tensor => (
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
