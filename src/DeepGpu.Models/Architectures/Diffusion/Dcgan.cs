using static DeepGpu.Models.Architectures.DiffusionNetwork;

namespace DeepGpu.Models.Architectures;

/// <summary>The networks of Radford et al., 2016, with the modules' numbers of PyTorch's example: pictures of 64x64.</summary>
internal static class Dcgan
{
    private const double Epsilon = 1e-5, Slope = 0.2;

    private static readonly Initializer Start = new RandomNormal(0, 0.02);

    public static ModelSpec Generator(int noise, int channels, int width)
    {
        var input = Functional.Input(noise);
        var x = Wider(input.Reshape(1, 1, noise), "main.0", 8 * width, stride: 1, Padding.Valid);
        for (var layer = 0; layer < 3; layer++)
            x = Wider(Normed(x, 3 * layer + 1).ReLU(), At("main", 3 * layer + 3), (4 * width) >> layer, stride: 2, Padding.Same);
        x = Wider(Normed(x, 10).ReLU(), "main.12", channels, stride: 2, Padding.Same);
        return Functional.Model([input], [x.Activate(Activation.Tanh)], "dcgan_generator");
    }

    public static ModelSpec Discriminator(int channels, int width)
    {
        var input = Functional.Input(64, 64, channels);
        var x = Narrower(input, "main.0", width, stride: 2).LeakyReLU(Slope);
        for (var layer = 0; layer < 3; layer++)
            x = Normed(Narrower(x, At("main", 3 * layer + 2), (2 * width) << layer, stride: 2), 3 * layer + 3).LeakyReLU(Slope);
        x = Narrower(x, "main.11", 1, stride: 1).Reshape(1).Activate(Activation.Sigmoid);
        return Functional.Model([input], [x], "dcgan_discriminator");
    }

    private static SymbolicTensor Wider(SymbolicTensor x, string name, int filters, int stride, Padding padding)
        => x.Apply(new Conv2DTranspose(filters, 4)
        {
            Name = name,
            Strides = stride,
            Padding = padding,
            UseBias = false,
            KernelInitializer = Start,
        });

    /// <summary>Padded by one where it halves.</summary>
    private static SymbolicTensor Narrower(SymbolicTensor x, string name, int filters, int stride)
        => (stride == 1 ? x : x.ZeroPadding2D(1)).Apply(new Conv2D(filters, 4)
        {
            Name = name,
            Strides = stride,
            UseBias = false,
            KernelInitializer = Start,
        });

    private static SymbolicTensor Normed(SymbolicTensor x, int number)
        => x.BatchNormalization(epsilon: Epsilon, momentum: 0.9, name: At("main", number));
}
