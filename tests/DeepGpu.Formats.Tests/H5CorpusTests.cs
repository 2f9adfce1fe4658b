using DeepGpu.Testing;

namespace DeepGpu.Formats.Tests;

public class H5CorpusTests
{
    [Fact]
    public void Every_plain_hdf5_file_of_the_corpus_behaves_as_its_manifest_says() => HostileCorpus.Check("h5-raw", file =>
    {
        using var opened = H5File.Open(file.Path);
        return file.Id == "h5-secret" ? null : opened.Tensors.ToDictionary(t => t.Name, opened.Read);
    });

    [Fact]
    public void All()
    {
        foreach (var path in Directory.EnumerateFiles("/work/shared/data/weights", "*.h5", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles("/work/shared/oracles", "*.h5", SearchOption.AllDirectories)))
        {
            using var f = H5File.Open(path);
            Assert.NotEmpty(f.Tensors);
            foreach (var t in f.Tensors) f.Sha256(t);
        }
    }
}
