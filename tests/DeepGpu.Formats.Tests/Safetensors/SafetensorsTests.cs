using DeepGpu.Testing;

namespace DeepGpu.Formats.Tests;

public class SafetensorsTests
{
    [Fact]
    public void Every_file_of_the_corpus_behaves_as_its_manifest_says() => HostileCorpus.Check("safetensors", file =>
    {
        using var opened = SafetensorsFile.Open(file.Path);
        return opened.Tensors.ToDictionary(t => t.Name, opened.Read);
    });

    [Fact]
    public void A_refusal_gives_the_codes_and_places_the_manifest_lists()
    {
        foreach (var file in HostileCorpus.OfKind("safetensors").Where(f => f.Expect == "reject"))
        {
            var refused = FluentActions.Invoking(() => SafetensorsFile.Open(file.Path)).Should().Throw<ModelFormatException>(file.Id).Which;
            refused.Fault.Code.Should().Be(file.Entry.GetProperty("code").GetString(), file.Id);
            refused.File.Should().Be(file.Path);
        }
    }

    [Fact]
    public void What_is_written_reads_back_bit_for_bit()
    {
        KeyValuePair<string, NDArray>[] tensors =
        [
            new("f32", NDArray.From<float>([1.5f, float.NaN, -0f, float.NegativeInfinity], 2, 2)),
            new("u8", NDArray.From<byte>([1, 2, 3], 3)),
            new("f64", NDArray.From<double>([Math.PI], 1)),
            new("scalar", NDArray.From<long>([42])),
            new("empty", NDArray.From<float>([], 0, 5)),
        ];
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors, new Dictionary<string, string> { ["format"] = "deepgpu" });
        using var file = SafetensorsFile.Open(stream.ToArray());
        file.Metadata.Should().Contain("format", "deepgpu");
        foreach (var (name, tensor) in tensors)
        {
            var read = file.Read(file.Find(name)!);
            read.Shape.Should().Equal(tensor.Shape);
            read.Bytes.ToArray().Should().Equal(tensor.Bytes.ToArray());
        }
    }

    [Fact]
    public void A_file_can_be_deleted_after_a_refusal()
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, [1, 2, 3]);
        FluentActions.Invoking(() => SafetensorsFile.Open(path))
            .Should().Throw<ModelFormatException>().WithMessage("*starts with a length of 8 bytes, but has only 3.*");
        File.Delete(path);
        File.Exists(path).Should().BeFalse();
    }
}
