using System.CommandLine;
using DeepGpu.Hardware;
using DeepGpu.Visuals;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu gpus rank: the best cards for some work, and those that fail a requirement.</summary>
internal static class Rank
{
    private const int StandardTop = 10;

    private static readonly Dictionary<string, WorkloadGoal> Tasks = new(StringComparer.OrdinalIgnoreCase)
    {
        ["training"] = WorkloadGoal.TrainingThroughput,
        ["inference"] = WorkloadGoal.InferenceThroughput,
        ["latency"] = WorkloadGoal.InferenceLatency,
    };

    private static readonly Dictionary<string, NumberFormat> Precisions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["fp64"] = NumberFormat.Float64,
        ["fp32"] = NumberFormat.Float32,
        ["tf32"] = NumberFormat.TensorFloat32,
        ["fp16"] = NumberFormat.Float16,
        ["bf16"] = NumberFormat.BFloat16,
        ["fp8"] = NumberFormat.Float8,
        ["int8"] = NumberFormat.Int8,
    };

    public static Command Create()
    {
        var o = new RankOptions();
        var command = new Command("rank", "Rank the cards for a kind of work.")
        {
            o.Workload, o.Task, o.Precision, o.MinimumVram, o.MaximumWatts, o.MaximumPrice, o.Segment, o.Vendor,
            o.Software, o.Top, o.Catalog, o.Json,
        };
        command.SetAction(parsed => Run(o.Recommend(parsed), parsed.GetResult(o.Top) is { Implicit: false } ? parsed.GetValue(o.Top) : null,
            parsed.GetValue(o.Json), parsed.InvocationConfiguration.Output));
        return command;
    }

    /// <summary>JSON lists every card unless --top is given; a table the first ten.</summary>
    private static void Run(Recommendation ranking, int? top, bool json, TextWriter output)
    {
        if (json) output.WriteLine(ranking.ToJson(top ?? int.MaxValue));
        else Table(ranking, top ?? StandardTop, output);
    }

    private static void Table(Recommendation ranking, int top, TextWriter output)
    {
        var terminal = Terminal.On(output);
        terminal.Write(GpuTables.Ranking(ranking, top, terminal.Profile.Width));
        if (ranking.Best is { } best) terminal.Write(GpuTables.Criteria(best, terminal.Profile.Width));
        output.WriteLine(ranking.Explain());
        foreach (var rule in ranking.Rejected.GroupBy(card => (card.Rule, card.Required)))
        {
            output.WriteLine($"{rule.Count()} cards fail '{rule.Key.Rule}' ({rule.Key.Required}).");
        }
    }

    private sealed class RankOptions
    {
        public Option<string> Workload { get; } = AcceptOnly(
            new Option<string>("--workload") { Description = "The kind of network. Default cnn.", DefaultValueFactory = _ => "cnn" });

        public Option<WorkloadGoal?> Task { get; } = Options.Word("--task",
            "Training throughput, inference throughput or latency. Default training", Tasks);

        public Option<NumberFormat?> Precision { get; } = Options.Word("--precision",
            "The number format of the work. Default fp32", Precisions);

        public Option<double?> MinimumVram { get; } = Options.Number("--min-vram-gib", "Least memory in GiB.");

        public Option<double?> MaximumWatts { get; } = Options.Number("--max-watts", "Most board power in watts.");

        public Option<double?> MaximumPrice { get; } = Options.Number("--max-price", "Most launch price in US dollars.");

        public Option<GpuSegment?> Segment { get; } = Options.Word("--segment",
            "Where the card is meant to be used", Options.Words<GpuSegment>());

        public Option<GpuVendor?> Vendor { get; } = Options.Word("--vendor", "Whose card it is", Options.Words<GpuVendor>());

        public Option<GpuPlatform?> Software { get; } = Options.Word("--software", "The platform that must support the card",
            Options.Words<GpuPlatform>());

        public Option<int> Top { get; } = Options.Count("--top",
            "How many cards to list. Default: all as JSON, 10 as a table.", StandardTop);

        public Option<FileInfo?> Catalog { get; } = Gpus.CatalogOption();

        public Option<bool> Json { get; } = Options.Json();

        public Recommendation Recommend(ParseResult parsed)
            => new GpuAdvisor(Gpus.Catalog(parsed.GetValue(Catalog)), GpuScorer.Default).Recommend(
                WorkloadProfile.All.Single(profile => profile.Name == parsed.GetValue(Workload)),
                parsed.GetValue(Task) ?? WorkloadGoal.TrainingThroughput,
                parsed.GetValue(Precision) ?? NumberFormat.Float32,
                Requirements(parsed));

        private Requirements Requirements(ParseResult parsed) => new()
        {
            MinimumVram = parsed.GetValue(MinimumVram) is { } gibibytes ? ByteSize.FromGibibytes(gibibytes) : null,
            MaxPower = parsed.GetValue(MaximumWatts) is { } watts ? Power.FromWatts(watts) : null,
            MaxPrice = parsed.GetValue(MaximumPrice) is { } dollars ? Money.FromDollars(dollars) : null,
            Segment = parsed.GetValue(Segment),
            Vendor = parsed.GetValue(Vendor),
            Software = parsed.GetValue(Software),
        };

        private static Option<string> AcceptOnly(Option<string> option)
            => option.AcceptOnlyFromAmong([.. WorkloadProfile.All.Select(profile => profile.Name)]);
    }
}
