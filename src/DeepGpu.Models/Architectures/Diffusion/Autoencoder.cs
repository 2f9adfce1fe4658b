using static DeepGpu.Models.Architectures.DiffusionNetwork;

namespace DeepGpu.Models.Architectures;

/// <summary>The autoencoder of Rombach et al., 2022, as diffusers' AutoencoderKL of Stable Diffusion 1 has it.</summary>
internal static class Autoencoder
{
    private const int Latent = 4, Blocks = 2, Colours = 3;

    private static readonly int[] Widths = [128, 256, 512, 512];

    private static DiffusionNetwork Network => new(groups: 32, epsilon: 1e-6);

    public static ModelSpec Encoder(int size)
    {
        var (network, input) = (Network, Functional.Input(size, size, Colours));
        var x = Convolved(input, "encoder.conv_in", Widths[0]);
        for (var level = 0; level < Widths.Length; level++)
        {
            var path = At("encoder.down_blocks", level);
            for (var block = 0; block < Blocks; block++) x = network.Residual(x, At($"{path}.resnets", block), Widths[level]);
            if (level < Widths.Length - 1) x = Halved(x, $"{path}.downsamplers.0.conv");
        }

        x = network.Activated(network.Middle(x, "encoder.mid_block", network.Attended), "encoder.conv_norm_out");
        x = Convolved(Convolved(x, "encoder.conv_out", 2 * Latent), "quant_conv", 2 * Latent, kernel: 1);
        return Functional.Model([input], [x], "autoencoder_kl_encoder");
    }

    public static ModelSpec Decoder(int size)
    {
        var (network, input) = (Network, Functional.Input(size / 8, size / 8, Latent));
        var x = Convolved(Convolved(input, "post_quant_conv", Latent, kernel: 1), "decoder.conv_in", Widths[^1]);
        x = network.Middle(x, "decoder.mid_block", network.Attended);
        for (var level = 0; level < Widths.Length; level++)
        {
            var path = At("decoder.up_blocks", level);
            for (var block = 0; block <= Blocks; block++) x = network.Residual(x, At($"{path}.resnets", block), Widths[^(level + 1)]);
            if (level < Widths.Length - 1) x = Doubled(x, $"{path}.upsamplers.0.conv");
        }

        x = Convolved(network.Activated(x, "decoder.conv_norm_out"), "decoder.conv_out", Colours);
        return Functional.Model([input], [x], "autoencoder_kl_decoder");
    }
}
