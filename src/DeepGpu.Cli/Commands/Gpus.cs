using System.CommandLine;
using DeepGpu.Hardware;
using DeepGpu.Visuals;
using Spectre.Console;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu gpus list|show|compare|rank: the catalogue, one card, two cards, the best cards for some work.</summary>
internal static class Gpus
{
    public static Command Create() => new("gpus", "The catalogue of graphics cards.") { List(), Show(), Compare(), Rank.Create() };

    private static Command List()
    {
        var (catalog, json) = (CatalogOption(), Options.Json());
        var command = new Command("list", "List every card of the catalogue.") { catalog, json };
        command.SetAction(parsed => List(Catalog(parsed.GetValue(catalog)), parsed.GetValue(json), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static Command Show()
    {
        var name = new Argument<string>("NAME") { Description = "A card's name; \"3090\" will do." };
        var (catalog, json) = (CatalogOption(), Options.Json());
        var command = new Command("show", "Show everything that is known of one card, with its sources.") { name, catalog, json };
        command.SetAction(parsed => Show(Catalog(parsed.GetValue(catalog)).Find(parsed.GetValue(name)!), parsed.GetValue(json),
            parsed.InvocationConfiguration.Output));
        return command;
    }

    private static Command Compare()
    {
        var first = new Argument<string>("A") { Description = "A card." };
        var second = new Argument<string>("B") { Description = "Another card, or a processor of the catalogue." };
        var (catalog, json) = (CatalogOption(), Options.Json());
        var command = new Command("compare", "Compare two cards, or a card with a processor.") { first, second, catalog, json };
        command.SetAction(parsed => Compare(Catalog(parsed.GetValue(catalog)), parsed.GetValue(first)!, parsed.GetValue(second)!,
            parsed.GetValue(json), parsed.InvocationConfiguration.Output));
        return command;
    }

    internal static Option<FileInfo?> CatalogOption()
        => new("--catalog") { Description = "A file of your own cards, added to the catalogue." };

    /// <summary>The built-in catalogue with a file of one's own cards, every entry of which must be right.</summary>
    internal static GpuCatalog Catalog(FileInfo? file)
        => file is null ? GpuCatalog.Default : GpuCatalog.Default.With(GpuCatalogFile.Read(file.FullName).RequireEveryEntry().Cards);

    private static void List(GpuCatalog catalog, bool json, TextWriter output)
    {
        if (json) output.WriteLine(catalog.ToJson());
        else ListTable(catalog, output);
    }

    private static void Show(GpuSpec card, bool json, TextWriter output)
    {
        if (json) output.WriteLine(GpuCatalog.ToJson(card));
        else ShowTable(card, output);
    }

    private static void Compare(GpuCatalog catalog, string first, string second, bool json, TextWriter output)
    {
        var card = catalog.Find(first);
        if (catalog.Match(second).Count == 0 && catalog.Cpus.Any(cpu => cpu.Name.Contains(second, StringComparison.OrdinalIgnoreCase)))
        {
            var versus = GpuVersusCpu.Compare(card, catalog.FindCpu(second));
            output.WriteLine(json ? versus.ToJson() : versus.Explain());
            return;
        }

        var comparison = new GpuAdvisor(catalog, GpuScorer.Default).Compare(card, catalog.Find(second));
        if (json) output.WriteLine(comparison.ToJson());
        else CompareTable(comparison, output);
    }

    // The tables are methods of their own, so that printing JSON does not load the library that draws them.
    private static void ListTable(GpuCatalog catalog, TextWriter output)
        => Terminal.On(output).Write(GpuTables.Specs(catalog.Cards).Caption($"{catalog.Cards.Length} cards, catalogue {catalog.Version}"));

    private static void ShowTable(GpuSpec card, TextWriter output) => Terminal.On(output).Write(GpuTables.Details(card));

    private static void CompareTable(GpuComparison comparison, TextWriter output)
    {
        Terminal.On(output).Write(GpuTables.Comparison(comparison));
        output.WriteLine(comparison.Explain());
    }
}
