using System.CommandLine;
using System.Text;
using DeepGpu.Cli.Arguments;
using DeepGpu.Cli.Output;
using DeepGpu.Formats;
using DeepGpu.Hardware;
using DeepGpu.Visuals;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu choose MODEL: which card, from where, for what it costs, and when none is needed.</summary>
internal static class Choose
{
    private const int StandardTop = 10;

    public const string Name = "choose";
    public const string About = "Say which card this model needs, what it costs, and whether it needs one.";

    public static Command Create()
    {
        var (workload, rules, catalog, money) = (new WorkloadOptions(), new RequirementOptions(), new CatalogOptions(), new MoneyOptions());
        var top = Options.Count("--top", "Cards to list in the table or as JSON. Default: all as JSON, 10 in the table.", StandardTop);
        var table = new Option<bool>("--table") { Description = "Show the cards as a table, too." };
        var html = new Option<FileInfo?>("--html") { Description = "Write a page with a chart, sliders and sources to this file." };
        var json = Options.Json();
        var command = new Command(Name, About) { top, table, html,
            json };
        workload.AddTo(command);
        var transformer = new TransformerOptions();
        transformer.AddTo(command);
        var diffusion = new DiffusionOptions();
        diffusion.AddTo(command);
        rules.AddTo(command);
        money.AddTo(command);
        catalog.AddTo(command);
        command.SetAction(parsed =>
        {
            var cards = catalog.Of(parsed);
            if (ForecastDiffusion.Choose(parsed, workload, diffusion, cards, rules.Of(parsed), parsed.GetValue(json))) return;
            var options = money.Of(parsed, cards) with { Forecast = workload.Forecast(parsed) };
            var (advisor, required) = (new GpuAdvisor(cards, GpuScorer.Default), rules.Of(parsed));
            var choice = ForecastTransformer.Recommend(parsed, workload, transformer, advisor, required, options)
                ?? advisor.Recommend(workload.Workload(parsed), required, options);
            var shown = parsed.GetResult(top) is { Implicit: false } ? parsed.GetValue(top) : (int?)null;
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(html) is { } file) AtomicFile.Write(file.FullName, stream
                => stream.Write(Encoding.UTF8.GetBytes(choice.ToHtml())));
            if (parsed.GetValue(json)) output.WriteLine(choice.ToJson(shown ?? int.MaxValue));
            else Print(choice, money.View(parsed), parsed.GetValue(table) ? shown ?? StandardTop : 0, output);
        });
        return command;
    }

    private static void Print(Recommendation choice, ChoiceView view, int rows, TextWriter output)
    {
        output.WriteLine(choice);
        if (view != ChoiceView.All || rows > 0) Table(choice, view, Math.Max(rows, StandardTop), output);
    }

    private static void Table(Recommendation choice, ChoiceView view, int rows, TextWriter output)
        => Terminal.On(output).Write(view switch
        {
            ChoiceView.Rent => GpuTables.Rented(choice, rows),
            _ => GpuTables.Recommended(choice, rows),
        });
}
