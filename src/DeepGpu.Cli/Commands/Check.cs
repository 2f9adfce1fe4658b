using System.CommandLine;
using DeepGpu.Cli.Arguments;
using DeepGpu.Cli.Output;
using DeepGpu.Hardware;
using DeepGpu.Hardware.Catalog;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu check NAME: whether a computer can hold, feed and cool some cards. Exit code 1 where it cannot.</summary>
internal static class Check
{
    public const string Name = "check";
    public const string About = "Check whether a computer can hold, feed and cool some cards.";

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The card's name; \"3090\" will do." };
        var supply = Options.Number("--supply", "Rated power of the power supply in watts.");
        supply.Required = true;
        var (count, slots) = (Options.Count("--count", "How many such cards. Default 1.", 1),
            Options.Count("--slots", "Expansion slots of the case. Default 7.", 7));
        var (generation, lanes) = (Options.Count("--pcie-generation", "Generation of the PCI Express slots. Default 4.", 4),
            Options.Count("--pcie-lanes", "Lanes that all cards share. Default 16.", 16));
        var rest = Options.Number("--rest-watts", "What the computer draws without the cards. Default 250.");
        var airflow = new Option<bool>("--server-airflow") { Description = "The chassis pushes air through the cards, as servers do." };
        var (catalog, json) = (new CatalogOptions(), Options.Json());
        var command = new Command(Name, About) { name, count, supply, slots,
            generation, lanes, rest, airflow, json };
        catalog.AddTo(command);
        command.SetAction(parsed =>
        {
            var computer = new Computer
            {
                Supply = Power.FromWatts(parsed.GetValue(supply)!.Value),
                RestOfSystem = Power.FromWatts(parsed.GetValue(rest) ?? 250),
                ExpansionSlots = parsed.GetValue(slots),
                PcieGeneration = parsed.GetValue(generation),
                PcieLanes = parsed.GetValue(lanes),
                HasServerAirflow = parsed.GetValue(airflow),
            };
            var findings = SystemCheck.Check(catalog.Of(parsed).Find(parsed.GetValue(name)!), parsed.GetValue(count), computer);
            Print(findings, parsed.GetValue(json), parsed.InvocationConfiguration.Output);
            return findings.Any(finding => finding.Level == SystemFindingLevel.Problem) ? ExitCode.Problem : 0;
        });
        return command;
    }

    private static void Print(IReadOnlyList<SystemFinding> findings, bool json, TextWriter output)
    {
        if (json) output.WriteLine(Json(findings));
        else foreach (var finding in findings) output.WriteLine(finding);
    }

    private static string Json(IReadOnlyList<SystemFinding> findings) => JsonText.Object(json => json.Objects("findings", findings, found =>
    {
        json.WriteString("rule", found.Rule);
        json.WriteString("level", found.Level.ToString().ToLowerInvariant());
        json.WriteString("needed", found.Needed);
        json.WriteString("available", found.Available);
        json.WriteString("advice", found.Advice);
    }));
}
