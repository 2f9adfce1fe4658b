using System.Text;
using System.Text.Json.Nodes;
using DeepGpu.Testing;

namespace DeepGpu.Formats.Tests;

public class SafetensorsIndexTests
{
    [Fact]
    public void Every_file_of_the_corpus_behaves_as_its_manifest_says() => HostileCorpus.Check("safetensors-index", file =>
    {
        using var opened = SafetensorsIndex.Open(file.Path);
        return opened.Tensors.ToDictionary(t => t.Name, opened.Read);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(1 << 30)]
    public void Shards_read_back_as_they_were_written(long maxShardBytes)
    {
        using var folder = new TemporaryFolder();
        using var file = SafetensorsIndex.Open(SafetensorsIndex.Write(folder.File("model"), Samples.All(), maxShardBytes));
        Samples.ShouldEqual(file, Samples.All());
    }

    /// <summary>pytorch_model.bin.index.json as transformers wrote it before safetensors.</summary>
    [Fact]
    public void Shards_may_be_PyTorch_files()
    {
        using var folder = new TemporaryFolder();
        var (all, map) = (Samples.All(), new JsonObject());
        foreach (var (shard, start) in new[] { ("pytorch_model-00001-of-00002.bin", 0), ("pytorch_model-00002-of-00002.bin", 7) })
        {
            var part = all.Skip(start).Take(start == 0 ? 7 : all.Count).ToList();
            folder.Write(shard, stream => PthWriter.Write(stream, part));
            foreach (var (name, _) in part) map[name] = shard;
        }

        var index = new JsonObject { ["metadata"] = new JsonObject { ["total_size"] = 1 }, ["weight_map"] = map };
        var path = folder.Write("pytorch_model.bin.index.json", Encoding.UTF8.GetBytes(index.ToJsonString()));
        using var file = WeightFile.Open(path);
        file.Format.Name.Should().Be("safetensors-index");
        Samples.ShouldEqual(file, all);
    }

    [Theory]
    [InlineData("\"../x.safetensors\"", "path_escape")]
    [InlineData("\"/etc/passwd\"", "path_escape")]
    [InlineData("\"a/../../x.safetensors\"", "path_escape")]
    [InlineData("\"a\\\\x.safetensors\"", "path_escape")]
    [InlineData("\"C:x.safetensors\"", "path_escape")]
    [InlineData("\"https://example.com/x.safetensors\"", "path_escape")]
    [InlineData("\"\"", "path_escape")]
    [InlineData("\"missing.safetensors\"", "missing_shard")]
    [InlineData("\"m.safetensors.index.json\"", "shard_is_index")]
    [InlineData("\"other.index.json\"", "shard_is_index")]
    [InlineData("7", "wrong_field_type")]
    [InlineData("\"here.safetensors\"", "missing_tensor")]
    public void A_shard_is_a_file_beside_the_index(string shard, string code)
    {
        using var folder = new TemporaryFolder();
        folder.Write("here.safetensors", stream => SafetensorsWriter.Write(stream, [new("other", Samples.Of(DataType.UInt8))]));
        var path = folder.Write("m.safetensors.index.json", Encoding.UTF8.GetBytes($$$"""{"weight_map":{"w":{{{shard}}}}}"""));
        Refused.With(code, () => SafetensorsIndex.Open(path)).File.Should().Be(path);
    }

    [Theory]
    [InlineData("", "empty_file")]
    [InlineData("[]", "missing_field")]
    [InlineData("{\"weight_map\":[]}", "missing_field")]
    [InlineData("{\"weight_map\":{\"a\":\"x\",\"a\":\"y\"}}", "duplicate_name")]
    [InlineData("{", "index_not_json")]
    public void An_index_that_is_none_is_refused(string text, string code)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("m.safetensors.index.json", Encoding.UTF8.GetBytes(text));
        Refused.With(code, () => SafetensorsIndex.Open(path)).File.Should().Be(path);
    }

    [Fact]
    public void A_damaged_shard_is_refused_by_its_own_name()
    {
        using var folder = new TemporaryFolder();
        var shard = folder.Write("s.safetensors", [1, 2, 3]);
        var path = folder.Write("m.safetensors.index.json", """{"weight_map":{"w":"s.safetensors"}}"""u8);
        Refused.With("header_too_small", () => SafetensorsIndex.Open(path)).File.Should().Be(shard);
    }
}
