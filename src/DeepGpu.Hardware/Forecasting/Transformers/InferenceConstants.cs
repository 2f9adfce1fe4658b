namespace DeepGpu.Hardware.Forecasting;

/// <summary>The constants of the time of inference with transformers.</summary>
/// <remarks>A value of an engine is its own constant times the factor that all engines of its family share: engines that were measured on
/// few cards lean on the others.</remarks>
internal static class InferenceConstants
{
    public static readonly ConstantTable Table = new();

    /// <summary>Constants of one engine class, and factors of a family, in the order of Names.</summary>
    public const int PerEngine = 9;

    /// <summary>How far engines of a family differ, as a share of how far the family may be from what is believed.</summary>
    private const double Deviation = 0.15;

    /// <summary>Whose layers were measured in PyTorch without compilation: how many kernels one starts differs.</summary>
    public static readonly string[] ModelTypes = ["gpt2", "gpt_neox", "llama", "phi", "qwen", "qwen2", "qwen2_moe", "t5"];

    /// <summary>Believed of each class: share of bandwidth for weights and for the cache, microseconds a layer, share of the matrix rate in
    /// prefill and in decoding, tokens at half rate, microseconds a layer and pass of prefill.</summary>
    private static readonly Dictionary<EngineClass, double[]> Priors = new()
    {
        [EngineClass.LlamaCuda] = [0.85, 0.45, 80, 0.35, 60, 150, 0.3],
        [EngineClass.LlamaMetal] = [0.78, 0.5, 200, 0.6, 30, 100, 0.4],
        [EngineClass.LlamaRocm] = [0.75, 0.4, 130, 0.4, 50, 150, 0.3],
        [EngineClass.LlamaVulkan] = [0.7, 0.4, 120, 0.35, 50, 150, 0.3],
        [EngineClass.LlamaIntel] = [0.5, 0.3, 400, 0.3, 50, 300, 0.3],
        [EngineClass.LlamaRocmServer] = [0.4, 0.4, 110, 0.4, 50, 150, 0.3],
        [EngineClass.LlamaIntelServer] = [0.8, 0.4, 5000, 0.3, 50, 300, 0.3],
        [EngineClass.Vllm] = [0.85, 0.6, 110, 0.5, 60, 400, 0.5],
        [EngineClass.VllmAmd] = [0.7, 0.5, 200, 0.35, 64, 600, 0.4],
        [EngineClass.VllmIntel] = [0.35, 0.4, 1000, 0.15, 64, 1000, 0.4],
        [EngineClass.SgLang] = [0.85, 0.6, 80, 0.5, 60, 300, 0.5],
        [EngineClass.TensorRt] = [0.88, 0.7, 55, 0.6, 50, 100, 0.5],
        [EngineClass.Compiled] = [0.85, 0.4, 40, 0.5, 60, 200, 0.4],
        [EngineClass.ExLlama] = [0.75, 0.4, 60, 0.4, 60, 200, 0.4],
        [EngineClass.AutoAwq] = [0.8, 0.6, 80, 0.4, 60, 500, 0.4],
        [EngineClass.DeepSpeed] = [0.85, 0.7, 160, 0.35, 64, 400, 0.4],
        [EngineClass.DeepSpeedIntel] = [0.8, 0.7, 100, 0.3, 64, 400, 0.4],
        [EngineClass.FasterTransformer] = [0.85, 0.5, 110, 0.45, 64, 100, 0.35],
        [EngineClass.Eager] = [0.8, 0.4, 650, 0.4, 200, 600, 0.4],
        [EngineClass.EagerQuantized] = [0.5, 0.4, 1050, 0.3, 200, 1000, 0.3],
        [EngineClass.Onnx] = [0.5, 0.4, 1000, 0.4, 100, 600, 0.4],
        [EngineClass.CTranslate] = [0.85, 0.4, 240, 0.4, 100, 300, 0.4],
    };

    private static readonly (string Name, double Spread, string Unit, string Meaning)[] Names =
    [
        ("bandwidth", 0.15, "", "Share of the memory's rate at which weights are read."),
        ("cache", 0.5, "", "Share of the memory's rate at which the cache is read."),
        ("layer", 0.6, "us", "Time of a layer beside its reading, in a step of decoding, at 1.7 GHz."),
        ("prefill", 0.4, "", "Share of the matrix units' rate that prefill reaches with many tokens."),
        ("half", 0.7, "tokens", "Tokens of a pass at which prefill reaches half of that."),
        ("prefill.layer", 0.8, "us", "Time of a layer beside its products, in a pass of prefill."),
        ("decode.compute", 0.6, "", "Share of the matrix units' rate that decoding of many sequences reaches."),
        ("link", 1.0, "us", "Time of a layer's exchange between cards that share each layer."),
        ("sequence", 1.0, "us", "Time of a step for each sequence: scheduling and sampling on the host."),
    ];

    static InferenceConstants()
    {
        foreach (var engine in Enum.GetValues<EngineClass>())
        {
            for (var i = 0; i < PerEngine; i++)
            {
                var (name, spread, unit, meaning) = Names[i];
                Table.Add($"{engine}.{name}", i < PerEngine - 2 ? Priors[engine][i] : 15, spread * Deviation, unit, meaning);
            }
        }

        Families = Table.Definitions.Count;
        foreach (var family in Enum.GetValues<EngineFamily>()) AddFamily(family);
        PerFamily = (Table.Definitions.Count - Families) / Enum.GetValues<EngineFamily>().Length;
    }

    /// <summary>Where the constants of families begin, and how many one has.</summary>
    public static int Families { get; }

    public static int PerFamily { get; }

    /// <summary>Places within a family, after the factors that its engines share.</summary>
    public const int Attention = PerEngine, Mixture = PerEngine + 1, MixtureRead = PerEngine + 2, MixtureLayer = PerEngine + 3,
        Expert = PerEngine + 4, Server = PerEngine + 5, Pcie = PerEngine + 6, Own = PerEngine + 7, Vocabulary = PerEngine + 8,
        Heads = PerEngine + 9, Split = PerEngine + 10, Kernels = PerEngine + 11, Cross = PerEngine + 12, Joule = PerEngine + 13,
        Formats = PerEngine + 14;

    /// <summary>Constants of one kind of format, and of one generation.</summary>
    public const int PerFormat = 4, PerGeneration = 4;

    public static int Generations { get; } = Formats + PerFormat * Enum.GetValues<FormatKind>().Length;

    public static int Models { get; } = Generations + PerGeneration * Generation.All.Count;

    private static void AddFamily(EngineFamily family)
    {
        AddShared(family);
        Table.Add($"{family}.attention", 2.5, 0.5, "",
            "How many times longer an operation of attention takes than one of a product, in prefill.");
        Table.Add($"{family}.mixture", 0.6, 0.4, "", "Share of a dense model's rate that a mixture of experts reaches in prefill.");
        Table.Add($"{family}.mixture.read", 0.75, 0.3, "", "Share of a dense model's rate at which experts are read in decoding.");
        Table.Add($"{family}.mixture.layer", 1.5, 0.3, "", "How many times longer a layer with experts takes beside its work.");
        Table.Add($"{family}.expert", 60, 1, "us",
            "Time of a layer for each of its experts where the host goes through all of them in turn.");
        Table.Add($"{family}.server", 1, 0.5, "", "Share of a prompt's prefill that delays others' tokens while a server works.");
        Table.Add($"{family}.pcie", 6e9, 0.6, "B/s", "Rate of an exchange between cards without their own link.");
        Table.Add($"{family}.own", 0.15, 0.6, "", "Share of the rate of the cards' own link at which they exchange.");
        Table.Add($"{family}.vocabulary", 2, 0.7, "ns", "Time for each word of the vocabulary to choose a token.");
        Table.Add($"{family}.heads", 8, 0.7, "", "Heads of keys, of all sequences together, at which the cache is read at half its rate.");
        Table.Add($"{family}.split", 1.3, 0.3, "",
            "How many times longer a layer takes in llama.cpp where several cards have some layers each: no graphs of kernels.");
        Table.Add($"{family}.kernels", 300, 0.25, "us",
            "Time of a layer's small kernels on the card, of engines that the host drives kernel by kernel.");
        Table.Add($"{family}.cross", 0.5, 0.5, "", "Time that attention to an encoder adds to a layer, as a share of it.");
        Table.Add($"{family}.joule", 0.6e12, 0.4, "FLOP/J", Energy);
        AddFormats(family);
        foreach (var generation in Generation.All)
        {
            Table.Add($"{family}.memory.{generation.Name}", 1, 0.05, "", "Factor on the rate of reading.");
            Table.Add($"{family}.compute.{generation.Name}", 1, 0.12, "", "Factor on the rate of the matrix units.");
            Table.Add($"{family}.layer.{generation.Name}", 1, 0.1, "", "Factor on the time of a layer beside its work.");
            Table.Add($"{family}.joule.{generation.Name}", 0.6e12, 0.4, "FLOP/J", Energy);
        }

        foreach (var model in ModelTypes)
            Table.Add($"{family}.model.{model}", 1, 0.25, "",
                "Factor on the time of a layer beside its work where the host drives each kernel.");
    }

    private const string Energy = "Operations in half precision for a joule: what the rated power allows in prefill.";

    private static void AddShared(EngineFamily family)
    {
        foreach (var (name, spread, _, _) in Names)
            Table.Add($"{family}.all.{name}", 1, name == "bandwidth" && family == EngineFamily.Eager ? spread / 2 : spread, "",
                $"Factor on \"{name}\" of all engines of the family.");
    }

    private static void AddFormats(EngineFamily family)
    {
        foreach (var kind in Enum.GetValues<FormatKind>())
        {
            Table.Add($"{family}.format.{kind}.read", 1, 0.06, "", "Factor on the rate at which weights of this kind are read.");
            Table.Add($"{family}.format.{kind}.prefill", 1, 0.12, "", "Factor on the rate of prefill with weights of this kind.");
            Table.Add($"{family}.format.{kind}.layer", 1, 0.12, "",
                "Factor on the time of a layer beside its work with weights of this kind.");
            Table.Add($"{family}.format.{kind}.issue", family == EngineFamily.Llama ? 8 : 20, 0.3, "",
                "Weights of this kind that a unit multiplies in a clock, one sequence.");
        }
    }
}

/// <summary>Kinds of stored weights that are made longer in different ways.</summary>
internal enum FormatKind
{
    Half,
    Single,
    Legacy4,
    K4,
    K6,
    Bits8,
    Low,
    Gptq4,
    Gptq8,
    Awq,
    Normal4,
    Integer8,
    Float8,
    Float4,
}

/// <summary>Finds a format's kind.</summary>
internal static class FormatKinds
{
    public static FormatKind Of(WeightFormat format) => format.Name switch
    {
        "FP32" => FormatKind.Single,
        "GPTQ-Int4" => FormatKind.Gptq4,
        "GPTQ-Int8" => FormatKind.Gptq8,
        "AWQ" => FormatKind.Awq,
        "NF4" or "NF4-double" => FormatKind.Normal4,
        "INT8" or "W8A8" => FormatKind.Integer8,
        "FP8" => FormatKind.Float8,
        "NVFP4" or "MXFP4" => FormatKind.Float4,
        "Q8_0" => FormatKind.Bits8,
        "Q4_0" or "Q4_1" or "IQ4_NL" or "IQ4_XS" or "Q5_0" or "Q5_1" => FormatKind.Legacy4,
        _ => format.Bits switch
        {
            >= 15 => FormatKind.Half,
            >= 7.5 => FormatKind.Bits8,
            > 5.2 => FormatKind.K6,
            >= 4 => FormatKind.K4,
            _ => FormatKind.Low
        },
    };
}
