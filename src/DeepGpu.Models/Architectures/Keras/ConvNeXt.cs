namespace DeepGpu.Models.Architectures;

/// <summary>ConvNeXt: wide depthwise convolutions and layer normalisation, arranged as in a transformer.
/// Liu et al., 2022, as Keras has it.</summary>
/// <remarks>Pixels from 0 to 255 are normalised inside the model where there are three channels.</remarks>
/// <param name="name">"convnext_tiny", "convnext_small" or "convnext_base".</param>
/// <param name="depths">Blocks in each of the four stages.</param>
/// <param name="widths">Channels of each of the four stages.</param>
internal sealed class ConvNeXt(string name, int[] depths, int[] widths) : KerasNetwork(name)
{
    private const double Epsilon = 1e-6;

    private readonly string _name = name;

    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var x = Stem(Normalized(image));
        for (var stage = 0; stage < depths.Length; stage++)
        {
            if (stage > 0) x = Downsampled(x, stage);
            for (var block = 0; block < depths[stage]; block++) x = Block(x, widths[stage], $"{_name}_stage_{stage}_block_{block}");
        }

        return x;
    }

    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation)
        => Norm(features.GlobalAveragePooling2D(name: $"{_name}_head_gap"), $"{_name}_head_layernorm")
            .Dense(classes, activation, name: $"{_name}_head_dense");

    protected override SymbolicTensor WithoutTop(SymbolicTensor features, FeaturePooling? pooling)
        => Norm(Pooled(features, pooling, null, null), null);

    private SymbolicTensor Normalized(SymbolicTensor image) => Channels(image) != 3 ? image : image.Apply(new Normalization
    {
        Name = $"{_name}_prestem_normalization",
        Mean = [0.485 * 255, 0.456 * 255, 0.406 * 255],
        Variance = [Math.Pow(0.229 * 255, 2), Math.Pow(0.224 * 255, 2), Math.Pow(0.225 * 255, 2)],
    });

    /// <summary>Keras makes the stem, and each halving after it, a model of its own.</summary>
    private SymbolicTensor Stem(SymbolicTensor x)
    {
        var inner = Norm(Inner(x).Conv2D(widths[0], 4, strides: 4, name: $"{_name}_stem_conv"), $"{_name}_stem_layernorm");
        return x.Apply(inner.Build($"{_name}_stem"));
    }

    private SymbolicTensor Downsampled(SymbolicTensor x, int stage)
    {
        var inner = Norm(Inner(x), $"{_name}_downsampling_layernorm_{stage - 1}")
            .Conv2D(widths[stage], 2, strides: 2, name: $"{_name}_downsampling_conv_{stage - 1}");
        return x.Apply(inner.Build($"{_name}_downsampling_block_{stage - 1}"));
    }

    private static SymbolicTensor Inner(SymbolicTensor x) => Functional.Input(new InputLayer(x.Shape!));

    private static SymbolicTensor Block(SymbolicTensor input, int width, string name)
    {
        var x = Norm(input.Conv2D(width, 7, padding: Padding.Same, groups: width, name: $"{name}_depthwise_conv"), $"{name}_layernorm");
        x = x.Dense(4 * width, name: $"{name}_pointwise_conv_1").Activate(Activation.Gelu, name: $"{name}_gelu")
            .Dense(width, name: $"{name}_pointwise_conv_2");
        return input.Add(x.LayerScale(name: $"{name}_layer_scale").Activate(Activation.Linear, name: $"{name}_identity"));
    }

    private static SymbolicTensor Norm(SymbolicTensor x, string? name) => x.LayerNormalization(epsilon: Epsilon, name: name);
}
