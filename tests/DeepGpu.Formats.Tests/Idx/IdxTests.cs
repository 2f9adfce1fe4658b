using DeepGpu.Testing;

namespace DeepGpu.Formats.Tests;

public class IdxTests
{
    [Fact]
    public void Every_file_of_the_corpus_behaves_as_its_manifest_says() => HostileCorpus.Check("idx", file =>
    {
        var array = IdxFile.Read(file.Path);
        if (file.Option("pair_with") is { } images)
            IdxFile.CheckPair(IdxFile.Read(ReferenceData.Path("hostile", images.GetString()!)), array, file.Path);
        if (file.Option("classes") is { } classes) IdxFile.CheckLabels(array, classes.GetInt32(), file.Path);
        return new Dictionary<string, NDArray> { ["data"] = array };
    });

    [Fact]
    public void Mnist_has_the_published_counts()
    {
        IdxFile.Read(ReferenceData.Path("data", "mnist", "train-images-idx3-ubyte.gz")).TypeAndShape.Should().Be("UInt8 (60000, 28, 28)");
        IdxFile.Read(ReferenceData.Path("data", "mnist", "t10k-labels-idx1-ubyte.gz")).TypeAndShape.Should().Be("UInt8 (10000)");
    }

    [Fact]
    public void A_header_that_lies_about_its_size_allocates_no_more_than_what_comes()
    {
        byte[] bytes = [0, 0, 8, 1, 0x7F, 0xFF, 0xFF, 0x00, 1, 2, 3];
        var before = GC.GetAllocatedBytesForCurrentThread();
        FluentActions.Invoking(() => IdxFile.Read(new MemoryStream(bytes))).Should().Throw<ModelFormatException>();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(4 << 20);
    }

    [Theory]
    [InlineData(new byte[] { }, "empty_file", 0)]
    [InlineData(new byte[] { 0, 0, 8 }, "truncated", null)]
    [InlineData(new byte[] { 1, 0, 8, 1, 0, 0, 0, 1, 5 }, "bad_magic", 0)]
    [InlineData(new byte[] { 0, 0, 7, 1, 0, 0, 0, 1, 5 }, "bad_type", 2)]
    [InlineData(new byte[] { 0, 0, 8, 0 }, "bad_rank", 3)]
    [InlineData(new byte[] { 0, 0, 8, 200, 0, 0, 0, 1 }, "bad_rank", 3)]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 1 }, "truncated", null)]
    [InlineData(new byte[] { 0, 0, 8, 1, 1, 0, 0, 0, 5 }, "size_mismatch", null)]
    [InlineData(new byte[] { 0, 0, 8, 1, 255, 255, 255, 255, 5 }, "size_overflow", 4)]
    [InlineData(new byte[] { 0, 0, 14, 3, 127, 255, 255, 255, 127, 255, 255, 255, 127, 255, 255, 255 }, "size_overflow", 4)]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 5, 6 }, "size_mismatch", null)]
    public void A_file_that_breaks_a_rule_is_refused_with_its_place(byte[] bytes, string code, int? offset)
        => Refused.With(code, () => IdxFile.Read(new MemoryStream(bytes))).Offset.Should().Be(offset);

    [Fact]
    public void A_gzip_bomb_takes_no_memory()
    {
        using var stream = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(stream,
            System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write([0, 0, 8, 1, 4, 0, 0, 0]);
            gzip.Write(new byte[64 << 20]);
        }

        stream.Position = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused.With("expansion_bomb", () => IdxFile.Read(stream));
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);
    }

    [Fact]
    public void Images_and_labels_must_be_as_many()
        => Refused.With("count_mismatch",
            () => IdxFile.CheckPair(NDArray.From<byte>(new byte[8], 2, 2, 2), NDArray.From<byte>([1, 2, 3], 3), "labels"))
            .Message.Should().Contain("there are 2 and 3");
}
