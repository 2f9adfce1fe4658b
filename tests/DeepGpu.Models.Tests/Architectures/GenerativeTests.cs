namespace DeepGpu.Models.Tests.Applications;

/// <summary>Networks that make pictures, against the counts of the published files.</summary>
public class GenerativeTests
{
    /// <summary>google/ddpm-cifar10-32; the U-Net of Stable Diffusion 1.5; the VAE of Stable Diffusion 1 (83,653,863 in both
    /// halves); PyTorch's DCGAN example.</summary>
    public static TheoryData<string, long> Counts => new()
    {
        { "ddpm_unet", 35_746_307 },
        { "stable_diffusion_unet", 859_520_964 },
        { "autoencoder_kl_encoder", 34_163_664 },
        { "autoencoder_kl_decoder", 49_490_199 },
        { "dcgan_generator", 3_576_704 },
        { "dcgan_discriminator", 2_765_568 },
    };

    private static IReadOnlyList<ModelSpec> All => [Generative.DiffusionUNet(), Generative.StableDiffusionUNet(),
        Generative.AutoencoderKLEncoder(),
        Generative.AutoencoderKLDecoder(), Generative.DcganGenerator(), Generative.DcganDiscriminator()];

    [Theory]
    [MemberData(nameof(Counts))]
    public void A_network_has_the_weights_of_its_published_file(string name, long count)
    {
        var spec = All.Single(spec => spec.Name == name);
        spec.TrainableParameterCount.Should().Be(count);
        spec.FlopsPerSample().Should().BePositive();
        ModelSpec.FromJson(spec.ToJson()).Summary().Should().Be(spec.Summary());
    }

    [Fact]
    public void Pictures_have_the_sizes_that_are_asked_for()
    {
        var unet = Generative.DiffusionUNet(size: 24, channels: 1, width: 32);
        unet.Inputs.Select(input => input.OutputShapes[0]).Should().Equal(new Shape(null, 24, 24, 1), new Shape(null, 1));
        unet.OutputShape.Should().Be(new Shape(null, 24, 24, 1));
        var latents = Generative.StableDiffusionUNet(size: 128, width: 32, heads: 2, tokens: 3, tokenWidth: 5);
        latents.Inputs.Select(input => input.OutputShapes[0]).Should().Equal(new Shape(null, 16, 16, 4), new Shape(null, 1),
            new Shape(null, 3, 5));
        latents.OutputShape.Should().Be(new Shape(null, 16, 16, 4));
        Generative.AutoencoderKLEncoder(72).OutputShape.Should().Be(new Shape(null, 9, 9, 8));
        Generative.AutoencoderKLDecoder(72).InputShape.Should().Be(new Shape(null, 9, 9, 4));
        Generative.AutoencoderKLDecoder(72).OutputShape.Should().Be(new Shape(null, 72, 72, 3));
        Generative.DcganGenerator(noise: 7, channels: 1, width: 3).OutputShape.Should().Be(new Shape(null, 64, 64, 1));
        Generative.DcganDiscriminator(channels: 2, width: 5).OutputShape.Should().Be(new Shape(null, 1));
        Generative.DiffusionUNet().Layers.Select(layer => layer.Name).Should().Contain("down_blocks.1.attentions.1.to_out.0",
            "up_blocks.2.attentions.2.to_q", "up_blocks.3.resnets.2.conv_shortcut", "mid_block.resnets.1.time_emb_proj");
    }

    [Fact]
    public void Sizes_that_do_not_halve_are_refused()
    {
        FluentActions.Invoking(() => Generative.DiffusionUNet(size: 28)).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("DiffusionUNet: size must be a multiple of 8, at least 8, but is 28. *");
        FluentActions.Invoking(() => Generative.StableDiffusionUNet(heads: 7)).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("StableDiffusionUNet: heads must be a divisor of the width 320, but is 7. *");
        FluentActions.Invoking(() => Generative.StableDiffusionUNet(size: 96)).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => Generative.AutoencoderKLEncoder(0)).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => Generative.DcganGenerator(width: 0)).Should().Throw<DeepGpuArgumentException>();
    }
}
