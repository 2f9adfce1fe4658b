namespace DeepGpu.Hardware.Forecasting;

/// <summary>What a pass over a transformer's layers computes and moves, and how that becomes time.</summary>
internal static class TransformerPasses
{
    private const double Tile = 128 * 128;
    private const double UnknownUnits = 100;
    private const double HostSharpness = 4;

    /// <summary>Elements of a layer that kernels of one operation each read and write for a token: of the hidden size (normalisations,
    /// additions, biases, the products' own inputs and results) and of the feed-forward's.</summary>
    private const double HiddenPasses = 26, InnerPasses = 6;

    /// <summary>Elements that a forward pass over all layers reads and writes beside weights and scores.</summary>
    public static double Activations(TransformerShape m, double tokens)
    {
        var inner = m.Experts is { } e ? (double)e.FeedForwardSize * e.Active + e.SharedFeedForwardSize : m.FeedForwardSize;
        return tokens * LayersOf(m) * (HiddenPasses * m.HiddenSize + InnerPasses * inner);
    }

    /// <summary>Scores of attention of all layers, where a kernel keeps them.</summary>
    public static double Scores(TransformerShape m, double tokens, double keys) => tokens * keys * m.Heads * LayersOf(m);

    public static int LayersOf(TransformerShape m) => m.Layers + m.EncoderLayers;

    /// <summary>The share of its rate that a card's units reach with so many tokens: they wait while there are few tiles of results.
    /// </summary>
    public static double Filled(TransformerShape m, double tokens, double half, GpuSpec card)
    {
        var tiles = tokens * m.HiddenSize / Tile;
        return tiles / (tiles + half * (card.ComputeUnits ?? UnknownUnits));
    }

    public static bool IsShort(NumberFormat format)
        => format is NumberFormat.Float16 or NumberFormat.BFloat16 or NumberFormat.Float8 or NumberFormat.Int8;

    /// <summary>Card and host work side by side.</summary>
    public static double WithHost(double device, double host) => Together(device, host, HostSharpness);

    /// <summary>The slower of two, rounded where they are alike.</summary>
    public static double Together(double first, double second, double sharpness)
    {
        var (slow, fast) = first > second ? (first, second) : (second, first);
        return slow * Math.Pow(1 + Math.Pow(fast / slow, sharpness), 1 / sharpness);
    }

    /// <summary>Seconds for each byte that passes move: the memory's time, and that of the vector units which work on it.</summary>
    public static double SecondsPerByte(GpuSpec card, double share, double operations, double part = 1)
    {
        var memory = card.Bandwidth.BytesPerSecond * share * TimeConstants.Factor(
            CalibrationData.Default.Time, Generation.PlaceOf(card), GenerationFactor.Memory);
        return (1 / memory + operations / (card.RateAt(NumberFormat.Float32)?.FlopsPerSecond ?? double.PositiveInfinity)) / part;
    }
}
