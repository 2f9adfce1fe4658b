using System.CommandLine;
using DeepGpu.Hardware;
using DeepGpu.Models;

namespace DeepGpu.Cli.Arguments;

/// <summary>The options of a transformer that a config.json describes, and its forecasts.</summary>
internal sealed class TransformerOptions
{
    private const int StandardNew = 128;

    private readonly Option<int> _context = Options.Count("--context",
        "Language model: tokens of prompt and answer together. Default 2048.", 2048);
    private readonly Option<int> _made = Options.Count("--new-tokens", "Language model: tokens of them that are made. Default 128.",
        StandardNew);
    private readonly Option<InferenceEngine?> _engine = Options.Word("--engine",
        "Language model: the program that runs it. Default not known",
        new Dictionary<string, InferenceEngine>(StringComparer.OrdinalIgnoreCase)
        {
            ["pytorch"] = InferenceEngine.PyTorch,
            ["llama.cpp"] = InferenceEngine.LlamaCpp,
            ["vllm"] = InferenceEngine.Vllm,
            ["sglang"] = InferenceEngine.SgLang,
            ["tensorrt-llm"] = InferenceEngine.TensorRtLlm,
            ["onnxruntime"] = InferenceEngine.OnnxRuntime,
        });
    private readonly Option<double?> _cacheBits = Options.Number("--cache-bits",
        "Language model: bits an element of the cache. Default 16.");
    private readonly Option<int> _length = Options.Count("--length", "Transformer: tokens of a sequence in training. Default 512.", 512);
    private readonly Option<int?> _lora = new("--lora")
    {
        Description = "Transformer: train adapters of this rank, the weights frozen.",
        HelpName = "rank"
    };
    private readonly Option<bool> _checkpointing = new("--checkpointing")
    {
        Description = "Transformer: make activations again in the backward pass.",
    };

    private readonly Option<double?> _sampleLength = Options.Number("--sample-length",
        "Transformer: mean tokens of a sample in training. Default: each fills its sequence.");
    private readonly Option<bool> _packed = new("--packed")
    {
        Description = "Transformer: put samples one after the other into a sequence instead of padding each.",
    };
    private readonly Option<double?> _optimizerBytes = Options.Number("--optimizer-bytes",
        "Transformer: bytes that the optimizer keeps of each trained weight: 8 of Adam in 32 bits, 4 in 16, 2 in 8. Default 8.");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _context, _made, _engine, _cacheBits, _length, _lora,
            _checkpointing, _sampleLength, _packed, _optimizerBytes }) command.Options.Add(option);
    }

    /// <summary>The shape where MODEL is a config.json of Hugging Face or the name of a transformer; else null.</summary>
    public static TransformerShape? Shape(string model)
    {
        if (!Path.Exists(model)) return Applications.TryFind(model, out var known) ? known.Transformer : null;
        var file = HuggingFaceConfig.FileOf(model);
        return file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && HuggingFaceConfig.TryRead(file, out var shape) ? shape : null;
    }

    /// <summary>What is asked of a model that answers.</summary>
    public InferenceRequest Request(ParseResult parsed, TransformerShape shape, string? precision, int sequences, int cards)
    {
        var (context, made) = (Tokens(parsed, _context, shape), parsed.GetValue(_made));
        var answer = Math.Min(made, Math.Max(1, context - 1));
        return new()
        {
            Model = shape,
            Weights = WeightFormat.Find(precision ?? "bf16"),
            PromptTokens = context - answer,
            NewTokens = answer,
            Sequences = sequences,
            CacheBits = parsed.GetValue(_cacheBits) ?? 16,
            Engine = parsed.GetValue(_engine) ?? InferenceEngine.Unknown,
            Cards = cards,
        };
    }

    /// <summary>A step of training it.</summary>
    public TransformerTraining Training(ParseResult parsed, TransformerShape shape, PrecisionWord? precision, int batch, int cards)
    {
        var isShort = precision is { Format: null };
        return new()
        {
            Model = shape,
            BatchSize = batch,
            SequenceLength = Tokens(parsed, _length, shape),
            Method = parsed.GetValue(_lora) is null ? FineTuning.Full : isShort ? FineTuning.QLora : FineTuning.Lora,
            Rank = parsed.GetValue(_lora) ?? 8,
            Precision = isShort ? NumberFormat.BFloat16 : precision?.Format ?? NumberFormat.BFloat16,
            Checkpointing = parsed.GetValue(_checkpointing),
            SampleLength = parsed.GetValue(_sampleLength),
            Packs = parsed.GetValue(_packed),
            OptimizerBytes = parsed.GetValue(_optimizerBytes) ?? 8,
            Cards = cards,
        };
    }

    /// <summary>The tokens that are asked for; where none are, no more than the model was made for.</summary>
    private static int Tokens(ParseResult parsed, Option<int> option, TransformerShape shape)
    {
        var tokens = parsed.GetValue(option);
        var most = shape.IsGenerative ? shape.ContextLength : shape.FixedInputLength ?? shape.ContextLength;
        return parsed.GetResult(option) is { Implicit: false } || most is not { } limit ? tokens : Math.Min(tokens, limit);
    }
}
