using System.Diagnostics;
using DeepGpu.Forecasts;
using DeepGpu.Hardware;

var watch = Stopwatch.StartNew();
var data = new Measurements(args[1]);
var rows = data.CnnRows().Where(row => row.Batch >= 8).ToList();
Console.WriteLine($"{rows.Count} rows {watch.Elapsed.TotalSeconds:0.0} s");
void Print(string title, double[] e)
{
    foreach (var g in rows.Select((row, i) => (row, e: e[i])).GroupBy(p => p.row.Group).OrderBy(g => g.Key)) Console.WriteLine($"{title} {g.Key,-38} n={g.Count()} mean {Statistics.MeanError(g.Select(p => p.e)):0.0} med {Statistics.MedianError(g.Select(p => p.e)):0.0} bias {100 * (Math.Exp(g.Average(p => p.e)) - 1):0.0}");
}
var fit = CnnFit.Run(rows);
Console.WriteLine($"fit {watch.Elapsed.TotalSeconds:0.0} s eff {fit.EffectiveCount:0.0} of {fit.Values.Length}");
Print("in", [.. rows.Select(row => CnnFit.Residual(row)(fit.Values))]);
for (var i = 0; i < fit.Values.Length; i++) Console.Write($"{TimeConstants.Table.Definitions[i].Name}={fit.Values[i]:g3} ");
Console.WriteLine();
foreach (var (t, key) in new (string, Func<TimeRow, string>)[] { ("card", r => r.Fold), ("chip", r => r.Chip), ("gen", r => r.Generation), ("model", r => r.Model) })
{
    var (loo, eff) = Folds.Leave(rows, key, CnnFit.Run, CnnFit.Residual);
    Console.WriteLine($"loo {watch.Elapsed.TotalSeconds:0.0} s eff {eff:0.0}");
    Print(t, loo);
}
