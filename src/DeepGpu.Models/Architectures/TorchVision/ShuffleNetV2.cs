namespace DeepGpu.Models.Architectures;

/// <summary>ShuffleNetV2: half of the channels pass by each block, then halves are shuffled.
/// Ma et al., 2018, as torchvision has it.</summary>
/// <param name="name">"shufflenet_v2_x0_5" to "shufflenet_v2_x2_0".</param>
/// <param name="widths">Channels of the three stages, then of the last convolution.</param>
/// <param name="isForSmallImages">Whether images of about 32 x 32 keep their size up to the first stage.</param>
internal sealed class ShuffleNetV2(string name, int[] widths, bool isForSmallImages = false) : TorchNetwork(name)
{
    private static readonly int[] Repeats = [4, 8, 4];

    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var x = NormRelu(Conv(image, "conv1.0", 24, 3, stride: isForSmallImages ? 1 : 2), "conv1", 1);
        if (!isForSmallImages) x = MaxPoolHalved(x, "maxpool");
        for (var stage = 0; stage < Repeats.Length; stage++)
        {
            x = Halved(x, $"stage{stage + 2}.0", widths[stage] / 2);
            for (var i = 1; i < Repeats[stage]; i++) x = Block(x, $"stage{stage + 2}.{i}", widths[stage] / 2);
        }

        return NormRelu(Conv(x, "conv5.0", widths[^1], 1), "conv5", 1);
    }

    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation)
        => Linear(features.GlobalAveragePooling2D(), "fc", classes, activation);

    private SymbolicTensor Halved(SymbolicTensor x, string path, int half)
    {
        var left = Norm(Depthwise(x, $"{path}.branch1.0", 3, stride: 2), $"{path}.branch1.1");
        left = NormRelu(Conv(left, $"{path}.branch1.2", half, 1), $"{path}.branch1", 3);
        return Shuffled(left, Branch(x, $"{path}.branch2", half, stride: 2), path, half);
    }

    private SymbolicTensor Block(SymbolicTensor x, string path, int half)
        => Shuffled(Half(x, (0, half), $"{path}.left"),
            Branch(Half(x, (half, 0), $"{path}.right"), $"{path}.branch2", half, stride: 1), path, half);

    private SymbolicTensor Branch(SymbolicTensor x, string path, int half, int stride)
    {
        x = NormRelu(Conv(x, $"{path}.0", half, 1), path, 1);
        x = Norm(Depthwise(x, $"{path}.3", 3, stride), $"{path}.4");
        return NormRelu(Conv(x, $"{path}.5", half, 1), path, 6);
    }

    /// <summary>Cuts channels off: with the second axis taken for the channels, cropping works on the last two.</summary>
    private static SymbolicTensor Half(SymbolicTensor x, (int Before, int After) cut, string name)
        => x.Apply(new Cropping2D(((0, 0), cut)) { Name = name, DataFormat = DataFormat.ChannelsFirst });

    /// <summary>Both halves joined, then their channels taken by turns.</summary>
    private static SymbolicTensor Shuffled(SymbolicTensor left, SymbolicTensor right, string path, int half)
    {
        var x = left.Apply(new Concatenate { Name = $"{path}.concat" }, right);
        var (height, width) = (x.Shape?[1] ?? -1, x.Shape?[2] ?? throw OpenWidth());
        x = x.Apply(new Reshape(-1, 2, half) { Name = $"{path}.split" }).Apply(new Permute(1, 3, 2) { Name = $"{path}.shuffle" });
        return x.Apply(new Reshape(height, width, 2 * half) { Name = $"{path}.merge" });
    }

    private static SymbolicTensor NormRelu(SymbolicTensor x, string path, int number)
        => Norm(x, $"{path}.{number}").ReLU(name: $"{path}.{number + 1}");

    private static DeepGpuArgumentException OpenWidth()
        => Require.OutOfRange(nameof(ShuffleNetV2), nameof(ApplicationOptions.InputShape), "of a known width", "open");
}
