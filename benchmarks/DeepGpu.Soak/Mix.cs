using System.CommandLine;

namespace DeepGpu.Soak;

/// <summary>Mixes everything a model is used for on many threads, and lets processes end in the middle. Prints Markdown tables; exit code 1
/// if anything is wrong, torn, hangs, or memory grows by more than a tenth.</summary>
internal static class Mix
{
    private const int Rows = 10;
    private const int Predictors = 32;
    private const double Growth = 1.10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Command Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long.", DefaultValueFactory = _ => 10 };
        var seed = new Option<int>("--seed") { Description = "Decides what each thread does.", DefaultValueFactory = _ => 1 };
        var command = new Command("mix", "Use models from many threads at random, and end processes meanwhile.") { minutes, seed };
        command.SetAction(parsed => Run(TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(seed)));
        return command;
    }

    private static int Run(TimeSpan duration, int seed)
    {
        var root = Directory.CreateTempSubdirectory("deepgpu-mix-").FullName;
        var ends = new MixEnds(root, seed);
        var work = new MixWork(Directory.CreateDirectory(Path.Combine(root, "here")).FullName, seed, Predictors);
        var ending = new Thread(() => ends.Run(duration));
        var threads = work.Begin();
        ending.Start();
        var memory = Watch(work, duration);
        work.Stop();
        var hanging = threads.Count(thread => !thread.Join(Patience));
        ending.Join();
        ends.Print();
        if (hanging > 0) Console.Error.WriteLine($"{hanging} threads did not end.");
        var isRight = hanging == 0 && work.Wrong == 0 && ends.Wrong == 0 && memory[^1] <= Growth * memory[0];
        if (isRight) Directory.Delete(root, recursive: true);
        return isRight ? 0 : 1;
    }

    /// <summary>The first row warms up: what is made once is there afterwards.</summary>
    private static List<double> Watch(MixWork work, TimeSpan duration)
    {
        Console.WriteLine("| minutes | predictions | steps trained | files saved and read | refusals | wrong | resident memory, MB |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        return [.. Enumerable.Range(1, Rows).Select(row => Row(work, row * duration / Rows, duration / Rows))];
    }

    private static double Row(MixWork work, TimeSpan at, TimeSpan wait)
    {
        Thread.Sleep(wait);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var memory = Environment.WorkingSet / 1e6;
        var done = FormattableString.Invariant($"{work.Predictions:n0} | {work.Steps:n0} | {work.Files:n0} | {work.Refused:n0}");
        Console.WriteLine(FormattableString.Invariant($"| {at.TotalMinutes:f1} | {done} | {work.Wrong} | {memory:f1} |"));
        return memory;
    }
}
