namespace DeepGpu.Hardware.Forecasting;

/// <summary>How a model is trained: recipes that share constants.</summary>
internal enum TrainingRecipe
{
    /// <summary>Published examples of encoders and small models: BERT, T5, vision.</summary>
    Example,

    /// <summary>Transformer-XL, whose attention is of many small kernels.</summary>
    TransformerXl,

    /// <summary>Trainers of language models from scratch: fused kernels, sharded states.</summary>
    Trainer,

    /// <summary>A trainer whose every kernel is written for it.</summary>
    Handwritten,

    /// <summary>Fine-tuning of language models, adapters among it.</summary>
    FineTuning,

    /// <summary>Plain PyTorch without any tuning.</summary>
    Plain,
}

/// <summary>The constants of the time of training transformers.</summary>
internal static class TransformerTrainingConstants
{
    public static readonly ConstantTable Table = new();

    /// <summary>Constants of a recipe: share of the rate in half, in single precision and in 8 bits; tokens at half rate; share of
    /// TensorFloat32's.</summary>
    public const int PerRecipe = 6;

    private static readonly double[][] Priors =
    [
        [0.32, 0.4, 0.3, 220, 0.4, 1200], [0.08, 0.12, 0.08, 200, 0.1, 1500], [0.48, 0.6, 0.41, 220, 0.5, 500],
            [0.6, 0.6, 0.5, 220, 0.4, 200], [0.46, 0.5, 0.4, 290, 0.5, 1500], [0.4, 0.7, 0.3, 260, 0.5, 1500],
    ];

    static TransformerTrainingConstants()
    {
        foreach (var recipe in Enum.GetValues<TrainingRecipe>())
        {
            string[] names = ["half", "single", "eight", "saturation", "tensorfloat", "layer"];
            for (var i = 0; i < PerRecipe; i++)
                Table.Add($"{recipe}.{names[i]}", Priors[(int)recipe][i], i is 3 or 5 ? 0.6 : 0.3,
                    i switch { 3 => "tokens", 5 => "us", _ => "" }, i switch
                    {
                        3 => "Tokens of a card and step at which training reaches half of its rate.",
                        5 => "Time of a layer's step beside its work.",
                        _ => "Share of the units' rate that products reach.",
                    });
        }

        Attention = Table.Add("attention", 1.4, 0.3, "",
            "How many times longer an operation of fused attention takes than one of a product.");
        Scores = Table.Add("attention.scores", 5, 0.5, "", "The same where the matrix of scores is written out.");
        Update = Table.Add("update", 0.6, 0.3, "", "Share of the memory's rate at which the optimizer works.");
        Pcie = Table.Add("pcie", 20e9, 0.4, "B/s", "Rate at which cards without their own link exchange gradients.");
        Own = Table.Add("own", 200e9, 0.4, "B/s", "Rate at which cards with their own link exchange gradients.");
        Quantized = Table.Add("quantized", 0.75, 0.3, "", "Share of the rate with frozen weights of 4 bits.");
        Generations = Table.Definitions.Count;
        foreach (var generation in Generation.All)
        {
            Table.Add($"half.{generation.Name}", 1, 0.2, "", "Factor on the rate in half precision.");
            Table.Add($"single.{generation.Name}", 1, 0.15, "", "Factor on the rate in single precision.");
        }
    }

    public static Constant Attention { get; }

    public static Constant Scores { get; }

    public static Constant Update { get; }

    public static Constant Pcie { get; }

    public static Constant Own { get; }

    public static Constant Quantized { get; }

    public static int Generations { get; }
}
