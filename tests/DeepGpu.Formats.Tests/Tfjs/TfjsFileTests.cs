using System.Text;

namespace DeepGpu.Formats.Tests;

public class TfjsFileTests
{
    private const string Weights =
        """[{"name":"dense/kernel","shape":[2,3],"dtype":"float32"},{"name":"dense/bias","shape":[],"dtype":"int32"}]""";

    [Fact]
    public void Weights_are_read_from_shards_that_cut_them_anywhere()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = [.. PickleBytes.Record, 7, 0, 0, 0];
        folder.Write("a.bin", bytes.AsSpan(0, 5));
        folder.Write("b.bin", bytes.AsSpan(5));
        using var file = TfjsFile.Open(Model(folder, """["a.bin","b.bin"]""", Weights));
        file.Read(file.Find("dense/kernel")!).ToArray<float>().Should().Equal(0, 1, 2, 3, 4, 5);
        file.Read(file.Find("dense/bias")!).ToArray<int>().Should().Equal(7);
        file.Topology.Should().Be("""{"a":1}""");
    }

    [Theory]
    [InlineData("""["../a.bin"]""", Weights, "path_escape")]
    [InlineData("""["./../a.bin"]""", Weights, "path_escape")]
    [InlineData("""[".//etc/passwd"]""", Weights, "path_escape")]
    [InlineData("""["/etc/passwd"]""", Weights, "path_escape")]
    [InlineData("""["https://example.com/a.bin"]""", Weights, "path_escape")]
    [InlineData("""["c.bin"]""", Weights, "missing_shard")]
    [InlineData("""[7]""", Weights, "wrong_field_type")]
    [InlineData("""["a.bin"]""", """[{"name":"w","shape":[7],"dtype":"float32"}]""", "size_mismatch")]
    [InlineData("""["a.bin"]""", """[{"name":"w","shape":[5],"dtype":"float32"}]""", "size_mismatch")]
    [InlineData("""["a.bin"]""", """[{"name":"w","shape":[-6],"dtype":"float32"}]""", "negative_dimension")]
    [InlineData("""["a.bin"]""", """[{"name":"w","shape":[2147483647,2147483647,2147483647],"dtype":"float32"}]""", "size_overflow")]
    [InlineData("""["a.bin"]""", """[{"name":"w","shape":["6"],"dtype":"float32"}]""", "wrong_field_type")]
    [InlineData("""["a.bin"]""", """[{"name":"w","shape":[6],"dtype":"string"}]""", "unsupported_dtype")]
    [InlineData("""["a.bin"]""", """[{"name":"w","shape":[6],"dtype":"float32","quantization":{"dtype":"uint8"}}]""", "unsupported_dtype")]
    [InlineData("""["a.bin"]""", """[{"shape":[6],"dtype":"float32"}]""", "missing_field")]
    [InlineData("""["a.bin"]""",
        """[{"name":"w","shape":[3],"dtype":"float32"},{"name":"w","shape":[3],"dtype":"float32"}]""", "duplicate_name")]
    public void A_manifest_that_breaks_a_rule_is_refused(string paths, string weights, string code)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.bin", PickleBytes.Record);
        var path = Model(folder, paths, weights);
        Refused.With(code, () => TfjsFile.Open(path)).File.Should().Be(path);
    }

    private static string Model(TemporaryFolder folder, string paths, string weights)
        => folder.Write("model.json",
            Encoding.UTF8.GetBytes($$"""{"modelTopology":{"a":1},"weightsManifest":[{"paths":{{paths}},"weights":{{weights}}}]}"""));
}
