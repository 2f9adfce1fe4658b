using DeepGpu.Hardware;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>Reads measured times of inference. Every filter is a rule stated here; none looks at a forecast.</summary>
internal static class InferenceRows
{
    /// <summary>Flags of rows that say of themselves that they do not hold.</summary>
    private static readonly string[] Doubts = ["implausible", "outlier", "suspect", "slow host", "labels inferred", "reported OOM",
        "early Vulkan", "queueing"];

    /// <summary>Tasks whose time has waiting in it that no forecast of one request knows.</summary>
    private static readonly string[] Waiting = ["prefill under load", "serve"];

    /// <summary>More cards are in several computers, whose network no row describes.</summary>
    private const int LargestNode = 8;

    /// <summary>What is above this share of the memory ran partly on the processor, was paged, or waited.</summary>
    private const double Filling = 0.95;

    private static readonly Dictionary<string, string> Cards = new()
    {
        ["(A100)"] = "A100 SXM4 80GB",
        ["(V100 32GB, form not stated)"] = "Tesla V100 SXM2 32GB",
        ["(H100, form not stated)"] = "H100 SXM5 80GB",
        ["GH200 (Hopper GPU)"] = "GH200",
    };

    public static IReadOnlyList<InferenceRow> Read(string file) =>
    [
        .. CsvRow.Read(file).Select(Row).OfType<InferenceRow>()
            .GroupBy(row => (row.Source, row.Task, row.Shape.Name, row.Card.Name, row.Cards, row.Engine, row.Format.Name, row.Batch,
                row.Input, row.Output))
            .Select(same => same.First() with { Seconds = Statistics.Median(same.Select(row => row.Seconds)) }),
    ];

    private static InferenceRow? Row(CsvRow row)
    {
        if (row.Number("value") is not { } value || value <= 0
            || Doubts.Any(doubt => row["quality_flag"].Contains(doubt, StringComparison.Ordinal)))
            return null;
        if (Waiting.Contains(row["task"]) || IsSaidTwice(row) || Card(row["gpu"]) is not { } card) return null;
        if (ModelTable.Find(row["model"], row.Number("params_b"), row.Number("active_params_b")) is not { } shape) return null;
        if (FormatOf(row) is not { } format || EngineOf(row, card, format) is not { } engine) return null;
        var (batch, input, output) = Sizes(row);
        if (TaskOf(row, shape) is not { } task || Seconds(row, task, value, batch, input, output) is not { } seconds) return null;
        if (!ModelTable.IsKnown(shape)) return null;
        if (InferenceRates.Of(card, engine, format) is null || row.Number("n_gpus") < 1) return null;
        var cards = (int)(row.Number("n_gpus") ?? 1);
        var isRowSplit = row["extra"].Contains("split=row", StringComparison.Ordinal);
        if (cards > LargestNode || (isRowSplit && task == InferenceTask.Prefill) || Extra(row, "attention_dp") > 1) return null;
        if (engine.IsLlama() && format.Size(shape).Bytes > Filling * cards * TransformerMemoryRow.UsableBytes(row)) return null;
        var isShared = isRowSplit || !engine.SplitsByLayers() || row["extra"].Contains("tensor parallel", StringComparison.Ordinal);
        return Unqueued(new()
        {
            Source = row["source"],
            Task = task,
            Shape = shape,
            Card = card,
            Part = row["extra"].Contains("half a card", StringComparison.Ordinal) ? 0.5 : 1,
            Cards = cards,
            SharesLayers = cards > 1 && isShared,
            Engine = engine,
            Format = format,
            Batch = batch,
            Input = input,
            Output = output,
            Seconds = seconds,
            Setup = row["framework_version"],
            Watts = Watts(row, batch, output, seconds),
            IsMedian = task == InferenceTask.Serving && row["metric"].Contains("median", StringComparison.Ordinal),
        });
    }

    /// <summary>Runs of which a source states the time between tokens and the throughput of the whole: the former is used.</summary>
    private static bool IsSaidTwice(CsvRow row)
        => row["source"] is "ml_energy" or "ml_energy_v2" && row["task"] == "serve (steady state)" && row["metric"] == "output tokens/s";

    /// <summary>The row, unless weights and cache of all sequences are more than the cards hold: then some waited for others.</summary>
    private static InferenceRow? Unqueued(InferenceRow row)
    {
        if (row.Task != InferenceTask.EndToEnd || row.Engine.IsLlama()) return row;
        var cache = row.Shape.CacheElements((long)(row.Input + row.Output)) * row.Batch * row.CacheBits / 8;
        return row.Format.Size(row.Shape).Bytes + cache < Filling * row.Card.Vram.Bytes * row.Part * row.Cards ? row : null;
    }

    public static GpuSpec? Card(string name) => Measurements.Card(Cards.GetValueOrDefault(name, name));

    private static InferenceTask? TaskOf(CsvRow row, TransformerShape shape) => row["task"] switch
    {
        "decode" when row["source"] is "qwen_docs" or "qwen1_readme" or "ml_energy_v2" => InferenceTask.EndToEnd,
        "decode" => InferenceTask.Decode,
        "prefill" or "forward" => shape.Kind == TransformerKind.Decoder && row["source"] is not "neusight"
            && !shape.Name.StartsWith("Transformer-XL", StringComparison.Ordinal)
            ? InferenceTask.Prefill : InferenceTask.Encoder,
        "prefill+decode" => InferenceTask.EndToEnd,
        "decode under load" or "serve (steady state)" => InferenceTask.Serving,
        _ => null,
    };

    private static (double Batch, double Input, double Output) Sizes(CsvRow row)
    {
        var (batch, input, output) = (Extra(row, "batch_per_rank") ?? row.Number("batch") ?? 1, row.Number("input_len") ?? 0,
            row.Number("output_len") ?? 0);
        if (row["source"] == "xiongjiedai_nb" && output > 0) (input, output) = (200, 400); // its context shifts at 512
        if (row["source"] is "ml_energy" or "ml_energy_v2" && input == 0) input = 200;
        return (batch, input, output);
    }

    /// <summary>Seconds of a step of decoding or of serving, of a prompt, or of the whole.</summary>
    private static double? Seconds(CsvRow row, InferenceTask task, double value, double batch, double input, double output)
        => (row["unit"], task) switch
        {
            ("ms", _) => value / 1e3,
            ("s", InferenceTask.Encoder) => row["metric"].Contains("100", StringComparison.Ordinal) ? value / 100 : value,
            ("s", _) => value,
            ("tokens/s", InferenceTask.Decode or InferenceTask.Serving) => batch / value,
            ("tokens/s", InferenceTask.Prefill) when input > 0 => input * batch / value,
            ("tokens/s", InferenceTask.Encoder) when input > 0 => input * batch / value,
            ("tokens/s", InferenceTask.EndToEnd) when output > 0 => (CountsPrompt(row) ? input + output : output) * batch / value,
            ("tokens/s/GPU", InferenceTask.EndToEnd) when output > 0 => output * batch / value / (row.Number("n_gpus") ?? 1),
            ("sequences/s" or "samples/s", InferenceTask.Encoder) when row["batch"].Length > 0 && input > 0 => batch / value,
            _ => null,
        };

    /// <summary>Rates of Qwen3's documentation count the prompt's tokens with the answer's.</summary>
    private static bool CountsPrompt(CsvRow row)
        => row["source"] == "qwen_docs" && row["model"].StartsWith("Qwen3", StringComparison.Ordinal);

    private static EngineClass? EngineOf(CsvRow row, GpuSpec card, WeightFormat format)
    {
        var text = row["framework"].ToLowerInvariant();
        var quantized = format.IsWeightOnly;
        EngineClass Of(InferenceEngine engine)
            => EngineClasses.Of(engine, card.Vendor, quantized, text.Contains("vulkan", StringComparison.Ordinal),
            card.Segment is GpuSegment.DataCenter || card.Name.Contains("Max 1550", StringComparison.Ordinal));
        return text switch
        {
            _ when text.StartsWith("mlx", StringComparison.Ordinal) => null,
            _ when text.Contains("llama", StringComparison.Ordinal) || text.Contains("ctransformers", StringComparison.Ordinal)
                => Of(InferenceEngine.LlamaCpp),
            _ when text.Contains("vllm", StringComparison.Ordinal) => Of(InferenceEngine.Vllm),
            _ when text.Contains("sglang", StringComparison.Ordinal) => Of(InferenceEngine.SgLang),
            _ when text.StartsWith("tensorrt-llm", StringComparison.Ordinal) || text is "trtllm" or "nvidia tensorrt-llm"
                || text.Contains("turbomind", StringComparison.Ordinal)
                => Of(InferenceEngine.TensorRtLlm),
            _ when text.Contains("exllama", StringComparison.Ordinal) => Of(InferenceEngine.ExLlama),
            _ when text.Contains("mlc", StringComparison.Ordinal) || text.Contains("gpt-fast", StringComparison.Ordinal)
                => Of(InferenceEngine.Mlc),
            _ when text.Contains("awq", StringComparison.Ordinal) => Of(InferenceEngine.AutoAwq),
            _ when text.Contains("deepspeed", StringComparison.Ordinal) => Of(InferenceEngine.DeepSpeed),
            _ when text.Contains("fastertransformer", StringComparison.Ordinal) => Of(InferenceEngine.FasterTransformer),
            _ when text.Contains("ctranslate", StringComparison.Ordinal) => Of(InferenceEngine.CTranslate2),
            _ when text.Contains("onnx", StringComparison.Ordinal) => Of(InferenceEngine.OnnxRuntime),
            _ when text.Contains("sambaflow", StringComparison.Ordinal) => null,
            _ => Of(InferenceEngine.PyTorch),
        };
    }

    public static WeightFormat? FormatOf(CsvRow row)
    {
        var (text, bits) = (row["precision"].ToUpperInvariant(), row.Number("weight_bits"));
        var isLlama = row["framework"].Contains("llama", StringComparison.OrdinalIgnoreCase) || row["source"] == "geerling";
        if (text.Contains("PER SUBMISSION", StringComparison.Ordinal) || text.Contains("SQ", StringComparison.Ordinal)) return null;
        if (isLlama && Gguf(text, bits) is { } known) return known;
        return text switch
        {
            _ when text.Contains("TF32", StringComparison.Ordinal) => WeightFormat.Float32 with { Arithmetic = NumberFormat.TensorFloat32 },
            _ when text.Contains("FP32", StringComparison.Ordinal) || text is "FLOAT32" or "FULL_PREC" => WeightFormat.Float32,
            _ when text.Contains("NVFP4", StringComparison.Ordinal) => WeightFormat.Find("NVFP4"),
            _ when text.Contains("AWQ", StringComparison.Ordinal) || text.Contains("INT4_WO", StringComparison.Ordinal)
                => WeightFormat.Find("AWQ"),
            _ when text.Contains("NF4-DQ", StringComparison.Ordinal) => WeightFormat.Find("NF4-double"),
            _ when text.Contains("NF4", StringComparison.Ordinal) => WeightFormat.Find("NF4"),
            _ when text.Contains("W8A8", StringComparison.Ordinal) => WeightFormat.Find("W8A8"),
            _ when text.Contains("FP8", StringComparison.Ordinal) => WeightFormat.Find("FP8"),
            "GPTQ-INT8" => WeightFormat.Find("GPTQ-Int8"),
            _ when text.Contains("INT8", StringComparison.Ordinal) => WeightFormat.Find("INT8"),
            _ when text.Contains("INT4", StringComparison.Ordinal) || text.Contains("W4A16", StringComparison.Ordinal)
                || text.StartsWith("4-BIT", StringComparison.Ordinal)
                => WeightFormat.Find("GPTQ-Int4"),
            _ when text.StartsWith("EXL3", StringComparison.Ordinal) => WeightFormat.Of(text, bits ?? 4) with { IsWeightOnly = true },
            _ when text.Contains("FP16", StringComparison.Ordinal) || text is "F16" or "FLOAT16" => WeightFormat.Float16,
            _ when text.Contains("BF16", StringComparison.Ordinal) || text.Contains("BFLOAT16", StringComparison.Ordinal)
                || text.Contains("GEMM", StringComparison.Ordinal)
                => WeightFormat.BFloat16,
            _ => null,
        };
    }

    /// <summary>A mix of llama.cpp's by its name, or one of so many bits.</summary>
    private static WeightFormat? Gguf(string text, double? bits)
    {
        var name = text.Replace("GGUF-", "", StringComparison.Ordinal).Replace("Q4_K - MEDIUM", "Q4_K_M", StringComparison.Ordinal);
        if (name is "INT4 (GROUP)" or "4-BIT" or "INT4") name = "Q4_0";
        if (name is "INT8") name = "Q8_0";
        if (name is "FP16" or "BF16" or "FLOAT16" or "F16") name = "F16";
        if (WeightFormat.All.FirstOrDefault(format => format.IsGguf && format.Name == name) is { } found) return found;
        return bits is { } own ? WeightFormat.Of(name, own) with { IsWeightOnly = own < 15 } : null;
    }

    /// <summary>Mean draw of all cards, as stated or from the energy of a request and how often one ends.</summary>
    private static double? Watts(CsvRow row, double batch, double output, double seconds)
        => Extra(row, "avg_power_w")
            ?? (Extra(row, "j_per_request") is { } joules && output > 0 ? joules * batch / (output * seconds)
                : Extra(row, "energy_j") is { } energy && Extra(row, "mean_latency_s") is { } latency ? energy / latency : null);

    private static double? Extra(CsvRow row, string key)
    {
        var start = row["extra"].IndexOf(key + "=", StringComparison.Ordinal);
        if (start < 0) return null;
        var text = row["extra"][(start + key.Length + 1)..].Split(';')[0];
        return double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
