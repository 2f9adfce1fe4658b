using System.CommandLine;
using DeepGpu.Hardware;
using DeepGpu.Visuals;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu gpus rank: the best cards for some work, and those that fail a requirement.</summary>
internal static class Rank
{
    private const int StandardTop = 10;

    public static Command Create()
    {
        var (work, rules, catalog) = (new WorkOptions(), new RequirementOptions(), new CatalogOptions());
        var top = Options.Count("--top", "How many cards to list. Default: all as JSON, 10 as a table.", StandardTop);
        var json = Options.Json();
        var command = new Command("rank", "Rank the cards for a kind of work, without a model.") { top, json };
        work.AddTo(command);
        rules.AddTo(command);
        catalog.AddTo(command);
        command.SetAction(parsed =>
        {
            var advisor = new GpuAdvisor(catalog.Of(parsed));
            var ranking = advisor.Rank(work.Profile(parsed), work.Goal(parsed), work.Precision(parsed), rules.Of(parsed));
            var shown = parsed.GetResult(top) is { Implicit: false } ? parsed.GetValue(top) : (int?)null;
            Run(ranking, shown, parsed.GetValue(json), parsed.InvocationConfiguration.Output);
        });
        return command;
    }

    /// <summary>JSON lists every card unless --top is given; a table the first ten.</summary>
    private static void Run(GpuRanking ranking, int? top, bool json, TextWriter output)
    {
        if (json) output.WriteLine(ranking.ToJson(top ?? int.MaxValue));
        else Table(ranking, top ?? StandardTop, output);
    }

    private static void Table(GpuRanking ranking, int top, TextWriter output)
    {
        var terminal = Terminal.On(output);
        terminal.Write(GpuTables.Ranking(ranking, top, terminal.Profile.Width));
        if (ranking.Best is { } best) terminal.Write(GpuTables.Criteria(best, terminal.Profile.Width));
        output.WriteLine(ranking.Explain());
        if (ranking.NotSold.Any()) output.WriteLine("--all lists those left out, too.");
        Counts([.. ranking.Rejected.Except(ranking.NotSold)], "fail", output);
        Counts(ranking.Unjudged, "of which it is not known could not be judged by", output);
    }

    private static void Counts(IReadOnlyList<RejectedGpu> cards, string verb, TextWriter output)
    {
        foreach (var rule in cards.GroupBy(card => (card.Rule, card.Required)))
        {
            var count = rule.Count();
            output.WriteLine($"{count} {(count == 1 ? "card" : "cards")} {(count == 1 && verb == "fail" ? "fails" : verb)} "
                + $"'{rule.Key.Rule}' ({rule.Key.Required}).");
        }
    }
}
