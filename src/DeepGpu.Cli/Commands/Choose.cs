using System.CommandLine;
using DeepGpu.Hardware;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu choose MODEL: the cards ranked for this model.</summary>
internal static class Choose
{
    private const int StandardTop = 10;

    public static Command Create()
    {
        var workload = new WorkloadOptions();
        var (vram, watts, price) = (Options.Number("--min-vram-gib", "Least memory in GiB."),
            Options.Number("--max-watts", "Most board power in watts."), Options.Number("--max-price", "Most launch price in US dollars."));
        var (segment, vendor) = (Options.Word("--segment", "Where the card is meant to be used", Options.Words<GpuSegment>()),
            Options.Word("--vendor", "Whose card it is", Options.Words<GpuVendor>()));
        var (top, catalog, json) = (Options.Count("--top", "How many cards to list. Default: all as JSON, 10 as text.", StandardTop),
            Gpus.CatalogOption(), Options.Json());
        var command = new Command("choose",
            "Rank the cards for a model by its forecast on each.") { vram, watts, price, segment, vendor, top, catalog, json };
        workload.AddTo(command);
        command.SetAction(parsed =>
        {
            var rules = new Requirements
            {
                MinimumVram = parsed.GetValue(vram) is { } gibibytes ? ByteSize.FromGibibytes(gibibytes) : null,
                MaxPower = parsed.GetValue(watts) is { } most ? Power.FromWatts(most) : null,
                MaxPrice = parsed.GetValue(price) is { } dollars ? Money.FromDollars(dollars) : null,
                Segment = parsed.GetValue(segment),
                Vendor = parsed.GetValue(vendor),
            };
            var choice = new GpuAdvisor(Gpus.Catalog(parsed.GetValue(catalog)), GpuScorer.Default)
                .Recommend(workload.Workload(parsed), rules, workload.Forecast(parsed));
            var shown = parsed.GetResult(top) is { Implicit: false } ? parsed.GetValue(top) : (int?)null;
            parsed.InvocationConfiguration.Output.WriteLine(parsed.GetValue(json)
                ? choice.ToJson(shown ?? int.MaxValue)
                : Text(choice, shown ?? StandardTop));
        });
        return command;
    }

    private static string Text(ModelRecommendation choice, int top) => string.Join(Environment.NewLine,
    [
        .. choice.Cards.Take(top).Select((card, place) => $"{place + 1}. {card}"),
        .. choice.Rejected.GroupBy(card => card.Rule).Select(rule => $"{rule.Count()} cards fail '{rule.Key}'."),
        choice.Explain(),
    ]);
}
