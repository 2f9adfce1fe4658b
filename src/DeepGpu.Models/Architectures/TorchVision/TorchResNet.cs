namespace DeepGpu.Models.Architectures;

/// <summary>ResNet as torchvision has it (v1.5: the stride is in a bottleneck's 3x3 convolution), ResNeXt and wide ResNet. He et al., 2015;
/// Xie et al., 2016; Zagoruyko and Komodakis, 2016.</summary>
/// <param name="name">The model's name.</param>
/// <param name="blocks">Blocks in each of the four layers.</param>
/// <param name="isBottleneck">Whether a block is 1x1, 3x3, 1x1 rather than two 3x3.</param>
/// <param name="groups">Groups of the 3x3 convolutions.</param>
/// <param name="groupWidth">Channels of each group in the first layer.</param>
internal sealed class TorchResNet(string name, int[] blocks, bool isBottleneck, int groups = 1, int groupWidth = 64) : TorchNetwork(name)
{
    private int Expansion => isBottleneck ? 4 : 1;

    protected override Initializer KernelStart => KaimingFanOut;

    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var x = Norm(Conv(image, "conv1", 64, 7, stride: 2), "bn1").ReLU(name: "relu");
        x = MaxPoolHalved(x, "maxpool");
        for (var layer = 0; layer < blocks.Length; layer++)
        {
            for (var block = 0; block < blocks[layer]; block++)
            {
                var (stride, isNarrower) = (layer > 0 && block == 0 ? 2 : 1, block == 0 && (layer > 0 || isBottleneck));
                x = Block(x, $"layer{layer + 1}.{block}", 64 << layer, stride, isNarrower);
            }
        }

        return x;
    }

    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation)
        => Linear(features.GlobalAveragePooling2D(name: "avgpool"), "fc", classes, activation);

    private SymbolicTensor Block(SymbolicTensor input, string path, int planes, int stride, bool isNarrower)
    {
        var x = isBottleneck ? Bottleneck(input, path, planes, stride) : Basic(input, path, planes, stride);
        var shortcut = isNarrower
            ? Norm(Conv(input, $"{path}.downsample.0", planes * Expansion, 1, stride), $"{path}.downsample.1")
            : input;
        return x.Apply(new Add { Name = $"{path}.add" }, shortcut).ReLU(name: $"{path}.relu");
    }

    private SymbolicTensor Basic(SymbolicTensor input, string path, int planes, int stride)
    {
        var x = Norm(Conv(input, $"{path}.conv1", planes, 3, stride), $"{path}.bn1").ReLU(name: $"{path}.relu1");
        return Norm(Conv(x, $"{path}.conv2", planes, 3), $"{path}.bn2");
    }

    private SymbolicTensor Bottleneck(SymbolicTensor input, string path, int planes, int stride)
    {
        var width = planes * groupWidth / 64 * groups;
        var x = Norm(Conv(input, $"{path}.conv1", width, 1), $"{path}.bn1").ReLU(name: $"{path}.relu1");
        x = Norm(Conv(x, $"{path}.conv2", width, 3, stride, groups: groups), $"{path}.bn2").ReLU(name: $"{path}.relu2");
        return Norm(Conv(x, $"{path}.conv3", planes * Expansion, 1), $"{path}.bn3");
    }
}
