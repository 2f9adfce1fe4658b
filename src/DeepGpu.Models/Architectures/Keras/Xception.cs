namespace DeepGpu.Models.Architectures;

/// <summary>Xception: separable convolutions with shortcuts. Chollet, 2016, as Keras has it.</summary>
internal sealed class Xception() : KerasNetwork("xception")
{
    protected override int Size => 299;

    protected override int SmallestSize => 71;

    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var x = NormRelu(image.Conv2D(32, 3, strides: 2, useBias: false, name: "block1_conv1"), "block1_conv1");
        x = NormRelu(x.Conv2D(64, 3, useBias: false, name: "block1_conv2"), "block1_conv2");
        foreach (var (block, filters) in new[] { (2, 128), (3, 256), (4, 728) }) x = Halved(x, block, filters, filters);
        for (var block = 5; block <= 12; block++) x = Middle(x, block);
        x = Halved(x, 13, 728, 1024);
        x = NormRelu(Separable(x, 1536, "block14_sepconv1"), "block14_sepconv1");
        return NormRelu(Separable(x, 2048, "block14_sepconv2"), "block14_sepconv2");
    }

    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation)
        => AveragedTop(features, classes, activation);

    /// <summary>Two separable convolutions and a pooling beside a strided shortcut; block 2's input is already active.</summary>
    private static SymbolicTensor Halved(SymbolicTensor input, int block, int inner, int filters)
    {
        var name = $"block{block}_sepconv";
        var shortcut = input.Conv2D(filters, 1, strides: 2, padding: Padding.Same, useBias: false).BatchNormalization();
        var x = block == 2 ? input : input.Activate(Activation.Relu, name: $"{name}1_act");
        x = Norm(Separable(x, inner, $"{name}1"), $"{name}1").Activate(Activation.Relu, name: $"{name}2_act");
        x = Norm(Separable(x, filters, $"{name}2"), $"{name}2");
        return x.MaxPooling2D(3, strides: 2, padding: Padding.Same, name: $"block{block}_pool").Add(shortcut);
    }

    private static SymbolicTensor Middle(SymbolicTensor input, int block)
    {
        var x = input;
        for (var i = 1; i <= 3; i++)
        {
            var name = $"block{block}_sepconv{i}";
            x = Norm(Separable(x.Activate(Activation.Relu, name: $"{name}_act"), 728, name), name);
        }

        return x.Add(input);
    }

    private static SymbolicTensor Separable(SymbolicTensor x, int filters, string name)
        => x.SeparableConv2D(filters, 3, padding: Padding.Same, useBias: false, name: name);

    private static SymbolicTensor Norm(SymbolicTensor x, string name) => x.BatchNormalization(name: $"{name}_bn");

    private static SymbolicTensor NormRelu(SymbolicTensor x, string name) => Norm(x, name).Activate(Activation.Relu, name: $"{name}_act");
}
