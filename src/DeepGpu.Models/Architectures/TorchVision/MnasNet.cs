namespace DeepGpu.Models.Architectures;

/// <summary>MNASNet (B1): inverted residual blocks found by search. Tan et al., 2018, as torchvision has it.</summary>
/// <param name="name">"mnasnet0_5" to "mnasnet1_3".</param>
/// <param name="alpha">The factor of every number of channels but the last.</param>
internal sealed class MnasNet(string name, double alpha) : TorchNetwork(name)
{
    private const double Momentum = 0.9997;

    private static readonly (int Filters, int Kernel, int Stride, int Expansion, int Repeats)[] Stacks =
        [(24, 3, 2, 3, 3), (40, 5, 2, 3, 3), (80, 5, 2, 6, 3), (96, 3, 1, 6, 2), (192, 5, 2, 6, 4), (320, 3, 1, 6, 1)];

    protected override Initializer KernelStart => KaimingFanOut;

    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var x = NormRelu(Conv(image, "layers.0", Scaled(32), 3, stride: 2), "layers", 1);
        x = NormRelu(Depthwise(x, "layers.3", 3, stride: 1), "layers", 4);
        x = Norm(Conv(x, "layers.6", Scaled(16), 1), "layers.7", momentum: Momentum);
        var filters = Scaled(16);
        for (var stack = 0; stack < Stacks.Length; stack++) x = Stack(x, Stacks[stack], $"layers.{8 + stack}", ref filters);
        return NormRelu(Conv(x, "layers.14", 1280, 1), "layers", 15);
    }

    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation)
        => Linear(features.GlobalAveragePooling2D().Dropout(0.2, name: "classifier.0"), "classifier.1", classes, activation,
            new VarianceScaling(1, FanMode.FanOut, VarianceDistribution.Uniform));

    private SymbolicTensor Stack(SymbolicTensor x,
        (int Filters, int Kernel, int Stride, int Expansion, int Repeats) stack, string path, ref int filters)
    {
        for (var i = 0; i < stack.Repeats; i++)
        {
            var block = Block(x, $"{path}.{i}.layers", filters * stack.Expansion, Scaled(stack.Filters),
                stack.Kernel, i == 0 ? stack.Stride : 1);
            x = i == 0 ? block : block.Apply(new Add { Name = $"{path}.{i}.add" }, x);
            filters = Scaled(stack.Filters);
        }

        return x;
    }

    private SymbolicTensor Block(SymbolicTensor x, string path, int wide, int filters, int kernel, int stride)
    {
        x = NormRelu(Conv(x, $"{path}.0", wide, 1), path, 1);
        x = NormRelu(Depthwise(x, $"{path}.3", kernel, stride), path, 4);
        return Norm(Conv(x, $"{path}.6", filters, 1), $"{path}.7", momentum: Momentum);
    }

    private static SymbolicTensor NormRelu(SymbolicTensor x, string path, int number)
        => Norm(x, $"{path}.{number}", momentum: Momentum).ReLU(name: $"{path}.{number + 1}");

    private int Scaled(int filters) => MultipleOf8(filters * alpha);
}
