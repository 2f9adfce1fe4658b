using System.CommandLine;
using DeepGpu.Hardware;

namespace DeepGpu.Cli;

/// <summary>The options that add cards and prices of your own to the catalogue.</summary>
internal sealed class CatalogOptions
{
    private readonly Option<FileInfo?> _catalog = new("--catalog") { Description = "A file of your own cards, added to the catalogue." };
    private readonly Option<FileInfo?> _prices = new("--prices")
    {
        Description = "A file of your own prices and rents, laid over the catalogue's."
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_catalog);
        command.Options.Add(_prices);
    }

    /// <summary>The built-in catalogue with the files given, every entry of which must be right.</summary>
    public GpuCatalog Of(ParseResult parsed)
    {
        var (cards, prices) = (parsed.GetValue(_catalog), parsed.GetValue(_prices));
        var catalog = cards is null ? GpuCatalog.Default : GpuCatalog.Default.With(GpuCatalogFile.Read(cards.FullName)
            .RequireEveryEntry().Cards);
        return prices is null ? catalog : catalog.WithPrices(GpuPriceFile.Read(prices.FullName, catalog));
    }
}
