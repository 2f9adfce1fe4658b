namespace DeepGpu.Models.HuggingFace;

/// <summary>Counts weights and work of a U-Net, block by block.</summary>
/// <param name="time">Features of the step's embedding.</param>
/// <param name="context">Features of a token of text.</param>
/// <param name="textTokens">Tokens of text.</param>
internal sealed class UNetCount(long time, long context, int textTokens)
{
    private readonly SortedDictionary<int, Level> _levels = [];

    public long Parameters { get; private set; }

    public int Blocks { get; private set; }

    public IReadOnlyList<DiffusionLevel> Levels
        => [.. _levels.Select(l => new DiffusionLevel(l.Key, l.Value.Flops, l.Value.PairFlops, l.Value.Elements, l.Value.PairScores))];

    /// <summary>A 3 x 3 convolution.</summary>
    public void Convolution(int divisor, long from, long to)
    {
        Parameters += 9 * from * to + to;
        Products(divisor, 9 * from * to, to);
    }

    /// <summary>Dense layers of the step's embedding: their work is of one token.</summary>
    public void Embedding(long from, long to) => Parameters += from * to + to + to * to + to;

    public void Normalisation(int divisor, long channels)
    {
        Parameters += 2 * channels;
        At(divisor).Elements += channels;
    }

    /// <summary>Two normalised convolutions with the step's embedding between them; a 1 x 1 convolution around them where channels
    /// change.</summary>
    public void Residual(int divisor, long from, long to)
    {
        Blocks++;
        Normalisation(divisor, from);
        Convolution(divisor, from, to);
        Parameters += time * to + to;
        Normalisation(divisor, to);
        Convolution(divisor, to, to);
        if (from == to) return;
        Parameters += from * to + to;
        Products(divisor, from * to, to);
    }

    /// <summary>Layers of attention among the cells and to the text, with a gated feed-forward of four times the width.</summary>
    public void Transformer(int divisor, long channels, int heads, int depth)
    {
        Normalisation(divisor, channels);
        Parameters += 2 * (channels * channels + channels);
        Products(divisor, 2 * channels * channels, 2 * channels);
        for (var i = 0; i < depth; i++) Layer(divisor, channels, heads);
    }

    private void Layer(int divisor, long channels, int heads)
    {
        Blocks++;
        var square = channels * channels;
        for (var i = 0; i < 3; i++) Normalisation(divisor, channels);
        Parameters += 4 * square + channels + 2 * square + 2 * context * channels + channels + 12 * square + 9 * channels;
        Products(divisor, 18 * square, 15 * channels);
        var level = At(divisor);
        level.Flops += 4.0 * textTokens * channels;
        level.PairFlops += 4.0 * channels;
        level.PairScores += heads;
    }

    private void Products(int divisor, long macs, long written)
    {
        var level = At(divisor);
        level.Flops += 2.0 * macs;
        level.Elements += written;
    }

    private Level At(int divisor)
    {
        if (!_levels.TryGetValue(divisor, out var level)) _levels[divisor] = level = new();
        return level;
    }

    private sealed class Level
    {
        public double Flops { get; set; }

        public double PairFlops { get; set; }

        public double Elements { get; set; }

        public double PairScores { get; set; }
    }
}
