using System.CommandLine;
using DeepGpu.Cli.Arguments;
using DeepGpu.Hardware;
using DeepGpu.Visuals;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu plot: pictures of a training, of a model, and of what a model needs on cards. Needs no libtorch.</summary>
internal static class Plot
{
    public const string Name = "plot";
    public const string About = "Draw a training, a model, or what a model needs on cards, as PNG or SVG.";

    public static Command Create() => new(Name, About) { History(), Model(), Roofline(), Memory(), Cards() };

    private static Command History()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A history: JSON that history.Save wrote." };
        var name = new Option<string?>("--name") { Description = "The loss or metric; default loss. For a report all are drawn." };
        var output = Output("The picture, .png or .svg; or a report of the whole training, .html.");
        var command = new Command("history", "Draw a loss or metric over the epochs of a training.") { file, name, output };
        command.SetAction(parsed =>
        {
            var (history, path) = (DeepGpu.History.Load(parsed.GetValue(file)!.FullName), parsed.GetValue(output)!.FullName);
            if (path.EndsWith(".html", StringComparison.OrdinalIgnoreCase)) history.SaveReport(path);
            else TrainingCharts.LearningCurve(history, Known(history, parsed.GetValue(name) ?? "loss")).Save(path);
            parsed.InvocationConfiguration.Output.WriteLine(path);
        });
        return command;
    }

    private static Command Model()
    {
        var (model, shape, steps) = (ModelArgument.Create(), Options.InputShape(), Options.TimeSteps());
        var flat = new Option<bool>("--flat") { Description = "Draw models inside the model as one box." };
        var output = Output();
        var command = new Command("model", "Draw a model's layers as boxes and arrows.") { model, shape, steps, flat, output };
        command.SetAction(parsed => Save(parsed, output, ModelDiagram.Of(
            ModelArgument
                .Read(parsed.GetValue(model)!, parsed.GetValue(shape), parsed.GetValue(steps), parsed.InvocationConfiguration.Error),
            expandsNested: !parsed.GetValue(flat))));
        return command;
    }

    private static Command Roofline() => OfForecasts("roofline", "Draw what bounds cards, with a model's layers as points.",
        GpuCharts.Roofline);

    private static Command Memory() => OfForecasts("memory", "Draw what holds the memory at the peak of a step.", GpuCharts.Memory);

    private static Command OfForecasts(string name, string about, Func<IReadOnlyList<GpuForecast>, Picture> draw)
    {
        var (workload, catalog, output) = (new WorkloadOptions(), new CatalogOptions(), Output());
        var gpus = new Option<string[]>("--gpu") { Description = "A card's name; may be given several times.", Required = true };
        var command = new Command(name, about) { gpus, output };
        workload.AddTo(command);
        catalog.AddTo(command);
        command.SetAction(parsed =>
        {
            var (work, options, cards) = (workload.Workload(parsed), workload.Forecast(parsed), catalog.Of(parsed));
            Save(parsed, output, draw([.. parsed.GetValue(gpus)!.Select(gpu
                => GpuForecaster.Default.Forecast(work, cards.Find(gpu), options))]));
        });
        return command;
    }

    private static Command Cards()
    {
        var (workload, catalog, output) = (new WorkloadOptions(), new CatalogOptions(), Output());
        var command = new Command("cards", "Draw time, energy and price of a run on the cards that can be bought.") { output };
        workload.AddTo(command);
        catalog.AddTo(command);
        command.SetAction(parsed => Save(parsed, output, GpuCharts.TimeEnergyPrice(new GpuAdvisor(catalog.Of(parsed))
            .Recommend(workload.Workload(parsed), options: new() { Forecast = workload.Forecast(parsed) }))));
        return command;
    }

    private static Option<FileInfo> Output(string description = "The picture, .png or .svg.")
        => new("--output", "-o") { Description = description, Required = true };

    private static void Save(ParseResult parsed, Option<FileInfo> output, Picture picture)
    {
        var path = parsed.GetValue(output)!.FullName;
        picture.Save(path);
        parsed.InvocationConfiguration.Output.WriteLine(path);
    }

    private static string Known(History history, string name) => history.Names.Contains(name) ? name
        : throw Require.OutOfRange(Name, "--name", $"one that was measured ({string.Join(", ", history.Names)})", name);
}
