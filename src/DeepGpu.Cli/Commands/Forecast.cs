using System.CommandLine;
using DeepGpu.Cli.Arguments;
using DeepGpu.Hardware;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu forecast MODEL --gpu NAME: memory, time, energy and cost of a model on a card, or on several.</summary>
internal static class Forecast
{
    public const string Name = "forecast";
    public const string About = "Forecast memory, time, energy and cost of a model on a card that need not be at hand.";

    public static Command Create()
    {
        var (workload, transformer, catalog, json) = (new WorkloadOptions(), new TransformerOptions(), new CatalogOptions(),
            Options.Json());
        var gpu = new Option<string>("--gpu") { Description = "The card's name; \"3090\" will do.", Required = true };
        var count = Options.Count("--gpus", "Equal cards, each with the whole batch, that add up their gradients. Default 1.", 1);
        var command = new Command(Name, About) { gpu,
            count, json };
        workload.AddTo(command);
        transformer.AddTo(command);
        var diffusion = new DiffusionOptions();
        diffusion.AddTo(command);
        catalog.AddTo(command);
        command.SetAction(parsed =>
        {
            var card = catalog.Of(parsed).Find(parsed.GetValue(gpu)!);
            if (ForecastTransformer.Forecast(parsed, workload, transformer, card, parsed.GetValue(count), parsed.GetValue(json))) return;
            if (ForecastDiffusion.Forecast(parsed, workload, diffusion, card, parsed.GetValue(json))) return;
            var (work, options, cards) = (workload.Workload(parsed), workload.Forecast(parsed), parsed.GetValue(count));
            var output = parsed.InvocationConfiguration.Output;
            if (cards == 1) Print(GpuForecaster.Default.Forecast(work, card, options), parsed.GetValue(json), output);
            else Print(GpuForecaster.Default.ForecastDataParallel(work, card, cards, options), parsed.GetValue(json), output);
        });
        return command;
    }

    private static void Print(GpuForecast forecast, bool json, TextWriter output)
        => output.WriteLine(json ? forecast.ToJson() : forecast.ToString());

    private static void Print(DataParallelForecast forecast, bool json, TextWriter output)
        => output.WriteLine(json ? forecast.ToJson() : forecast.ToString());
}
