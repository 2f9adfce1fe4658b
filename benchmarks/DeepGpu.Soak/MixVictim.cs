using System.CommandLine;

namespace DeepGpu.Soak;

/// <summary>How a process of the mix ends.</summary>
internal enum MixEnd
{
    /// <summary>Main returns.</summary>
    Return,

    /// <summary>The main thread calls Environment.Exit.</summary>
    Exit,

    /// <summary>Another thread calls it.</summary>
    ExitElsewhere,

    /// <summary>The thread that trains calls it.</summary>
    ExitInCallback,

    /// <summary>It is killed.</summary>
    Kill,

    /// <summary>It is asked to end.</summary>
    Terminate,
}

/// <summary>The process that ends in the middle of the mix.</summary>
internal static class MixVictim
{
    public const string Name = "mix-victim";
    public const string Ready = "ready";

    private const int Predictors = 6;

    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "Where files are written." };
        var seed = new Argument<int>("seed") { Description = "Decides what is done and when it ends." };
        var end = new Argument<MixEnd>("end") { Description = "How it ends." };
        var command = new Command(Name, "The process that ends in the middle.") { folder, seed, end };
        command.Hidden = true;
        command.SetAction(parsed => Run(parsed.GetValue(folder)!, parsed.GetValue(seed), parsed.GetValue(end)));
        return command;
    }

    private static int Run(string folder, int seed, MixEnd end)
    {
        var random = new Random(seed);
        var (after, step) = (random.Next(200, 2000), random.Next(3, 40));
        var work = new MixWork(folder, seed, Predictors) { Stepped = taken => ExitIf(end == MixEnd.ExitInCallback && taken == step) };
        work.Begin();
        while (work.Predictions == 0 || work.Steps == 0) Thread.Sleep(1);
        Console.WriteLine(Ready);
        Thread.Sleep(end is MixEnd.Kill or MixEnd.Terminate or MixEnd.ExitInCallback ? Timeout.Infinite : after);
        if (work.Wrong > 0) return 1;
        if (end == MixEnd.Exit) Environment.Exit(0);
        if (end == MixEnd.ExitElsewhere) Elsewhere(() => Environment.Exit(0));
        return 0;
    }

    private static void ExitIf(bool condition)
    {
        if (condition) Environment.Exit(0);
    }

    private static void Elsewhere(ThreadStart end)
    {
        var thread = new Thread(end);
        thread.Start();
        thread.Join();
    }
}
