namespace DeepGpu.Hardware.Forecasting;

/// <summary>What runs a forward pass: kinds of software that share constants.</summary>
internal enum EncoderEngine
{
    /// <summary>PyTorch without compilation.</summary>
    Eager,

    /// <summary>Graphs that are compiled: XLA, TorchScript.</summary>
    Compiled,

    /// <summary>Kernels written for encoders: FasterTransformer, TensorRT.</summary>
    Fused,

    /// <summary>Transformer-XL, whose attention is of many small kernels.</summary>
    TransformerXl,
}

/// <summary>The constants of the time of encoders.</summary>
internal static class EncoderConstants
{
    public static readonly ConstantTable Table = new();

    private static readonly PassConstants[] Engines;

    private static readonly double[][] Priors =
    [
        [0.5, 0.8, 0.4, 0.5, 1, 400, 1.2], [0.5, 0.75, 0.4, 0.5, 1, 250, 0.7], [0.6, 0.8, 0.5, 0.6, 0.7, 100, 0.4],
        [0.4, 0.6, 0.3, 0.4, 1, 800, 1.5],
    ];

    static EncoderConstants()
    {
        Engines = [.. Enum.GetValues<EncoderEngine>().Select(engine => new PassConstants(Table, $"{engine}", Priors[(int)engine]))];
        Scores = Table.Add("scores", 6, 0.5, "", "Times that each score of attention is read or written where they are kept.");
        Passes = Table.Add("passes", 0.75, 0.15, "", "Share of the memory's rate at which activations are read and written.");
        Operations = Table.Add("operations", 4, 0.35, "", "Operations of vector units for each byte of activations.");
        Rates = new(Table);
    }

    public static Constant Scores { get; }

    public static Constant Passes { get; }

    public static Constant Operations { get; }

    public static RateConstants Rates { get; }

    public static PassConstants Of(EncoderEngine engine) => Engines[(int)engine];
}
