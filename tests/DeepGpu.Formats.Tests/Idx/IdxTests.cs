using DeepGpu.Testing;

namespace DeepGpu.Formats.Tests;

public class IdxTests
{
    [Fact]
    public void Every_file_of_the_corpus_behaves_as_its_manifest_says() => HostileCorpus.Check("idx", file =>
    {
        var array = IdxFile.Read(file.Path);
        if (file.Entry.TryGetProperty("options", out var options) && options.TryGetProperty("classes", out var classes)) IdxFile.CheckLabels(array, classes.GetInt32());
        return new Dictionary<string, NDArray> { ["data"] = array };
    });

    [Fact]
    public void Mnist_has_the_published_counts()
    {
        IdxFile.Read(ReferenceData.Path("data", "mnist", "train-images-idx3-ubyte.gz")).ToString().Should().Be("UInt8 (60000, 28, 28)");
        IdxFile.Read(ReferenceData.Path("data", "mnist", "t10k-labels-idx1-ubyte.gz")).ToString().Should().Be("UInt8 (10000)");
    }

    [Fact]
    public void A_header_that_lies_about_its_size_allocates_no_more_than_what_comes()
    {
        byte[] bytes = [0, 0, 8, 1, 0x7F, 0xFF, 0xFF, 0x00, 1, 2, 3];
        var before = GC.GetAllocatedBytesForCurrentThread();
        FluentActions.Invoking(() => IdxFile.Read(new MemoryStream(bytes))).Should().Throw<ModelFormatException>();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(4 << 20);
    }
}
