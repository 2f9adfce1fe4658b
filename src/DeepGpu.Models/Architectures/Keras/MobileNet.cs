namespace DeepGpu.Models.Architectures;

/// <summary>MobileNet: depthwise convolutions between pointwise ones.
/// Howard et al., 2017, layer by layer as Keras 2 published its weights.</summary>
/// <param name="alpha">The factor of every number of channels.</param>
internal sealed class MobileNet(double alpha) : KerasNetwork("mobilenet")
{
    private const int LastFilters = 1024;

    private static readonly (int Filters, int Stride)[] Blocks =
        [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1), (512, 1), (512, 1), (512, 1), (512, 1),
            (LastFilters, 2), (LastFilters, 1)];

    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var x = image.ZeroPadding2D(((0, 1), (0, 1)), name: "conv1_pad").Conv2D(Scaled(32), 3, strides: 2, useBias: false, name: "conv1");
        x = NormRelu(x, "conv1");
        for (var i = 0; i < Blocks.Length; i++) x = Block(x, Scaled(Blocks[i].Filters), Blocks[i].Stride, i + 1);
        return x;
    }

    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation) => features
        .GlobalAveragePooling2D()
        .Apply(new Reshape(1, 1, Scaled(LastFilters)) { Name = "reshape_1" })
        .Dropout(0.001, name: "dropout")
        .Conv2D(classes, 1, padding: Padding.Same, name: "conv_preds")
        .Apply(new Reshape(classes) { Name = "reshape_2" })
        .Activate(activation, name: "act_softmax");

    protected override string NameFor(SymbolicTensor image) => MobileNetName("mobilenet", alpha, image);

    /// <summary>E.g. "mobilenet_0.25_224".</summary>
    internal static string MobileNetName(string family, double alpha, SymbolicTensor image)
        => FormattableString.Invariant(
            $"{family}_{alpha:0.00}_{image.Shape![1]?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "None"}");

    private static SymbolicTensor Block(SymbolicTensor x, int filters, int stride, int number)
    {
        if (stride == 2) x = x.ZeroPadding2D(((0, 1), (0, 1)), name: $"conv_pad_{number}");
        x = x.DepthwiseConv2D(3, strides: stride, padding: stride == 1 ? Padding.Same : Padding.Valid,
            useBias: false, name: $"conv_dw_{number}");
        x = NormRelu(x, $"conv_dw_{number}").Conv2D(filters, 1, padding: Padding.Same, useBias: false, name: $"conv_pw_{number}");
        return NormRelu(x, $"conv_pw_{number}");
    }

    private static SymbolicTensor NormRelu(SymbolicTensor x, string name)
        => x.BatchNormalization(name: $"{name}_bn").ReLU(6, name: $"{name}_relu");

    private int Scaled(int filters) => (int)(filters * alpha);
}
