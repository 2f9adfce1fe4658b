using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>The lines of the table, and the kinds of forecast that have their own interval.</summary>
internal static class TransformerGroups
{
    private const int Enough = 20;

    public static readonly (string Name, double? Mean, double? Median, Func<InferenceRow, bool> Has,
        (string, Func<InferenceRow, double>)[] Rules)[] Inference =
    [
        ("decode, one sequence, one card", 16, 10, r => IsSingle(r), Calculators.Decode),
        ("  llama.cpp CUDA", 13, 8, r => IsSingle(r) && r.Engine == EngineClass.LlamaCuda, Calculators.Decode),
        ("  llama.cpp Metal", 16, 11, r => IsSingle(r) && r.Engine == EngineClass.LlamaMetal, Calculators.Decode),
        ("  engines", 18, 12, r => IsSingle(r) && !r.Engine.IsLlama() && r.Engine < EngineClass.Eager, Calculators.Decode),
        ("  eager", null, null, r => IsSingle(r) && r.Engine >= EngineClass.Eager, Calculators.Decode),
        ("decode, several cards or sequences", 14, 9, r => IsDecode(r) && !IsSingle(r), Calculators.Decode),
        ("prefill", 26, 18, r => r.Task == InferenceTask.Prefill && r.Cards == 1, Calculators.Prefill),
        ("end to end", 28, 16, r => r.Task == InferenceTask.EndToEnd && !IsDecode(r), Calculators.EndToEnd),
        ("  one card", 28, 16, r => r.Task == InferenceTask.EndToEnd && !IsDecode(r) && r.Cards == 1, Calculators.EndToEnd),
        ("serving, time per token", 28, 18, r => r.Task == InferenceTask.Serving, Calculators.Decode),
    ];

    /// <summary>Residuals, measured over forecast, by kind; a kind of few rows has none of its own.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<double>> Spreads(IReadOnlyList<InferenceRow> inference, double[] card,
        double[] source)
    {
        var all = new Dictionary<string, List<double>>();
        void Put(string kind, double residual) => (all.TryGetValue(kind, out var list) ? list : all[kind] = []).Add(-residual);
        for (var i = 0; i < inference.Count; i++)
        {
            var row = inference[i];
            var task = row.Task switch
            {
                InferenceTask.EndToEnd when IsDecode(row) => "decode",
                InferenceTask.EndToEnd => "endtoend",
                InferenceTask.Serving => "serving",
                var t => t.ToString().ToLowerInvariant()
            };
            foreach (var kind in new[] { $"{task}.{row.Engine}", $"{task}.{row.Engine.Family()}", task, "all" })
            {
                Put(kind, card[i]);
                Put(kind, source[i]);
            }
        }

        return all.Where(kind => kind.Value.Count >= Enough).OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .ToDictionary(kind => kind.Key, kind => (IReadOnlyList<double>)kind.Value);
    }

    private static bool IsSingle(InferenceRow r) => IsDecode(r) && r.Batch == 1 && r.Cards == 1;

    /// <summary>Rates of generation whose sources time the prompt with it count as decoding: the prompt is forecast with them.</summary>
    private static bool IsDecode(InferenceRow r)
        => r.Task == InferenceTask.Decode
            || (r.Task == InferenceTask.EndToEnd && r.Source is "qwen_docs" or "qwen1_readme" or "ml_energy_v2");
}
