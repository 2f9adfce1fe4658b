namespace DeepGpu.Models.Architectures;

/// <summary>ResNet as Keras has it: convolutions with biases, the stride in a block's first 1x1 convolution. He et al., 2015.</summary>
/// <param name="name">"resnet50", "resnet101" or "resnet152".</param>
/// <param name="blocks">Blocks in each of the four stacks.</param>
internal sealed class ResNet(string name, int[] blocks) : ResNetBase(name)
{
    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var x = Norm(image.ZeroPadding2D(3, name: "conv1_pad").Conv2D(64, 7, strides: 2, name: "conv1_conv"), "conv1")
            .Activate(Activation.Relu, name: "conv1_relu");
        x = x.ZeroPadding2D(1, name: "pool1_pad").MaxPooling2D(3, strides: 2, name: "pool1_pool");
        return Enumerable.Range(0, blocks.Length).Aggregate(x, Stack);
    }

    private SymbolicTensor Stack(SymbolicTensor x, int stack)
    {
        for (var block = 1; block <= blocks[stack]; block++)
        {
            x = Block(x, 64 << stack, stride: stack > 0 && block == 1 ? 2 : 1, isFirst: block == 1, $"conv{stack + 2}_block{block}");
        }

        return x;
    }

    private static SymbolicTensor Block(SymbolicTensor input, int filters, int stride, bool isFirst, string name)
    {
        var shortcut = isFirst ? Norm(input.Conv2D(4 * filters, 1, strides: stride, name: $"{name}_0_conv"), $"{name}_0") : input;
        var x = Norm(input.Conv2D(filters, 1, strides: stride, name: $"{name}_1_conv"), $"{name}_1")
            .Activate(Activation.Relu, name: $"{name}_1_relu");
        x = Norm(x.Conv2D(filters, 3, padding: Padding.Same, name: $"{name}_2_conv"), $"{name}_2")
            .Activate(Activation.Relu, name: $"{name}_2_relu");
        x = Norm(x.Conv2D(4 * filters, 1, name: $"{name}_3_conv"), $"{name}_3");
        return shortcut.Apply(new Add { Name = $"{name}_add" }, x).Activate(Activation.Relu, name: $"{name}_out");
    }
}

/// <summary>What both versions of ResNet have in common in Keras.</summary>
internal abstract class ResNetBase(string name) : KerasNetwork(name)
{
    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation)
        => AveragedTop(features, classes, activation);

    protected override SymbolicTensor WithoutTop(SymbolicTensor features, FeaturePooling? pooling)
        => Pooled(features, pooling, "avg_pool", "max_pool");

    protected static SymbolicTensor Norm(SymbolicTensor x, string name) => x.BatchNormalization(epsilon: 1.001e-5, name: $"{name}_bn");
}
