namespace DeepGpu.Models.Architectures;

/// <summary>ResNet with normalisation and activation before each convolution; the stride is in a stack's last block.
/// He et al., 2016, as Keras has it.</summary>
/// <param name="name">"resnet50v2", "resnet101v2" or "resnet152v2".</param>
/// <param name="blocks">Blocks in each of the four stacks.</param>
internal sealed class ResNetV2(string name, int[] blocks) : ResNetBase(name)
{
    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var x = image.ZeroPadding2D(3, name: "conv1_pad").Conv2D(64, 7, strides: 2, name: "conv1_conv");
        x = x.ZeroPadding2D(1, name: "pool1_pad").MaxPooling2D(3, strides: 2, name: "pool1_pool");
        x = Enumerable.Range(0, blocks.Length).Aggregate(x, Stack);
        return Norm(x, "post").Activate(Activation.Relu, name: "post_relu");
    }

    private SymbolicTensor Stack(SymbolicTensor x, int stack)
    {
        for (var block = 1; block <= blocks[stack]; block++)
        {
            var stride = stack < blocks.Length - 1 && block == blocks[stack] ? 2 : 1;
            x = Block(x, 64 << stack, stride, isFirst: block == 1, $"conv{stack + 2}_block{block}");
        }

        return x;
    }

    private static SymbolicTensor Block(SymbolicTensor input, int filters, int stride, bool isFirst, string name)
    {
        var active = Norm(input, $"{name}_preact").Activate(Activation.Relu, name: $"{name}_preact_relu");
        var shortcut = isFirst ? active.Conv2D(4 * filters, 1, strides: stride, name: $"{name}_0_conv")
            : stride > 1 ? input.MaxPooling2D(1, strides: stride) : input;
        var x = Norm(active.Conv2D(filters, 1, useBias: false, name: $"{name}_1_conv"), $"{name}_1")
            .Activate(Activation.Relu, name: $"{name}_1_relu");
        x = x.ZeroPadding2D(1, name: $"{name}_2_pad").Conv2D(filters, 3, strides: stride, useBias: false, name: $"{name}_2_conv");
        x = Norm(x, $"{name}_2").Activate(Activation.Relu, name: $"{name}_2_relu");
        return shortcut.Apply(new Add { Name = $"{name}_out" }, x.Conv2D(4 * filters, 1, name: $"{name}_3_conv"));
    }
}
