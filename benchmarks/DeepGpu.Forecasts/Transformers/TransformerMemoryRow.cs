using System.Text.RegularExpressions;
using DeepGpu.Hardware;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>A measured memory of inference or training, or a run that ended for lack of it.</summary>
internal sealed partial record TransformerMemoryRow
{
    public required string Source { get; init; }

    public required string CardName { get; init; }

    public InferenceRequest? Request { get; init; }

    public TransformerTraining? Training { get; init; }

    /// <summary>Whether what the driver holds was counted.</summary>
    public bool HasContext { get; init; }

    /// <summary>Bytes; 0 where the run ended for lack of memory.</summary>
    public required double Bytes { get; init; }

    /// <summary>Bytes that a program got of the card.</summary>
    public double Usable { get; init; }

    public bool IsOutOfMemory => Bytes == 0;

    public string Model => (Request?.Model ?? Training!.Model).Name;

    public string Group => Training is not null ? "fine-tuning" : Request!.Engine == InferenceEngine.LlamaCpp ? "llama.cpp" : "torch";

    public override string ToString()
        => $"{Source} {Group} {Model} {CardName} {Request?.Weights.Name}{Training?.Method} "
            + $"b{Request?.Sequences ?? Training!.BatchSize} {Request?.PromptTokens ?? Training!.SequenceLength}+{Request?.NewTokens}: "
            + FormattableString.Invariant($"{Bytes / 1e9:0.##} GB");

    public static IReadOnlyList<TransformerMemoryRow> Read(string file)
        => [.. CsvRow.Read(file).Select(Row).OfType<TransformerMemoryRow>()
            .GroupBy(row => row.ToString()[..row.ToString().LastIndexOf(':')] + row.Request?.FlashAttention)
            .Select(same => same.First() with { Bytes = Statistics.Median(same.Select(row => row.Bytes)) })];

    private static TransformerMemoryRow? Row(CsvRow row)
    {
        if (!IsPeak(row["metric"])) return null;
        if (row["quality_flag"].Contains("preallocates", StringComparison.Ordinal) || row["quality_flag"]
            .Contains("Qwen2 (2024-06)", StringComparison.Ordinal)) return null;
        if (ModelTable.Find(row["model"], row["source"] == "litgpt" ? null : row.Number("params_b"),
            row.Number("active_params_b")) is not { } shape || !ModelTable.IsKnown(shape)) return null;
        var isTraining = row["task"] is "full" or "lora" or "qlora";
        if (!isTraining && row["task"] is not ("decode" or "prefill" or "prefill+decode")) return null;
        if (isTraining
            && (row.Number("n_gpus") > 1 || row["extra"].Contains("cumulative techniques", StringComparison.Ordinal))) return null;
        var bytes = row["metric"] == "fits" ? 0 : row.Number("value")!.Value
            * (row["unit"] switch { "GB" => 1e9, "GiB" => 1 << 30, "MiB" => 1 << 20, _ => 1e6 });
        var made = new TransformerMemoryRow
        {
            Source = row["source"],
            CardName = row["gpu"],
            Bytes = bytes,
            Usable = UsableBytes(row),
            HasContext = row["metric"] is "fits" or "peak memory" || row["metric"].StartsWith("device", StringComparison.Ordinal)
        };
        if (made.IsOutOfMemory && made.Usable == 0) return null;
        return isTraining ? made with { Training = Step(row, shape) } : Inference(row, shape) is { } request
            ? made with { Request = request } : null;
    }

    private static bool IsPeak(string metric)
        => metric is "peak memory (torch)" or "peak memory" or "peak allocated" or "device memory used"
        or "allocated total" or "fits" or "peak memory per GPU" or "peak active memory"
        || metric.StartsWith("device memory used (VRAM", StringComparison.Ordinal);

    private static InferenceRequest? Inference(CsvRow row, TransformerShape shape)
    {
        if (InferenceRows.FormatOf(row) is not { } format) return null;
        var isLlama = row["framework"].Contains("llama", StringComparison.OrdinalIgnoreCase) || row["framework"]
            .Contains("ctransformers", StringComparison.Ordinal);
        return new()
        {
            Model = shape,
            Engine = isLlama ? InferenceEngine.LlamaCpp : row["source"] is "fastertransformer" ? InferenceEngine.FasterTransformer
                : InferenceEngine.PyTorch,
            Weights = isLlama && FileBytes(row) is { } file ? WeightFormat.Of(format.Name, file * 8 / shape.ParameterCount) : format,
            PromptTokens = (int)(row.Number("input_len") ?? 32),
            NewTokens = row["metric"] == "allocated total" ? 0 : (int)(row.Number("output_len") ?? 0),
            Sequences = (int)(row.Number("batch") ?? 1),
            FlashAttention = !row["extra"].Contains("flash_attention=False", StringComparison.Ordinal) && !row["extra"]
                .Contains("flash_attention=off", StringComparison.Ordinal),
            Cards = row["metric"] == "fits" ? (int)(row.Number("n_gpus") ?? 1) : 1,
        };
    }

    private static TransformerTraining Step(CsvRow row, TransformerShape shape) => new()
    {
        Model = shape,
        BatchSize = (int)(row.Number("batch") ?? 1),
        SequenceLength = (int)(row.Number("input_len") ?? 512),
        Method = row["task"] switch
        {
            "full" => FineTuning.Full,
            "lora" when row["precision"]
            .Contains("nf4", StringComparison.OrdinalIgnoreCase) => FineTuning.QLora,
            "lora" => FineTuning.Lora,
            _ => FineTuning.QLora
        },
        Rank = Rank().Match(row["extra"]) is { Success: true } rank
            ? int.Parse(rank.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : 8,
        Checkpointing = row["extra"].Contains("checkpointing=yes", StringComparison.Ordinal) || row["source"] == "torchtune"
            || (row["source"] == "litgpt" && row["extra"].Contains("config=", StringComparison.Ordinal) && row["task"] == "full"),
        Targets = row["source"] switch
        {
            "qwen1_readme" => AdapterTargets.AllProducts,
            "litgpt" or "torchtune" => AdapterTargets.QueryAndValue,
            _ => AdapterTargets.Attention,
        },
        ChunkedLoss = (row["source"] == "litgpt" && row["task"] != "full"
            && row["framework_version"].Contains("2023", StringComparison.Ordinal))
            || (row["source"] == "torchtune" && row["framework_version"].StartsWith("2024-11", StringComparison.Ordinal)),
        OptimizerBytes = IsPaged(row) ? 0 : row["source"] is "litgpt" or "torchtune" ? 4 : 8,
        FreesGradients = IsSmallRecipe(row),
        KeepsSingleWeights = row["source"] == "qwen1_readme" && row["task"] == "full",
        Cards = (int)(row.Number("n_gpus") ?? 1),
        Shards = row.Number("n_gpus") > 1,
    };

    /// <summary>torchtune's recipes of all weights on one card: a paged optimizer that frees each gradient at once.</summary>
    private static bool IsSmallRecipe(CsvRow row) => row["source"] == "torchtune" && row["task"] == "full" && row.Number("n_gpus") == 1;

    /// <summary>An optimizer whose state is paged out to the host: LitGPT's recipes of one card, and torchtune's.</summary>
    private static bool IsPaged(CsvRow row) => row["extra"].Contains("Paged", StringComparison.Ordinal) || IsSmallRecipe(row)
        || (row["source"] == "litgpt" && row["task"] == "full" && row.Number("n_gpus") == 1);

    /// <summary>Of the memory that the source writes, else of the catalogue's.</summary>
    public static double UsableBytes(CsvRow row)
    {
        if (InferenceRows.Card(row["gpu"]) is not { } card) return 0;
        var written = Memory().Match(row["gpu_as_written"]);
        return TransformerFit.UsableBytes(written.Success && card.Vendor == GpuVendor.Apple
            ? card with
            {
                Vram = ByteSize.FromGibibytes(double.Parse(written.Groups[1].Value,
                System.Globalization.CultureInfo.InvariantCulture))
            } : card);
    }

    private static double? FileBytes(CsvRow row) => File().Match(row["extra"]) is { Success: true } match
        ? double.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"lora_r=(\d+)")]
    private static partial Regex Rank();

    [GeneratedRegex(@"(\d+) ?GB")]
    private static partial Regex Memory();

    [GeneratedRegex(@"file_bytes=(\d+)")]
    private static partial Regex File();
}
