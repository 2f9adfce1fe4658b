using DeepGpu.Testing;

namespace DeepGpu.Formats.Tests;

public class PthCorpusTests
{
    [Fact]
    public void Every_file_of_the_corpus_behaves_as_its_manifest_says() => HostileCorpus.Check("pth", file =>
    {
        using var opened = PthFile.Open(file.Path);
        return opened.Tensors.ToDictionary(t => t.Name, opened.Read);
    });
}
