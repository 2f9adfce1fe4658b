namespace DeepGpu.Models.Architectures;

/// <summary>GoogLeNet (Inception v1) with batch normalisation and without auxiliary heads.
/// Szegedy et al., 2014, as torchvision has it.</summary>
internal sealed class GoogLeNet() : TorchNetwork("googlenet")
{
    private static readonly (string Name, int[] Filters)[] Modules =
    [
        ("3a", [64, 96, 128, 16, 32, 32]), ("3b", [128, 128, 192, 32, 96, 64]), ("maxpool3", []),
        ("4a", [192, 96, 208, 16, 48, 64]), ("4b", [160, 112, 224, 24, 64, 64]), ("4c", [128, 128, 256, 24, 64, 64]),
        ("4d", [112, 144, 288, 32, 64, 64]), ("4e", [256, 160, 320, 32, 128, 128]), ("maxpool4", []),
        ("5a", [256, 160, 320, 32, 128, 128]), ("5b", [384, 192, 384, 48, 128, 128]),
    ];

    protected override int SmallestSize => 15;

    protected override Initializer KernelStart => new TruncatedNormal(0, 0.01);

    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var x = Pooled(Basic(image, "conv1", 64, 7, stride: 2), "maxpool1", 3);
        x = Pooled(Basic(Basic(x, "conv2", 64, 1), "conv3", 192, 3), "maxpool2", 3);
        foreach (var (name, filters) in Modules)
        {
            x = filters.Length > 0 ? Inception(x, $"inception{name}", filters) : Pooled(x, name, name == "maxpool4" ? 2 : 3);
        }

        return x;
    }

    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation)
        => Linear(features.GlobalAveragePooling2D(name: "avgpool").Dropout(0.2, name: "dropout"), "fc", classes, activation, KernelStart);

    /// <summary>Four branches side by side. The third has a 3x3 kernel where the paper has 5x5, as in the published weights.</summary>
    private SymbolicTensor Inception(SymbolicTensor x, string path, int[] filters)
    {
        var one = Basic(x, $"{path}.branch1", filters[0], 1);
        var two = Basic(Basic(x, $"{path}.branch2.0", filters[1], 1), $"{path}.branch2.1", filters[2], 3);
        var three = Basic(Basic(x, $"{path}.branch3.0", filters[3], 1), $"{path}.branch3.1", filters[4], 3);
        var four = Basic(x.MaxPooling2D(3, strides: 1, padding: Padding.Same, name: $"{path}.branch4.0"),
            $"{path}.branch4.1", filters[5], 1);
        return one.Apply(new Concatenate { Name = $"{path}.concat" }, two, three, four);
    }

    private SymbolicTensor Basic(SymbolicTensor x, string path, int filters, int kernel, int stride = 1)
        => Norm(Conv(x, $"{path}.conv", filters, kernel, stride), $"{path}.bn", epsilon: 0.001).ReLU(name: $"{path}.relu");

    private static SymbolicTensor Pooled(SymbolicTensor x, string path, int size)
        => x.MaxPooling2D(size, strides: 2, ceilMode: true, name: path);
}
