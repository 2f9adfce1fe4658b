using System.Collections.Immutable;

namespace DeepGpu.Models.Architectures;

/// <summary>EfficientNet: MobileNetV2's blocks with squeeze-and-excite, width, depth and image size scaled together.
/// Tan and Le, 2019, as Keras has it.</summary>
/// <remarks>Pixels from 0 to 255 are scaled inside the model, as with the published weights.</remarks>
/// <param name="name">"efficientnetb0" to "efficientnetb7".</param>
/// <param name="width">The factor of every number of channels.</param>
/// <param name="depth">The factor of every number of blocks.</param>
/// <param name="size">Height and width of the images.</param>
/// <param name="dropout">The dropout before the classifier.</param>
internal sealed class EfficientNet(string name, double width, double depth, int size, double dropout) : KerasNetwork(name)
{
    private const double DropConnect = 0.2;

    private static readonly EfficientNetStage[] Stages =
    [
        new(3, 1, 32, 16, 1, 1), new(3, 2, 16, 24, 6, 2), new(5, 2, 24, 40, 6, 2), new(3, 3, 40, 80, 6, 2),
        new(5, 3, 80, 112, 6, 1), new(5, 4, 112, 192, 6, 2), new(3, 1, 192, 320, 6, 1),
    ];

    private static readonly Initializer ConvolutionStart = new VarianceScaling(2, FanMode.FanOut);
    private static readonly Initializer DenseStart = new VarianceScaling(1.0 / 3, FanMode.FanOut, VarianceDistribution.Uniform);

    protected override int Size => size;

    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var x = Scaled(image);
        x = x.ZeroPadding2D(HalvingPadding(x, 3), name: "stem_conv_pad");
        x = Active(Conv(x, Width(32), 3, "stem_conv", strides: 2), "stem_bn", "stem_activation");
        var (made, all) = (0, Stages.Sum(stage => Depth(stage.Repeats)));
        for (var stage = 0; stage < Stages.Length; stage++)
        {
            for (var i = 0; i < Depth(Stages[stage].Repeats); i++)
            {
                x = Block(x, Stages[stage], isFirst: i == 0, DropConnect * made++ / all, $"block{stage + 1}{(char)('a' + i)}_");
            }
        }

        return Active(Conv(x, Width(1280), 1, "top_conv"), "top_bn", "top_activation");
    }

    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation) => features
        .GlobalAveragePooling2D(name: "avg_pool").Dropout(dropout, name: "top_dropout")
        .Dense(classes, activation, kernelInitializer: DenseStart, name: "predictions");

    protected override SymbolicTensor WithoutTop(SymbolicTensor features, FeaturePooling? pooling)
        => Pooled(features, pooling, "avg_pool", "max_pool");

    /// <summary>Keras normalises by the root of the deviation where the original divides by the deviation itself:
    /// a second root follows.</summary>
    private static SymbolicTensor Scaled(SymbolicTensor image)
    {
        var x = image.Rescaling(1 / 255.0).Apply(new Normalization());
        return Channels(x) == 3 ? x.Apply(new Rescaling([1 / Math.Sqrt(0.229), 1 / Math.Sqrt(0.224), 1 / Math.Sqrt(0.225)])) : x;
    }

    private SymbolicTensor Block(SymbolicTensor input, EfficientNetStage stage, bool isFirst, double drop, string name)
    {
        var (narrow, filters, stride) =
            (Width(isFirst ? stage.FiltersIn : stage.FiltersOut), Width(stage.FiltersOut), isFirst ? stage.Stride : 1);
        var wide = narrow * stage.Expansion;
        var x = stage.Expansion == 1
            ? input
            : Active(Conv(input, wide, 1, $"{name}expand_conv"), $"{name}expand_bn", $"{name}expand_activation");
        if (stride == 2) x = x.ZeroPadding2D(HalvingPadding(x, stage.Kernel), name: $"{name}dwconv_pad");
        x = x.Apply(new DepthwiseConv2D(stage.Kernel)
        {
            Name = $"{name}dwconv",
            Strides = stride,
            Padding = stride == 2 ? Padding.Valid : Padding.Same,
            UseBias = false,
            DepthwiseInitializer = ConvolutionStart
        });
        x = Squeezed(Active(x, $"{name}bn", $"{name}activation"), wide, Math.Max(1, narrow / 4), name);
        x = Conv(x, filters, 1, $"{name}project_conv").BatchNormalization(name: $"{name}project_bn");
        return stride == 1 && narrow == filters ? Dropped(x, drop, name).Apply(new Add { Name = $"{name}add" }, input) : x;
    }

    private static SymbolicTensor Dropped(SymbolicTensor x, double drop, string name)
        => drop > 0 ? x.Apply(new Dropout(drop) { Name = $"{name}drop", NoiseShape = ImmutableArray.Create<int?>(null, 1, 1, 1) }) : x;

    /// <summary>Channels weighed by what they hold on average.</summary>
    private static SymbolicTensor Squeezed(SymbolicTensor x, int channels, int squeezed, string name)
    {
        var weights = x.GlobalAveragePooling2D(name: $"{name}se_squeeze").Apply(new Reshape(1, 1, channels) { Name = $"{name}se_reshape" });
        weights = Mixed(Mixed(weights, squeezed, Activation.Silu, $"{name}se_reduce"), channels, Activation.Sigmoid, $"{name}se_expand");
        return x.Apply(new Multiply { Name = $"{name}se_excite" }, weights);
    }

    private static SymbolicTensor Mixed(SymbolicTensor x, int channels, Activation activation, string name)
        => x.Apply(new Conv2D(channels, 1, activation) { Name = name, Padding = Padding.Same, KernelInitializer = ConvolutionStart });

    private static SymbolicTensor Conv(SymbolicTensor x, int filters, int kernel, string name, int strides = 1)
        => x.Apply(new Conv2D(filters, kernel)
        {
            Name = name,
            Strides = strides,
            Padding = strides == 1 ? Padding.Same : Padding.Valid,
            UseBias = false,
            KernelInitializer = ConvolutionStart
        });

    private static SymbolicTensor Active(SymbolicTensor x, string norm, string activation)
        => x.BatchNormalization(name: norm).Activate(Activation.Silu, name: activation);

    private int Width(int filters) => MultipleOf8(filters * width);

    private int Depth(int repeats) => (int)Math.Ceiling(repeats * depth);
}

/// <summary>A stage of EfficientNet.</summary>
/// <param name="Kernel">The depthwise kernel's height and width.</param>
/// <param name="Repeats">Blocks before depth is scaled.</param>
/// <param name="FiltersIn">The first block's input channels before width is scaled.</param>
/// <param name="FiltersOut">The output's channels before width is scaled.</param>
/// <param name="Expansion">The factor to the depthwise convolution's channels.</param>
/// <param name="Stride">The first block's step.</param>
internal sealed record EfficientNetStage(int Kernel, int Repeats, int FiltersIn, int FiltersOut, int Expansion, int Stride);
