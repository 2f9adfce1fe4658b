namespace DeepGpu.Models.Architectures;

/// <summary>VGG: blocks of 3x3 convolutions, each block ended by a pooling. Simonyan and Zisserman, 2014, as Keras has it.</summary>
/// <param name="name">"vgg16" or "vgg19".</param>
/// <param name="convolutions">Convolutions in each of the five blocks.</param>
internal sealed class Vgg(string name, int[] convolutions) : KerasNetwork(name)
{
    private static readonly int[] Filters = [64, 128, 256, 512, 512];

    protected override SymbolicTensor Features(SymbolicTensor image)
        => Enumerable.Range(0, convolutions.Length).Aggregate(image, Block);

    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation) => features
        .Flatten(name: "flatten")
        .Dense(4096, Activation.Relu, name: "fc1")
        .Dense(4096, Activation.Relu, name: "fc2")
        .Dense(classes, activation, name: "predictions");

    private SymbolicTensor Block(SymbolicTensor x, int block)
    {
        for (var i = 1; i <= convolutions[block]; i++)
        {
            x = x.Conv2D(Filters[block], 3, Activation.Relu, padding: Padding.Same, name: $"block{block + 1}_conv{i}");
        }

        return x.MaxPooling2D(2, strides: 2, name: $"block{block + 1}_pool");
    }
}
