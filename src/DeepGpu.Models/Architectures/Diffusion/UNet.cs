using static DeepGpu.Models.Architectures.DiffusionNetwork;

namespace DeepGpu.Models.Architectures;

/// <summary>The U-Net of Ho et al., 2020: levels down, a middle, and the same levels up, each with what the level down made.</summary>
internal static class UNet
{
    private const int Blocks = 2, AttendedLevel = 1;
    private const double Epsilon = 1e-6;

    private static readonly int[] Multipliers = [1, 2, 2, 2];

    public static ModelSpec Build(int size, int channels, int width)
    {
        var sample = Functional.Input(new InputLayer(new Shape(null, size, size, channels)) { Name = "sample" });
        var step = Functional.Input(new InputLayer(new Shape(null, 1)) { Name = "timestep" });
        var time = Waves(step, width, shift: 1).Dense(4 * width, Activation.Silu, name: "time_embedding.linear_1")
            .Dense(4 * width, name: "time_embedding.linear_2");
        var network = new DiffusionNetwork(groups: 32, Epsilon) { Time = time };
        var kept = new Stack<SymbolicTensor>([Convolved(sample, "conv_in", width)]);
        for (var level = 0; level < Multipliers.Length; level++) Down(network, kept, level, width);
        var x = network.Middle(kept.Peek(), "mid_block");
        for (var level = Multipliers.Length - 1; level >= 0; level--) x = Up(network, x, kept, level, width);
        x = Convolved(network.Activated(x, "conv_norm_out"), "conv_out", channels);
        return Functional.Model([sample, step], [x], "ddpm_unet");
    }

    private static void Down(DiffusionNetwork network, Stack<SymbolicTensor> kept, int level, int width)
    {
        var path = At("down_blocks", level);
        for (var block = 0; block < Blocks; block++)
        {
            var x = network.Residual(kept.Peek(), At($"{path}.resnets", block), width * Multipliers[level]);
            kept.Push(level == AttendedLevel ? network.Attended(x, At($"{path}.attentions", block)) : x);
        }

        if (level < Multipliers.Length - 1) kept.Push(Halved(kept.Peek(), $"{path}.downsamplers.0.conv"));
    }

    private static SymbolicTensor Up(DiffusionNetwork network, SymbolicTensor x, Stack<SymbolicTensor> kept, int level, int width)
    {
        var path = At("up_blocks", Multipliers.Length - 1 - level);
        for (var block = 0; block <= Blocks; block++)
        {
            x = network.Residual(x.Concatenate(kept.Pop()), At($"{path}.resnets", block), width * Multipliers[level]);
            if (level == AttendedLevel) x = network.Attended(x, At($"{path}.attentions", block));
        }

        return level > 0 ? Doubled(x, $"{path}.upsamplers.0.conv") : x;
    }
}
