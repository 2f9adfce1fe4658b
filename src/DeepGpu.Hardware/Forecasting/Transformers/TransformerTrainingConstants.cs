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

    private static readonly PassConstants[] Recipes;

    /// <summary>Priors of a recipe: share of the rate in half, in single precision, in 8 bits and in TensorFloat32; tiles of a unit at
    /// half rate; microseconds of a layer; passes over the activations.</summary>
    private static readonly double[][] Priors =
    [
        [0.5, 0.7, 0.4, 0.45, 1, 1200, 1], [0.4, 0.6, 0.3, 0.4, 1, 1500, 1.5], [0.6, 0.7, 0.5, 0.55, 1, 500, 0.6],
        [0.7, 0.7, 0.6, 0.6, 0.5, 200, 0.4], [0.6, 0.7, 0.5, 0.55, 1, 1500, 1], [0.5, 0.8, 0.4, 0.5, 1, 1500, 1.5],
    ];

    static TransformerTrainingConstants()
    {
        Recipes = [.. Enum.GetValues<TrainingRecipe>().Select(recipe => new PassConstants(Table, $"{recipe}", Priors[(int)recipe]))];
        Attention = Table.Add("attention", 1.4, 0.3, "",
            "How many times longer an operation of fused attention takes than one of a product.");
        Scores = Table.Add("attention.scores", 7, 0.5, "", "Times that each score of attention is read or written where they are kept.");
        Update = Table.Add("update", 0.6, 0.3, "", "Share of the memory's rate at which the optimizer works.");
        Passes = Table.Add("passes", 0.75, 0.15, "", "Share of the memory's rate at which activations are read and written.");
        Operations = Table.Add("operations", 4, 0.35, "", "Operations of vector units for each byte of activations.");
        Dequantized = Table.Add("dequantized", 3, 0.4, "", "Times that dequantised weights' bytes are moved for each use.");
        Pcie = Table.Add("pcie", 10e9, 0.4, "B/s", "Rate at which cards without their own link exchange gradients.");
        Own = Table.Add("own", 0.6, 0.4, "", "Share of their own link's rate at which cards exchange gradients.");
        Network = Table.Add("network", 15e9, 0.5, "B/s", "Rate at which a card of one computer exchanges with those of others.");
        Rates = new(Table);
    }

    public static Constant Attention { get; }

    public static Constant Scores { get; }

    public static Constant Update { get; }

    public static Constant Passes { get; }

    public static Constant Operations { get; }

    public static Constant Dequantized { get; }

    public static Constant Pcie { get; }

    public static Constant Own { get; }

    public static Constant Network { get; }

    public static RateConstants Rates { get; }

    public static PassConstants Of(TrainingRecipe recipe) => Recipes[(int)recipe];
}
