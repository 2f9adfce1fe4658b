namespace DeepGpu.Models.Architectures;

/// <summary>DenseNet: each block's output is joined to its input.
/// Huang et al., 2016, layer by layer as Keras published its weights.</summary>
/// <param name="name">"densenet121", "densenet169" or "densenet201".</param>
/// <param name="blocks">Blocks in each of the four dense parts.</param>
/// <param name="growth">Channels that each block adds; the first convolution has twice as many.</param>
internal sealed class DenseNet(string name, int[] blocks, int growth = 32) : KerasNetwork(name)
{
    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var x = NormRelu(image.ZeroPadding2D(3).Conv2D(2 * growth, 7, strides: 2, useBias: false, name: "conv1_conv"), "conv1_");
        x = x.ZeroPadding2D(1).MaxPooling2D(3, strides: 2, name: "pool1");
        for (var part = 0; part < blocks.Length; part++)
        {
            if (part > 0) x = Transition(x, $"pool{part + 1}");
            for (var block = 1; block <= blocks[part]; block++) x = Block(x, $"conv{part + 2}_block{block}");
        }

        return NormRelu(x, "");
    }

    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation)
        => features.GlobalAveragePooling2D(name: "avg_pool").Dense(classes, activation, name: "fc1000");

    protected override SymbolicTensor WithoutTop(SymbolicTensor features, FeaturePooling? pooling)
        => Pooled(features, pooling, "avg_pool", "max_pool");

    private SymbolicTensor Block(SymbolicTensor input, string name)
    {
        var x = NormRelu(input, $"{name}_0_").Conv2D(4 * growth, 1, useBias: false, name: $"{name}_1_conv");
        x = NormRelu(x, $"{name}_1_").Conv2D(growth, 3, padding: Padding.Same, useBias: false, name: $"{name}_2_conv");
        return input.Apply(new Concatenate { Name = $"{name}_concat" }, x);
    }

    private static SymbolicTensor Transition(SymbolicTensor x, string name)
        => NormRelu(x, $"{name}_").Conv2D(Channels(x) / 2, 1, useBias: false, name: $"{name}_conv")
            .AveragePooling2D(2, strides: 2, name: $"{name}_pool");

    private static SymbolicTensor NormRelu(SymbolicTensor x, string prefix)
        => x.BatchNormalization(epsilon: 1.001e-5, name: $"{prefix}bn").Activate(Activation.Relu, name: $"{prefix}relu");
}
