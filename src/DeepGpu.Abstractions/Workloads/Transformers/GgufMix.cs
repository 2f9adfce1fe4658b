namespace DeepGpu.Workloads;

/// <summary>Which blocks a GGUF file of a name stores each kind of tensor in.</summary>
/// <remarks>The rules of llama.cpp's quantisation (llama_tensor_get_type), for models without an importance matrix. Bits a weight
/// follow from the blocks' layouts (ggml-common.h): Q4_K holds 256 weights in 144 bytes.</remarks>
internal sealed record GgufMix(string Name, double Usual)
{
    private const double Q2 = 84 * 8 / 256.0, Q3 = 110 * 8 / 256.0, Q4 = 144 * 8 / 256.0, Q5 = 176 * 8 / 256.0, Q6 = 210 * 8 / 256.0;
    private const double Q8 = 34 * 8 / 32.0, Half = 16;

    public static IReadOnlyList<GgufMix> All { get; } =
    [
        new("F16", Half), new("Q8_0", Q8), new("Q6_K", Q6),
        new("Q5_K_M", Q5) { Value = Q6, Down = Q6, IsPartly = true }, new("Q5_K_S", Q5),
        new("Q4_K_M", Q4) { Value = Q6, Down = Q6, IsPartly = true }, new("Q4_K_S", Q4) { Value = Q5, Down = Q5, First = 8 },
        new("Q3_K_L", Q3) { Value = Q5, Down = Q5, Out = Q5 }, new("Q3_K_M", Q3) { Value = Q4, Down = Q4, Out = Q4 }, new("Q3_K_S", Q3),
        new("Q2_K", Q2) { Value = Q4, Down = Q3, Out = Q3 },
        new("Q5_1", 24 * 8 / 32.0), new("Q5_0", 22 * 8 / 32.0), new("Q4_1", 20 * 8 / 32.0), new("Q4_0", 18 * 8 / 32.0),
        new("IQ4_NL", 18 * 8 / 32.0), new("IQ4_XS", 136 * 8 / 256.0) { Value = Q5 }, new("IQ3_XXS", 98 * 8 / 256.0),
            new("IQ2_XXS", 66 * 8 / 256.0),
    ];

    /// <summary>Bits of values' weights, of the product out of the feed-forward layer, of the product after attention.</summary>
    public double? Value { get; init; }

    public double? Down { get; init; }

    public double? Out { get; init; }

    /// <summary>Whether the longer blocks are used in the first and last eighth of layers and in every third between.</summary>
    public bool IsPartly { get; init; }

    /// <summary>The part of the layers, as a divisor, that has the longer blocks; 0 for all.</summary>
    public int First { get; init; }

    /// <summary>The output's product keeps 6 bits, and longer blocks as they are.</summary>
    public double Output => Usual >= Q8 ? Usual : Q6;

    public double LayerBits(TransformerShape shape)
    {
        var (kv, share) = ((long)shape.KeyValueHeads * shape.HeadSize, ShareOfLayers(shape.Layers));
        double value = shape.LatentAttention is null ? (double)shape.HiddenSize * kv * shape.Layers : 0;
        var down = Down is null ? 0 : DownParameters(shape);
        var output = Out is null ? 0 : (double)shape.HiddenSize * shape.Heads * shape.HeadSize * shape.Layers;
        var all = shape.LayerProductParameters(shape.Experts?.Count ?? 0);
        return Usual + (value * (ValueBits(shape, share) - Usual) + down * share * ((Down ?? Usual) - Usual) + output
            * ((Out ?? Usual) - Usual)) / all;
    }

    /// <summary>With eight experts values have 8 bits; with eight queries to a key and 80 layers 5 where others have 4.</summary>
    private double ValueBits(TransformerShape shape, double share)
    {
        if (Usual >= Q8) return Usual;
        if (shape.Experts?.Count == 8) return Q8;
        var usual = shape.Layers == 80 && shape.Heads == 8 * shape.KeyValueHeads && Usual is Q3 or Q4 ? Q5 : Usual;
        return Value is { } longer ? share * longer + (1 - share) * usual : usual;
    }

    private double ShareOfLayers(int layers)
    {
        if (First > 0) return (double)(layers / First) / layers;
        if (!IsPartly) return 1;
        return Enumerable.Range(0, layers).Count(i => i < layers / 8 || i >= 7 * layers / 8 || (i - layers / 8) % 3 == 2) / (double)layers;
    }

    private static double DownParameters(TransformerShape shape)
    {
        var dense = (double)(shape.Layers - shape.MixtureLayers) * shape.FeedForwardSize * shape.HiddenSize;
        return shape.Experts is not { } e ? dense
            : dense + (double)shape.MixtureLayers * shape.HiddenSize * ((double)e.Count * e.FeedForwardSize + e.SharedFeedForwardSize);
    }
}
