using System.CommandLine;
using DeepGpu.Hardware;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu forecast MODEL --gpu NAME: memory, time, energy and cost of a model on a card.</summary>
internal static class Forecast
{
    public static Command Create()
    {
        var workload = new WorkloadOptions();
        var gpu = new Option<string>("--gpu") { Description = "The card's name; \"3090\" will do.", Required = true };
        var (catalog, json) = (Gpus.CatalogOption(), Options.Json());
        var command = new Command("forecast",
            "Forecast memory, time, energy and cost of a model on a card nobody needs to own.") { gpu, catalog, json };
        workload.AddTo(command);
        command.SetAction(parsed =>
        {
            var card = Gpus.Catalog(parsed.GetValue(catalog)).Find(parsed.GetValue(gpu)!);
            var forecast = GpuForecaster.Default.Forecast(workload.Workload(parsed), card, workload.Forecast(parsed));
            parsed.InvocationConfiguration.Output.WriteLine(parsed.GetValue(json) ? forecast.ToJson() : forecast.ToString());
        });
        return command;
    }
}
