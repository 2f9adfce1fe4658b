using System.CommandLine;
using DeepGpu.Hardware;
using DeepGpu.Visuals;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu gpus compare A B: two cards side by side, for a kind of work or for a model; or a card and a processor.</summary>
internal static class Compare
{
    private const int StandardBatch = 32;

    public static Command Create()
    {
        var first = new Argument<string>("A") { Description = "A card." };
        var second = new Argument<string>("B") { Description = "Another card, or a processor of the catalogue." };
        var model = new Option<string?>("--model") { Description = "A model to forecast on both: an application's name or a file." };
        var batch = Options.Count("--batch", "Samples a step of the model. Default 32.", StandardBatch);
        var (work, catalog, json) = (new WorkOptions(), new CatalogOptions(), Options.Json());
        var command = new Command("compare", "Compare two cards, or a card with a processor.") { first, second, model, batch, json };
        work.AddTo(command);
        catalog.AddTo(command);
        command.SetAction(parsed =>
        {
            var (cards, output) = (catalog.Of(parsed), parsed.InvocationConfiguration.Output);
            var card = cards.Find(parsed.GetValue(first)!);
            if (ProcessorOf(cards, parsed.GetValue(second)!) is { } cpu) Print(GpuVersusCpu.Compare(card, cpu, work.Precision(parsed)),
                parsed.GetValue(json), output);
            else Print(Comparison(parsed, cards, card, cards.Find(parsed.GetValue(second)!)), parsed.GetValue(json), output);
        });
        return command;

        GpuComparison Comparison(ParseResult parsed, GpuCatalog cards, GpuSpec one, GpuSpec other)
        {
            var advisor = new GpuAdvisor(cards);
            return parsed.GetValue(model) is { } name
                ? advisor.Compare(one, other, Workload(name, parsed.GetValue(batch), work.Goal(parsed), work.Precision(parsed),
                    parsed.InvocationConfiguration.Error))
                : advisor.Compare(one, other, work.Profile(parsed), work.Goal(parsed), work.Precision(parsed));
        }
    }

    private static Workload Workload(string model, int batch, WorkloadGoal goal, NumberFormat precision, TextWriter notes)
    {
        var spec = ModelArgument.Read(model, null, null, notes);
        return goal == WorkloadGoal.TrainingThroughput ? spec.Training(batch, precision) : spec.Inference(batch, precision);
    }

    private static CpuSpec? ProcessorOf(GpuCatalog catalog, string name)
        => catalog.Match(name).Count == 0 && catalog.Cpus.Any(cpu => cpu.Name.Contains(name, StringComparison.OrdinalIgnoreCase))
            ? catalog.FindCpu(name) : null;

    private static void Print(GpuVersusCpu versus, bool json, TextWriter output)
        => output.WriteLine(json ? versus.ToJson() : versus.Explain());

    private static void Print(GpuComparison comparison, bool json, TextWriter output)
    {
        if (json) output.WriteLine(comparison.ToJson());
        else Table(comparison, output);
    }

    // A method of its own, so that printing JSON does not load the library that draws it.
    private static void Table(GpuComparison comparison, TextWriter output)
    {
        Terminal.On(output).Write(GpuTables.Comparison(comparison));
        output.WriteLine(comparison.Explain());
    }
}
