using DeepGpu.Models;
using DeepGpu.Models.Architectures;

namespace DeepGpu.Forecasts;

/// <summary>SSD300 as NVIDIA publishes it: ResNet-50 to its third layer (with stride 1 there), five further levels, boxes of 81 classes.
/// Liu et al., 2015.</summary>
internal sealed class Ssd300() : TorchNetwork("ssd300_resnet50")
{
    private static readonly (int Narrow, int Wide, int Stride)[] Levels = [(256, 512, 2), (256, 512, 2), (128, 256, 2),
        (128, 256, 1), (128, 256, 1)];

    private static readonly int[] Boxes = [4, 6, 6, 6, 4, 4];

    protected override int Size => 300;

    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var x = MaxPoolHalved(NormRelu(Conv(image, "conv1", 64, 7, stride: 2), "stem"), "maxpool");
        foreach (var (layer, count) in new[] { (0, 3), (1, 4), (2, 6) })
        {
            for (var block = 0; block < count; block++)
                x = Block(x, $"layer{layer + 1}.{block}", 64 << layer, layer == 1 && block == 0 ? 2 : 1, block == 0);
        }

        return x;
    }

    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation)
    {
        List<SymbolicTensor> maps = [features];
        for (var i = 0; i < Levels.Length; i++) maps.Add(Level(maps[^1], $"level{i}", Levels[i]));
        List<SymbolicTensor> found = [.. maps.SelectMany((map, i) => new[] { (4, "box"), (81, "class") }
            .Select(head => Conv(map, $"{head.Item2}{i}", Boxes[i] * head.Item1, 3, useBias: true).Flatten()))];
        return found[0].Apply(new Concatenate { Name = "found" }, [.. found.Skip(1)]);
    }

    private SymbolicTensor Level(SymbolicTensor x, string path, (int Narrow, int Wide, int Stride) level)
    {
        x = NormRelu(Conv(x, $"{path}.0", level.Narrow, 1), $"{path}.0");
        return NormRelu(Conv(x, $"{path}.3", level.Wide, 3, level.Stride, padding: level.Stride > 1 ? 1 : 0), $"{path}.3");
    }

    private SymbolicTensor Block(SymbolicTensor input, string path, int planes, int stride, bool narrows)
    {
        var x = NormRelu(Conv(input, $"{path}.conv1", planes, 1), $"{path}.1");
        x = NormRelu(Conv(x, $"{path}.conv2", planes, 3, stride), $"{path}.2");
        x = Norm(Conv(x, $"{path}.conv3", 4 * planes, 1), $"{path}.bn3");
        var shortcut = narrows ? Norm(Conv(input, $"{path}.shortcut", 4 * planes, 1, stride), $"{path}.shortcut_bn") : input;
        return x.Apply(new Add { Name = $"{path}.add" }, shortcut).ReLU(name: $"{path}.relu");
    }

    private static SymbolicTensor NormRelu(SymbolicTensor x, string path) => Norm(x, $"{path}_bn").ReLU(name: $"{path}_relu");
}
