namespace DeepGpu.Models.Architectures;

/// <summary>MobileNetV3: MobileNetV2's blocks with squeeze-and-excite and hard swish.
/// Howard et al., 2019, as Keras has it, its rescaling of pixels included.</summary>
/// <param name="name">"MobileNetV3Small" or "MobileNetV3Large".</param>
/// <param name="lastFilters">Channels before the classifier.</param>
/// <param name="blocks">The blocks.</param>
internal sealed class MobileNetV3(string name, int lastFilters, MobileNetV3Block[] blocks) : KerasNetwork(name)
{
    /// <summary>The blocks of the small network.</summary>
    public static readonly MobileNetV3Block[] Small =
    [
        new(1, 16, 3, 2, true, false), new(72.0 / 16, 24, 3, 2, false, false), new(88.0 / 24, 24, 3, 1, false, false),
        new(4, 40, 5, 2, true, true), new(6, 40, 5, 1, true, true), new(6, 40, 5, 1, true, true),
        new(3, 48, 5, 1, true, true), new(3, 48, 5, 1, true, true),
        new(6, 96, 5, 2, true, true), new(6, 96, 5, 1, true, true), new(6, 96, 5, 1, true, true),
    ];

    /// <summary>The blocks of the large network.</summary>
    public static readonly MobileNetV3Block[] Large =
    [
        new(1, 16, 3, 1, false, false), new(4, 24, 3, 2, false, false), new(3, 24, 3, 1, false, false),
        new(3, 40, 5, 2, true, false), new(3, 40, 5, 1, true, false), new(3, 40, 5, 1, true, false),
        new(6, 80, 3, 2, false, true), new(2.5, 80, 3, 1, false, true), new(2.3, 80, 3, 1, false, true), new(2.3, 80, 3, 1, false, true),
        new(6, 112, 3, 1, true, true), new(6, 112, 3, 1, true, true),
        new(6, 160, 5, 2, true, true), new(6, 160, 5, 1, true, true), new(6, 160, 5, 1, true, true),
    ];

    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var x = image.Rescaling([1 / 127.5], offset: [-1]).Conv2D(16, 3, strides: 2, padding: Padding.Same, useBias: false, name: "conv");
        x = Norm(x, "conv_bn").Activate(Activation.HardSilu);
        for (var number = 0; number < blocks.Length; number++) x = Block(x, blocks[number], number);
        x = x.Conv2D(MultipleOf8(6 * Channels(x)), 1, padding: Padding.Same, useBias: false, name: "conv_1");
        return Norm(x, "conv_1_bn").Activate(Activation.HardSilu);
    }

    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation) => features
        .GlobalAveragePooling2D(keepDims: true)
        .Conv2D(lastFilters, 1, padding: Padding.Same, name: "conv_2").Activate(Activation.HardSilu)
        .Dropout(0.2)
        .Conv2D(classes, 1, padding: Padding.Same, name: "logits")
        .Flatten()
        .Activate(activation, name: "predictions");

    protected override SymbolicTensor WithoutTop(SymbolicTensor features, FeaturePooling? pooling)
        => Pooled(features, pooling, "avg_pool", "max_pool");

    private static SymbolicTensor Block(SymbolicTensor input, MobileNetV3Block block, int number)
    {
        var name = number == 0 ? "expanded_conv" : $"expanded_conv_{number}";
        var widened = MultipleOf8(Channels(input) * block.Expansion);
        var x = number == 0
            ? input
            : Active(Norm(input.Conv2D(widened, 1, padding: Padding.Same, useBias: false, name: $"{name}_expand"), $"{name}_expand_bn"),
                block);
        if (block.Stride == 2) x = x.ZeroPadding2D(HalvingPadding(x, block.Kernel), name: $"{name}_depthwise_pad");
        x = x.DepthwiseConv2D(block.Kernel, strides: block.Stride, padding: block.Stride == 1 ? Padding.Same : Padding.Valid,
            useBias: false, name: $"{name}_depthwise");
        x = Active(Norm(x, $"{name}_depthwise_bn"), block);
        if (block.HasSqueeze) x = Squeezed(x, widened, name);
        x = Norm(x.Conv2D(block.Filters, 1, padding: Padding.Same, useBias: false, name: $"{name}_project"), $"{name}_project_bn");
        return block.Stride == 1 && Channels(input) == block.Filters ? input.Apply(new Add { Name = $"{name}_add" }, x) : x;
    }

    /// <summary>Channels weighed by what they hold on average.
    /// Keras writes the hard sigmoid as an addition, a ReLU and a product.</summary>
    private static SymbolicTensor Squeezed(SymbolicTensor x, int channels, string name)
    {
        var weights = x.GlobalAveragePooling2D(keepDims: true, name: $"{name}_squeeze_excite_avg_pool")
            .Conv2D(MultipleOf8(channels * 0.25), 1, padding: Padding.Same, name: $"{name}_squeeze_excite_conv")
            .ReLU(name: $"{name}_squeeze_excite_relu")
            .Conv2D(channels, 1, padding: Padding.Same, name: $"{name}_squeeze_excite_conv_1").Activate(Activation.HardSigmoid);
        return x.Apply(new Multiply { Name = $"{name}_squeeze_excite_mul" }, weights);
    }

    private static SymbolicTensor Active(SymbolicTensor x, MobileNetV3Block block)
        => block.HasHardSwish ? x.Activate(Activation.HardSilu) : x.ReLU();

    private static SymbolicTensor Norm(SymbolicTensor x, string name) => x.BatchNormalization(momentum: 0.999, name: name);
}

/// <summary>A block of MobileNetV3.</summary>
/// <param name="Expansion">The factor from the input's channels to the depthwise convolution's.</param>
/// <param name="Filters">The output's channels.</param>
/// <param name="Kernel">The depthwise kernel's height and width.</param>
/// <param name="Stride">The depthwise convolution's step.</param>
/// <param name="HasSqueeze">Whether channels are weighed by squeeze-and-excite.</param>
/// <param name="HasHardSwish">Whether the activation is hard swish; ReLU else.</param>
internal sealed record MobileNetV3Block(double Expansion, int Filters, int Kernel, int Stride, bool HasSqueeze, bool HasHardSwish);
