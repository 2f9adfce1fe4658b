using System.Globalization;
using System.Text;
using DeepGpu.Hardware;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>Fits, leaves out, and prints how far forecasts of left-out rows are off.</summary>
internal static class TransformerReport
{
    public static string Explore(string folder, int worst)
    {
        var rows = InferenceRows.Read(Path.Combine(folder, "transformers", "transformer_inference.csv"))
            .Where(row => row.Task != InferenceTask.Encoder).ToList();
        var text = new StringBuilder();
        foreach (var group in rows.GroupBy(row => row.Source + " " + row.Task).OrderBy(g => g.Key)) text.AppendLine(CultureInfo.InvariantCulture, $"{group.Key} {group.Count()}");
        var fit = InferenceFit.Run(rows);
        var inside = rows.Select(row => fit.Residual(row)).ToArray();
        var card = Leave(rows, row => row.CardKey);
        Table(text, "fitted", rows, inside);
        Table(text, "left out by card", rows, card);
        foreach (var group in rows.Zip(card).GroupBy(p => p.First.Source + " " + p.First.Task + " " + p.First.Engine).Where(g => g.Count() >= 4).OrderBy(g => g.Key))
            text.AppendLine(CultureInfo.InvariantCulture, $"   {group.Key,-50} {group.Count(),5} mean {Statistics.MeanError(group.Select(p => p.Second)),6:0.0} median {Statistics.MedianError(group.Select(p => p.Second)),6:0.0} bias {100 * group.Average(p => p.Second),6:0.0}");
        foreach (var (row, residual) in rows.Zip(card).OrderByDescending(p => Math.Abs(p.Second)).Take(worst)) text.AppendLine(CultureInfo.InvariantCulture, $"{100 * (Math.Exp(residual) - 1),8:0} % {row}");
        for (var i = 0; i < fit.Values.Length; i++)
        {
            var d = InferenceConstants.Table.Definitions[i];
            if (Math.Abs(fit.Values[i] / d.Prior - 1) > 0.02) text.AppendLine(CultureInfo.InvariantCulture, $"   {d.Name,-40} {d.Prior,8:0.###} -> {fit.Values[i],8:0.###} +- {fit.Errors[i],6:0.00}");
        }

        return text.ToString();
    }

    public static string Memory(string folder, int worst)
    {
        var all = TransformerMemoryRow.Read(Path.Combine(folder, "transformers", "transformer_memory.csv"));
        var rows = all.Where(row => !row.IsOutOfMemory).ToList();
        var fit = TransformerMemoryFit.Run(rows);
        var (left, _) = Folds.Leave(rows, row => row.Model, (kept, _) => TransformerMemoryFit.Run(kept), TransformerMemoryFit.Residual);
        var text = new StringBuilder();
        foreach (var group in rows.Zip(left).GroupBy(p => p.First.Group).Concat(rows.Zip(left).GroupBy(p => "   " + p.First.Group + " " + p.First.Source)))
            text.AppendLine(CultureInfo.InvariantCulture, $"{group.Key,-40} {group.Count(),5} mean {Statistics.MeanError(group.Select(p => p.Second)),6:0.0} median {Statistics.MedianError(group.Select(p => p.Second)),6:0.0} bias {100 * group.Average(p => p.Second),6:0.0}");
        foreach (var (row, residual) in rows.Zip(left).OrderByDescending(p => Math.Abs(p.Second)).Take(worst)) text.AppendLine(CultureInfo.InvariantCulture, $"{100 * (Math.Exp(residual) - 1),8:0} % {row}");
        for (var i = 0; i < fit.Values.Length; i++) text.AppendLine(CultureInfo.InvariantCulture, $"   {TransformerMemoryConstants.Table.Definitions[i].Name,-30} {fit.Values[i],12:0.###} +- {fit.Errors[i],6:0.00}");
        foreach (var row in all.Where(row => row.IsOutOfMemory)) text.AppendLine(CultureInfo.InvariantCulture, $"{TransformerMemoryFit.Forecast(fit.Values, row).Total} of {Measurements.Card(row.CardName)?.Vram} x{row.Request?.Cards ?? row.Training?.Cards}: {row}");
        return text.ToString();
    }

    private static double[] Leave(List<InferenceRow> rows, Func<InferenceRow, string> key, int folds = 8)
    {
        var keys = rows.GroupBy(key).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select((g, i) => (g.Key, Fold: i % folds)).ToDictionary(p => p.Key, p => p.Fold);
        var residuals = new double[rows.Count];
        Parallel.For(0, folds, new() { MaxDegreeOfParallelism = 2 }, f =>
        {
            var model = InferenceFit.Run([.. rows.Where(row => keys[key(row)] != f)]);
            for (var i = 0; i < rows.Count; i++) if (keys[key(rows[i])] == f) residuals[i] = model.Residual(rows[i]);
        });
        return residuals;
    }

    private static void Table(StringBuilder text, string name, IReadOnlyList<InferenceRow> rows, double[] residuals)
    {
        text.AppendLine(name);
        foreach (var (group, has) in Groups)
        {
            var r = rows.Zip(residuals).Where(p => has(p.First)).Select(p => p.Second).ToList();
            if (r.Count > 0) text.AppendLine(CultureInfo.InvariantCulture, $"  {group,-44} {r.Count,5} mean {Statistics.MeanError(r),6:0.0} median {Statistics.MedianError(r),6:0.0}");
        }
    }

    private static readonly (string Name, Func<InferenceRow, bool> Has)[] Groups =
    [
        ("decode, one sequence, one card", r => IsDecode(r) && r.Batch == 1 && r.Cards == 1),
        ("  llama.cpp CUDA", r => IsDecode(r) && r.Batch == 1 && r.Cards == 1 && r.Engine == EngineClass.LlamaCuda),
        ("  llama.cpp Metal", r => IsDecode(r) && r.Batch == 1 && r.Cards == 1 && r.Engine == EngineClass.LlamaMetal),
        ("  engines", r => IsDecode(r) && r.Batch == 1 && r.Cards == 1 && !r.Engine.IsLlama() && r.Engine < EngineClass.Eager),
        ("  eager", r => IsDecode(r) && r.Batch == 1 && r.Cards == 1 && r.Engine >= EngineClass.Eager),
        ("decode, several cards or sequences", r => IsDecode(r) && (r.Batch > 1 || r.Cards > 1)),
        ("prefill", r => r.Task == InferenceTask.Prefill && r.Cards == 1),
        ("end to end", r => r.Task == InferenceTask.EndToEnd && !IsDecode(r)),
        ("end to end, one card", r => r.Task == InferenceTask.EndToEnd && !IsDecode(r) && r.Cards == 1),
        ("serving", r => r.Task == InferenceTask.Serving),
        ("serving, one card", r => r.Task == InferenceTask.Serving && r.Cards == 1),
    ];

    private static bool IsDecode(InferenceRow r) => r.Task == InferenceTask.Decode || (r.Task == InferenceTask.EndToEnd && r.Source is "qwen_docs" or "qwen1_readme" or "ml_energy_v2");
}
