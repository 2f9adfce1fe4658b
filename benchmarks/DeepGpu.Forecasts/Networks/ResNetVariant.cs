using DeepGpu.Models;

namespace DeepGpu.Forecasts;

/// <summary>Relatives of ResNet that were measured and are no application: more blocks, squeeze and excitation, a deep first part,
/// averaged shortcuts.</summary>
internal sealed class ResNetVariant(string name, int[] blocks) : TorchNetwork(name)
{
    public bool IsBottleneck { get; init; } = true;

    public int Groups { get; init; } = 1;

    public int GroupWidth { get; init; } = 64;

    /// <summary>Whether each block's channels are weighed by what they hold. Hu et al., 2017.</summary>
    public bool Squeezes { get; init; }

    /// <summary>Whether three 3x3 convolutions take the place of the first 7x7. He et al., 2018.</summary>
    public bool HasDeepStem { get; init; }

    /// <summary>Whether shortcuts average before they narrow.</summary>
    public bool AveragesShortcuts { get; init; }

    private int Expansion => IsBottleneck ? 4 : 1;

    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var x = MaxPoolHalved(NormRelu(Stem(image), "stem"), "maxpool");
        for (var layer = 0; layer < blocks.Length; layer++)
        {
            for (var block = 0; block < blocks[layer]; block++)
            {
                var stride = layer > 0 && block == 0 ? 2 : 1;
                x = Block(x, $"layer{layer + 1}.{block}", 64 << layer, stride, block == 0 && (layer > 0 || IsBottleneck));
            }
        }

        return x;
    }

    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation)
        => Linear(features.GlobalAveragePooling2D(), "fc", classes, activation);

    private SymbolicTensor Stem(SymbolicTensor x)
    {
        if (!HasDeepStem) return Conv(x, "conv1", 64, 7, stride: 2);
        x = NormRelu(Conv(x, "conv1.0", 32, 3, stride: 2), "conv1.1");
        return Conv(NormRelu(Conv(x, "conv1.3", 32, 3), "conv1.4"), "conv1.6", 64, 3);
    }

    private SymbolicTensor Block(SymbolicTensor input, string path, int planes, int stride, bool narrows)
    {
        var x = IsBottleneck ? Bottleneck(input, path, planes, stride) : Basic(input, path, planes, stride);
        if (Squeezes) x = Squeezed(x, path, planes * Expansion);
        return x.Apply(new Add { Name = $"{path}.add" }, narrows ? Shortcut(input, path, planes * Expansion, stride) : input)
            .ReLU(name: $"{path}.relu");
    }

    private SymbolicTensor Shortcut(SymbolicTensor x, string path, int filters, int stride)
    {
        if (AveragesShortcuts && stride > 1) (x, stride) = (x.AveragePooling2D(2, strides: 2, name: $"{path}.average"), 1);
        return Norm(Conv(x, $"{path}.shortcut", filters, 1, stride), $"{path}.shortcut_bn");
    }

    private SymbolicTensor Basic(SymbolicTensor x, string path, int planes, int stride)
        => Norm(Conv(NormRelu(Conv(x, $"{path}.conv1", planes, 3, stride), $"{path}.1"), $"{path}.conv2", planes, 3), $"{path}.bn2");

    private SymbolicTensor Bottleneck(SymbolicTensor x, string path, int planes, int stride)
    {
        var width = planes * GroupWidth / 64 * Groups;
        x = NormRelu(Conv(x, $"{path}.conv1", width, 1), $"{path}.1");
        x = NormRelu(Conv(x, $"{path}.conv2", width, 3, stride, groups: Groups), $"{path}.2");
        return Norm(Conv(x, $"{path}.conv3", planes * Expansion, 1), $"{path}.bn3");
    }

    private static SymbolicTensor Squeezed(SymbolicTensor x, string path, int channels)
    {
        var scale = x.GlobalAveragePooling2D(keepDims: true, name: $"{path}.mean")
            .Conv2D(channels / 16, 1, Activation.Relu, name: $"{path}.squeeze")
            .Conv2D(channels, 1, Activation.Sigmoid, name: $"{path}.excite");
        return x.Apply(new Multiply { Name = $"{path}.scale" }, scale);
    }

    private static SymbolicTensor NormRelu(SymbolicTensor x, string path) => Norm(x, $"{path}_bn").ReLU(name: $"{path}_relu");
}
