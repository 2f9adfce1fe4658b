using static DeepGpu.Models.Architectures.DiffusionNetwork;

namespace DeepGpu.Models.Architectures;

/// <summary>U-Nets of diffusion: levels down, a middle, and the same levels up, each with what the level down made.</summary>
/// <param name="widths">The features of each level.</param>
/// <param name="network">Makes the blocks.</param>
internal sealed class UNet(int[] widths, DiffusionNetwork network)
{
    private const int Blocks = 2;

    /// <summary>Attention after the blocks of a level.</summary>
    public required Func<SymbolicTensor, string, SymbolicTensor> Attention { get; init; }

    /// <summary>Half as high and wide.</summary>
    public required Func<SymbolicTensor, string, SymbolicTensor> Half { get; init; }

    /// <summary>Which levels have attention.</summary>
    public required Func<int, bool> Attends { get; init; }

    /// <summary>That of Ho et al., 2020: pictures, attention on the second level.</summary>
    public static ModelSpec OfPictures(int size, int channels, int width)
    {
        var (sample, step) = (Sample(size, channels), Step());
        var network = new DiffusionNetwork(groups: 32, epsilon: 1e-6)
        {
            Time = Time(Waves(step, width, shift: 1, startsWithCosines: false), width),
        };
        var unet = new UNet([width, 2 * width, 2 * width, 2 * width], network)
        {
            Attention = network.Attended,
            Half = Halved,
            Attends = level => level == 1,
        };
        return Functional.Model([sample, step], [unet.Apply(sample)], "ddpm_unet");
    }

    /// <summary>That of Rombach et al., 2022, as Stable Diffusion 1 has it: what an autoencoder made of a picture, and a text.</summary>
    public static ModelSpec OfTexts(int size, int width, int heads, int tokens, int tokenWidth)
    {
        var (sample, step) = (Sample(size / 8, 4), Step());
        var text = Functional.Input(new InputLayer(new Shape(null, tokens, tokenWidth)) { Name = "encoder_hidden_states" });
        var network = new DiffusionNetwork(groups: 32, epsilon: 1e-5)
        {
            Time = Time(Waves(step, width, shift: 0, startsWithCosines: true), width),
        };
        var transformer = new TextTransformer(heads, text);
        var unet = new UNet([width, 2 * width, 4 * width, 4 * width], network)
        {
            Attention = transformer.Apply,
            Half = HalvedAround,
            Attends = level => level < 3,
        };
        return Functional.Model([sample, step, text], [unet.Apply(sample)], "stable_diffusion_unet");
    }

    private static SymbolicTensor Sample(int size, int channels)
        => Functional.Input(new InputLayer(new Shape(null, size, size, channels)) { Name = "sample" });

    private static SymbolicTensor Step() => Functional.Input(new InputLayer(new Shape(null, 1)) { Name = "timestep" });

    private static SymbolicTensor Time(SymbolicTensor waves, int width)
        => waves.Dense(4 * width, Activation.Silu, name: "time_embedding.linear_1").Dense(4 * width, name: "time_embedding.linear_2");

    private SymbolicTensor Apply(SymbolicTensor sample)
    {
        var kept = new Stack<SymbolicTensor>([Convolved(sample, "conv_in", widths[0])]);
        for (var level = 0; level < widths.Length; level++) Down(kept, level);
        var x = network.Middle(kept.Peek(), "mid_block", Attention);
        for (var level = widths.Length - 1; level >= 0; level--) x = Up(x, kept, level);
        return Convolved(network.Activated(x, "conv_norm_out"), "conv_out", Channels(sample));
    }

    private void Down(Stack<SymbolicTensor> kept, int level)
    {
        var path = At("down_blocks", level);
        for (var block = 0; block < Blocks; block++) kept.Push(Block(kept.Peek(), path, block, level));
        if (level < widths.Length - 1) kept.Push(Half(kept.Peek(), $"{path}.downsamplers.0.conv"));
    }

    private SymbolicTensor Up(SymbolicTensor x, Stack<SymbolicTensor> kept, int level)
    {
        var path = At("up_blocks", widths.Length - 1 - level);
        for (var block = 0; block <= Blocks; block++) x = Block(x.Concatenate(kept.Pop()), path, block, level);
        return level > 0 ? Doubled(x, $"{path}.upsamplers.0.conv") : x;
    }

    private SymbolicTensor Block(SymbolicTensor x, string path, int block, int level)
    {
        var y = network.Residual(x, At($"{path}.resnets", block), widths[level]);
        return Attends(level) ? Attention(y, At($"{path}.attentions", block)) : y;
    }
}
