using System.CommandLine;
using System.Diagnostics;
using DeepGpu.Models;
using DeepGpu.Testing.Numerics;
using DeepGpu.Tests.Numerics;

namespace DeepGpu.Soak;

/// <summary>Compares random layers with plain loops in double precision and prints a Markdown table; exit code 1 if a number differs by
/// more than rounding.</summary>
internal static class Numerics
{
    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "How many layers are drawn.", DefaultValueFactory = _ => 2_000 };
        var seed = new Option<int>("--seed") { Description = "Decides layers, options and numbers.", DefaultValueFactory = _ => 1 };
        var first = new Option<int>("--first") { Description = "The first case: that of a failure, with --count 1, runs it again." };
        var trace = new Option<bool>("--trace") { Description = "Name each case before it runs, should native code end the process." };
        var command = new Command("numerics", "Draw layers and expect the numbers of plain loops.") { count, seed, first, trace };
        command.SetAction(parsed => Run(parsed.GetValue(first), parsed.GetValue(count), parsed.GetValue(seed), parsed.GetValue(trace)));
        return command;
    }

    private static int Run(int first, int count, int seed, bool trace)
    {
        var (clock, engine, failures) = (Stopwatch.StartNew(), new LiveEngine(Device.Cpu), 0);
        var rows = new SortedDictionary<string, Row>(StringComparer.Ordinal);
        for (var i = first; i < first + count; i++)
        {
            var c = RandomCases.Case(seed, i);
            if (trace) Console.Error.WriteLine($"{i}: {c}");
            var differences = NumericTrial.Run(c, engine);
            if (NumericTrial.Failure(c, differences) is { } failure)
                Console.Error.WriteLine($"failure {++failures}, --seed {seed} --first {i}: {failure}\n  {InDoublePrecision(c)}");
            var kind = c.Layer.GetType().Name;
            rows[kind] = rows.GetValueOrDefault(kind, new(0, 0, 0)).With(differences);
        }

        Console.WriteLine("| Layer | cases | largest difference of an output | of a gradient |\n| --- | --- | --- | --- |");
        foreach (var (kind, row) in rows) Console.WriteLine(row.Text(kind));
        Console.WriteLine(rows.Values.Aggregate((a, b) => a.With(b)).Text("all"));
        Console.WriteLine($"\n{failures} failures, {clock.Elapsed.TotalMinutes:f1} minutes.");
        return failures == 0 ? 0 : 1;
    }

    /// <summary>The largest difference in double precision: next to nothing where single precision merely rounds.</summary>
    private static string InDoublePrecision(NumericCase c)
        => $"in double precision {NumericTrial.Run(c, new LiveEngine(Device.Cpu, PrecisionPolicy.Float64)).MaxBy(worst => worst.Relative)}";

    private sealed record Row(int Cases, double Output, double Gradient)
    {
        public Row With(IReadOnlyList<Difference> differences)
            => With(new Row(1, Worst(differences, isGradient: false), Worst(differences, isGradient: true)));

        public Row With(Row other) => new(Cases + other.Cases, Math.Max(Output, other.Output), Math.Max(Gradient, other.Gradient));

        public string Text(string name) => FormattableString.Invariant($"| {name} | {Cases:n0} | {Output:0.0e+0} | {Gradient:0.0e+0} |");

        private static double Worst(IReadOnlyList<Difference> differences, bool isGradient)
            => differences.Where(difference => difference.IsGradient == isGradient).Select(difference => difference.Relative)
                .DefaultIfEmpty().Max();
    }
}
