using DeepGpu.Models.Architectures;

namespace DeepGpu.Models;

/// <summary>Networks that make pictures, and their counterparts: the U-Nets of diffusion, both halves of a variational autoencoder, and
/// both players of an adversarial game.</summary>
/// <remarks>Pictures are (batch, height, width, channels). Layers are named by the modules of the published files: diffusers' for the
/// U-Nets and the autoencoder, of PyTorch's example for DCGAN.</remarks>
public static class Generative
{
    /// <summary>The U-Net that tells the noise in a picture: diffusers' UNet2DModel as google/ddpm-cifar10-32 has it. Ho et al., 2020,
    /// https://arxiv.org/abs/2006.11239.</summary>
    /// <remarks>Inputs: sample (batch, size, size, channels) and timestep (batch, 1); output: the noise, as the sample. Attention on the
    /// second level and in the middle.</remarks>
    /// <param name="size">Height and width, a multiple of 8. Default 32.</param>
    /// <param name="channels">Channels of a picture, at least 1. Default 3.</param>
    /// <param name="width">Features of the first level, a multiple of 32; the three others have twice as many. Default 128.</param>
    /// <exception cref="DeepGpuArgumentException">A number is none of these.</exception>
    public static ModelSpec DiffusionUNet(int size = 32, int channels = 3, int width = 128)
    {
        Multiple(size, 8, nameof(DiffusionUNet), nameof(size));
        Multiple(width, 32, nameof(DiffusionUNet), nameof(width));
        return UNet.OfPictures(size, Require.AtLeast(channels, 1, nameof(DiffusionUNet), nameof(channels)), width);
    }

    /// <summary>The U-Net of Stable Diffusion 1: diffusers' UNet2DConditionModel. Rombach et al., 2022,
    /// https://arxiv.org/abs/2112.10752.</summary>
    /// <remarks>Inputs: sample (batch, size / 8, size / 8, 4), what <see cref="AutoencoderKLEncoder"/> makes of a picture; timestep (batch,
    /// 1); encoder_hidden_states (batch, tokens, token features), a text. Output: the noise, as the sample.</remarks>
    /// <param name="size">Height and width of the picture, a multiple of 64. Default 512.</param>
    /// <param name="width">Features of the first level, a multiple of 32; the others have two, four and four times as many. Default
    /// 320.</param>
    /// <param name="heads">Heads of attention, a divisor of the width. Default 8.</param>
    /// <param name="tokens">Tokens of a text, at least 1. Default 77.</param>
    /// <param name="tokenWidth">Features of a token, at least 1. Default 768.</param>
    /// <exception cref="DeepGpuArgumentException">A number is none of these.</exception>
    public static ModelSpec StableDiffusionUNet(int size = 512, int width = 320, int heads = 8, int tokens = 77, int tokenWidth = 768)
    {
        Multiple(size, 64, nameof(StableDiffusionUNet), nameof(size));
        Multiple(width, 32, nameof(StableDiffusionUNet), nameof(width));
        if (Require.AtLeast(heads, 1, nameof(StableDiffusionUNet), nameof(heads)) is var count && width % count != 0)
            throw Require.OutOfRange(nameof(StableDiffusionUNet), nameof(heads), $"a divisor of the width {width}", heads);
        return UNet.OfTexts(size, width, heads, Require.AtLeast(tokens, 1, nameof(StableDiffusionUNet), nameof(tokens)),
            Require.AtLeast(tokenWidth, 1, nameof(StableDiffusionUNet), nameof(tokenWidth)));
    }

    /// <summary>The half of Stable Diffusion's autoencoder that makes pictures small: mean and logarithm of the variance of each place.
    /// Rombach et al., 2022, https://arxiv.org/abs/2112.10752; Kingma and Welling, 2014, https://arxiv.org/abs/1312.6114.</summary>
    /// <remarks>Input (batch, size, size, 3) from -1 to 1; output (batch, size / 8, size / 8, 8): 4 means, 4 logarithms.</remarks>
    /// <param name="size">Height and width, a multiple of 8. Default 512.</param>
    /// <exception cref="DeepGpuArgumentException">The size is none of these.</exception>
    public static ModelSpec AutoencoderKLEncoder(int size = 512)
        => Autoencoder.Encoder(Multiple(size, 8, nameof(AutoencoderKLEncoder), nameof(size)));

    /// <summary>The half of Stable Diffusion's autoencoder that makes pictures of what is small.</summary>
    /// <remarks>Input (batch, size / 8, size / 8, 4); output (batch, size, size, 3) from -1 to 1.</remarks>
    /// <param name="size">Height and width of the picture, a multiple of 8. Default 512.</param>
    /// <exception cref="DeepGpuArgumentException">The size is none of these.</exception>
    public static ModelSpec AutoencoderKLDecoder(int size = 512)
        => Autoencoder.Decoder(Multiple(size, 8, nameof(AutoencoderKLDecoder), nameof(size)));

    /// <summary>DCGAN's generator: a picture of noise, by transposed convolutions. Radford et al., 2016,
    /// https://arxiv.org/abs/1511.06434.</summary>
    /// <remarks>Input (batch, noise); output (batch, 64, 64, channels) from -1 to 1.</remarks>
    /// <param name="noise">Random numbers of a picture, at least 1. Default 100.</param>
    /// <param name="channels">Channels of a picture, at least 1. Default 3.</param>
    /// <param name="width">Features before the last layer, at least 1; each one before has twice as many. Default 64.</param>
    /// <exception cref="DeepGpuArgumentException">A number is below 1.</exception>
    public static ModelSpec DcganGenerator(int noise = 100, int channels = 3, int width = 64)
    {
        Require.AtLeast(noise, 1, nameof(DcganGenerator), nameof(noise));
        Require.AtLeast(channels, 1, nameof(DcganGenerator), nameof(channels));
        Require.AtLeast(width, 1, nameof(DcganGenerator), nameof(width));
        return Dcgan.Generator(noise, channels, width);
    }

    /// <summary>DCGAN's discriminator: whether a picture is a real one.</summary>
    /// <remarks>Input (batch, 64, 64, channels); output (batch, 1), a probability.</remarks>
    /// <param name="channels">Channels of a picture, at least 1. Default 3.</param>
    /// <param name="width">Features after the first layer, at least 1; each further one has twice as many. Default 64.</param>
    /// <exception cref="DeepGpuArgumentException">A number is below 1.</exception>
    public static ModelSpec DcganDiscriminator(int channels = 3, int width = 64)
    {
        Require.AtLeast(channels, 1, nameof(DcganDiscriminator), nameof(channels));
        return Dcgan.Discriminator(channels, Require.AtLeast(width, 1, nameof(DcganDiscriminator), nameof(width)));
    }

    private static int Multiple(int value, int of, string owner, string name) => value >= of && value % of == 0 ? value
        : throw Require.OutOfRange(owner, name, $"a multiple of {of}, at least {of}", value);
}
