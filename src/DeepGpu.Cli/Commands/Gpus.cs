using System.CommandLine;
using DeepGpu.Hardware;
using DeepGpu.Visuals;
using Spectre.Console;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu gpus list: the catalogue.</summary>
internal static class Gpus
{
    public static Command Create() => new("gpus", "The catalogue of graphics cards.") { List() };

    private static Command List()
    {
        var json = Options.Json();
        var command = new Command("list", "List every card of the catalogue.") { json };
        command.SetAction(parsed => Run(parsed.GetValue(json), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static void Run(bool json, TextWriter output)
    {
        var catalog = GpuCatalog.Default;
        if (json) output.WriteLine(catalog.ToJson());
        else Terminal.On(output).Write(GpuTables.Specs(catalog.Cards).Caption($"{catalog.Cards.Length} cards, catalogue {catalog.Version}"));
    }
}
