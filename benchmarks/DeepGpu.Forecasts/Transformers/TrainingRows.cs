using System.Text.RegularExpressions;
using DeepGpu.Hardware;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>A measured time of a step of training.</summary>
internal sealed record TrainingRow
{
    public required string Source { get; init; }

    public required TransformerTraining Step { get; init; }

    public required TrainingRecipe Recipe { get; init; }

    public required GpuSpec Card { get; init; }

    public required double Seconds { get; init; }

    public bool IsPretraining => Recipe is TrainingRecipe.Trainer or TrainingRecipe.Handwritten;

    public string SourceKey => $"{Source} {Recipe} {Step.Precision}";

    public override string ToString()
        => $"{Source} {Recipe} {Step.Model.Name} {Step.Precision} {Step.Method} {Card.Name} x{Step.Cards} "
            + FormattableString.Invariant($"b{Step.BatchSize} s{Step.SequenceLength}: {Seconds * 1e3:0.#} ms");
}

/// <summary>Reads measured times of training. Every filter is a rule stated here; none looks at a forecast.</summary>
internal static class TrainingRows
{
    private static readonly string[] Doubts = ["outlier", "superlinear", "suspect", "runs differ", "swapping", "not stated",
        "sample lengths vary"];

    public static IReadOnlyList<TrainingRow> Read(string file) =>
    [
        .. CsvRow.Read(file).Select(Row).OfType<TrainingRow>().GroupBy(row => row.ToString()[..row.ToString().LastIndexOf(':')])
            .Select(same => same.First() with { Seconds = Statistics.Median(same.Select(row => row.Seconds)) }),
    ];

    private static TrainingRow? Row(CsvRow row)
    {
        if (row.Number("value") is not { } value || value <= 0
            || Doubts.Any(doubt => row["quality_flag"].Contains(doubt, StringComparison.Ordinal))) return null;
        if (InferenceRows.Card(row["gpu"]) is not { } card || ModelTable.Find(row["model"], row.Number("params_b"), null) is not { } shape
            || !ModelTable.IsKnown(shape)) return null;
        var (cards, length) = ((int)(row.Number("n_gpus") ?? 1), (int)(row.Number("input_len") ?? 0));
        if (row.Number("batch") is not { } batch || length == 0) return null;
        var steps = (int)(Extra(row, "accumulation") ?? Extra(row, "grad_accum") ?? Extra(row, "total_batch") / (batch * length) ?? 1);
        var each = batch / cards / (row["extra"].Contains("note=batch is accumulated", StringComparison.Ordinal)
            || row["source"] == "llm_foundry" ? steps : 1);
        if (each < 0.5) return null;
        var perCard = (int)Math.Max(1, Math.Round(each));
        if (Seconds(row, value, perCard, length, cards) is not { } seconds || FormatOf(row["precision"]) is not { } format) return null;
        var method = row["task"].StartsWith("lora", StringComparison.Ordinal) ? FineTuning.Lora : row["task"] == "qlora"
            ? FineTuning.QLora : FineTuning.Full;
        return new()
        {
            Source = row["source"],
            Card = card,
            Recipe = Recipe(row, method, shape),
            Seconds = seconds,
            Step = new()
            {
                Model = shape,
                BatchSize = perCard,
                SequenceLength = length,
                Method = method,
                Precision = format,
                Cards = cards,
                AccumulatedSteps = steps,
                FlashAttention = row["source"] is not ("lambdal" or "nvidia_dle" or "neusight" or "apple_bert"),
                Shards = cards > 1 && row["source"] is not ("lambdal" or "nvidia_dle" or "llmq"),
                Checkpointing = row["extra"].Contains("checkpointing=yes", StringComparison.Ordinal) || row["extra"]
                    .Contains("ckpt=True", StringComparison.OrdinalIgnoreCase)
                    || row["extra"].Contains("act_ckpt=True", StringComparison.OrdinalIgnoreCase) || row["extra"]
                        .Contains("activation_checkpointing=True", StringComparison.OrdinalIgnoreCase),
            },
        };
    }

    private static TrainingRecipe Recipe(CsvRow row, FineTuning method, TransformerShape shape) => row["source"] switch
    {
        "llmq" => TrainingRecipe.Handwritten,
        "neusight" or "apple_bert" => TrainingRecipe.Plain,
        "litgpt" or "qwen1_readme" or "torchtune" => TrainingRecipe.FineTuning,
        "llm_foundry" or "nemo" or "torchtitan" or "internevo" => method == FineTuning.Full ? TrainingRecipe.Trainer
            : TrainingRecipe.FineTuning,
        _ => shape.Name.StartsWith("Transformer-XL", StringComparison.Ordinal) ? TrainingRecipe.TransformerXl : TrainingRecipe.Example,
    };

    /// <summary>Seconds of one pass over the sequences of one card.</summary>
    private static double? Seconds(CsvRow row, double value, int perCard, int length, int cards) => row["unit"] switch
    {
        "sequences/s" => perCard * cards / value,
        "tokens/s" => (double)perCard * cards * length / value,
        "tokens/s/GPU" => (double)perCard * length / value,
        "ms" => value / 1e3,
        "s" when row["source"] == "qwen1_readme" => value / 8,
        "s" when row["source"] == "apple_bert" => value / 100,
        "min" when row["metric"].Contains("1000", StringComparison.Ordinal) => value * 60 / 1000,
        _ => null,
    };

    /// <summary>A number that the row's note names.</summary>
    private static double? Extra(CsvRow row, string key)
        => Regex.Match(row["extra"], $@"\b{key}=(\d+)") is { Success: true } match
            ? double.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : null;

    private static NumberFormat? FormatOf(string precision)
    {
        var text = precision.ToUpperInvariant();
        return text switch
        {
            _ when text.Contains("TF32", StringComparison.Ordinal) && !text.Contains("NO TF32", StringComparison.Ordinal)
                => NumberFormat.TensorFloat32,
            _ when text.Contains("FP32", StringComparison.Ordinal) => NumberFormat.Float32,
            _ when text.Contains("FP8", StringComparison.Ordinal) || text.Contains("FLOAT8", StringComparison.Ordinal)
                => NumberFormat.Float8,
            _ when text.Contains("BF16", StringComparison.Ordinal) => NumberFormat.BFloat16,
            _ when text.Contains("FP16", StringComparison.Ordinal) => NumberFormat.Float16,
            _ => null,
        };
    }
}
