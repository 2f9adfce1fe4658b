using System.CommandLine;
using DeepGpu.Cli.Arguments;
using DeepGpu.Cli.Output;
using DeepGpu.Hardware;
using DeepGpu.Visuals;
using Spectre.Console;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu gpus list|show|compare|rank: the catalogue, one card, two cards, the best cards for some work.</summary>
internal static class Gpus
{
    public const string Name = "gpus";
    public const string About = "The catalogue of graphics cards.";

    public static Command Create() => new(Name, About) { List(), Show(), Compare.Create(), Rank.Create() };

    private static Command List()
    {
        var (catalog, json) = (new CatalogOptions(), Options.Json());
        var command = new Command("list", "List every card of the catalogue.") { json };
        catalog.AddTo(command);
        command.SetAction(parsed => List(catalog.Of(parsed), parsed.GetValue(json), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static Command Show()
    {
        var name = new Argument<string>("NAME") { Description = "A card's name; \"3090\" will do." };
        var (catalog, json) = (new CatalogOptions(), Options.Json());
        var command = new Command("show", "Show everything that is known of one card, with its sources.") { name, json };
        catalog.AddTo(command);
        command.SetAction(parsed
            => Show(catalog.Of(parsed).Find(parsed.GetValue(name)!), parsed.GetValue(json), parsed.InvocationConfiguration.Output));
        return command;
    }

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

    // The tables are methods of their own, so that printing JSON does not load the library that draws them.
    private static void ListTable(GpuCatalog catalog, TextWriter output)
    {
        var terminal = Terminal.On(output);
        terminal.Write(GpuTables.Specs(catalog.Cards, terminal.Profile.Width)
            .Caption($"{catalog.Cards.Length} cards, catalogue {catalog.Version}"));
    }

    private static void ShowTable(GpuSpec card, TextWriter output) => Terminal.On(output).Write(GpuTables.Details(card));
}
