namespace DeepGpu.Hardware.Tests.Catalog;

public class HostileCatalogTests
{
    [Fact]
    public void Every_catalogue_of_the_corpus_is_read_or_refused_with_its_code()
        => HostileFiles.Check("catalog", file => GpuCatalogFile.Read(file.Path).RequireEveryEntry().Cards);
}
