namespace DeepGpu.Models.Architectures;

/// <summary>MobileNetV2: blocks that widen, convolve depthwise and narrow, with a shortcut between the narrow ends.
/// Sandler et al., 2018, as Keras has it.</summary>
/// <param name="alpha">The factor of every number of channels.</param>
internal sealed class MobileNetV2(double alpha) : KerasNetwork("mobilenetv2")
{
    private static readonly (int Filters, int Repeats, int Stride)[] Stages =
        [(16, 1, 1), (24, 2, 2), (32, 3, 2), (64, 4, 2), (96, 3, 1), (160, 3, 2), (320, 1, 1)];

    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var x = image.Conv2D(MultipleOf8(32 * alpha), 3, strides: 2, padding: Padding.Same, useBias: false, name: "Conv1");
        x = Norm(x, "bn_Conv1").ReLU(6, name: "Conv1_relu");
        var number = 0;
        foreach (var (filters, repeats, stride) in Stages)
        {
            for (var i = 0; i < repeats; i++) x = Block(x, MultipleOf8((int)(filters * alpha)), i == 0 ? stride : 1, number++);
        }

        x = x.Conv2D(alpha > 1 ? MultipleOf8(1280 * alpha) : 1280, 1, useBias: false, name: "Conv_1");
        return Norm(x, "Conv_1_bn").ReLU(6, name: "out_relu");
    }

    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation)
        => features.GlobalAveragePooling2D().Dense(classes, activation, name: "predictions");

    protected override string NameFor(SymbolicTensor image) => MobileNet.MobileNetName("mobilenetv2", alpha, image);

    private static SymbolicTensor Block(SymbolicTensor input, int filters, int stride, int number)
    {
        var name = number == 0 ? "expanded_conv" : $"block_{number}";
        var x = number == 0 ? input : Expanded(input, name);
        if (stride == 2) x = x.ZeroPadding2D(HalvingPadding(x, 3), name: $"{name}_pad");
        x = x.DepthwiseConv2D(3, strides: stride, padding: stride == 1 ? Padding.Same : Padding.Valid,
            useBias: false, name: $"{name}_depthwise");
        x = Norm(x, $"{name}_depthwise_BN").ReLU(6, name: $"{name}_depthwise_relu");
        x = Norm(x.Conv2D(filters, 1, padding: Padding.Same, useBias: false, name: $"{name}_project"), $"{name}_project_BN");
        return stride == 1 && Channels(input) == filters ? input.Apply(new Add { Name = $"{name}_add" }, x) : x;
    }

    private static SymbolicTensor Expanded(SymbolicTensor input, string name)
    {
        var x = input.Conv2D(6 * Channels(input), 1, padding: Padding.Same, useBias: false, name: $"{name}_expand");
        return Norm(x, $"{name}_expand_BN").ReLU(6, name: $"{name}_expand_relu");
    }

    private static SymbolicTensor Norm(SymbolicTensor x, string name) => x.BatchNormalization(momentum: 0.999, name: name);
}
