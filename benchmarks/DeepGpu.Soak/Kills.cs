using System.CommandLine;
using System.Diagnostics;
using DeepGpu.Benchmarks;
using DeepGpu.Tests.Checkpoints;

namespace DeepGpu.Soak;

/// <summary>Kills trainings that save after every step at random moments and prints a Markdown table;
/// exit code 1 if one does not end as if it never was killed.</summary>
internal static class Kills
{
    private const string Victim = "victim";

    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "How often a training is killed.", DefaultValueFactory = _ => 200 };
        var seed = new Option<int>("--seed") { Description = "Decides the moments.", DefaultValueFactory = _ => 1 };
        var command = new Command("kills", "Kill trainings and expect each to go on where it was.") { count, seed };
        command.SetAction(parsed => Run(parsed.GetValue(count), parsed.GetValue(seed)));
        return command;
    }

    /// <summary>The process that is killed.</summary>
    public static Command CreateVictim()
    {
        var folder = new Argument<string>("folder") { Description = "Where checkpoints are kept." };
        var result = new Argument<string>("result") { Description = "The file for the outcome." };
        var command = new Command(Victim, "The training that is killed.") { folder, result };
        command.Hidden = true;
        command.SetAction(parsed => KilledTraining.Run(parsed.GetValue(folder)!, parsed.GetValue(result)!));
        return command;
    }

    private static int Run(int count, int seed)
    {
        var clock = Stopwatch.StartNew();
        var tally = new Killer(Start).Run(count, seed);
        Console.WriteLine(
            "| Kills | trainings ended after kills | ended otherwise than the one never killed | minutes |\n| --- | --- | --- | --- |");
        Console.WriteLine($"| {tally.Kills} | {tally.Resumed} | {tally.Different} | {clock.Elapsed.TotalMinutes:f0} |");
        return tally.Different == 0 ? 0 : 1;
    }

    private static ProcessStartInfo Start(string folder, string result)
        => OwnProcess.Start(OwnProcess.Program, Victim, folder, result);
}
