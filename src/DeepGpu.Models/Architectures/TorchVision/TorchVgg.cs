namespace DeepGpu.Models.Architectures;

/// <summary>VGG as torchvision has it: with dropout, and in a variant with batch normalisation. Simonyan and Zisserman, 2014.</summary>
/// <param name="name">"vgg11" to "vgg19_bn".</param>
/// <param name="convolutions">Convolutions in each of the five blocks.</param>
/// <param name="hasNorm">Whether batch normalisation follows each convolution.</param>
internal sealed class TorchVgg(string name, int[] convolutions, bool hasNorm) : TorchNetwork(name)
{
    private static readonly int[] Filters = [64, 128, 256, 512, 512];
    private static readonly Initializer DenseStart = new RandomNormal(0, 0.01);

    protected override int SmallestSize => 32;

    protected override Initializer KernelStart => KaimingFanOut;

    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var (x, number) = (image, 0);
        string Next() => $"features.{number++}";
        for (var block = 0; block < convolutions.Length; block++)
        {
            for (var i = 0; i < convolutions[block]; i++)
            {
                x = Conv(x, Next(), Filters[block], 3, useBias: true);
                if (hasNorm) x = Norm(x, Next());
                x = x.ReLU(name: Next());
            }

            x = x.MaxPooling2D(2, name: Next());
        }

        return x;
    }

    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation)
    {
        var x = Flattened(features.AdaptiveAveragePooling2D(7, name: "avgpool"));
        x = Linear(x, "classifier.0", 4096, Activation.Relu, DenseStart).Dropout(0.5, name: "classifier.2");
        x = Linear(x, "classifier.3", 4096, Activation.Relu, DenseStart).Dropout(0.5, name: "classifier.5");
        return Linear(x, "classifier.6", classes, activation, DenseStart);
    }
}
