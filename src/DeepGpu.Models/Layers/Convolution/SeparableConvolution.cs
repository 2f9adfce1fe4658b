using System.Text.Json.Serialization;
using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>What separable convolutions along 1 or 2 axes have in common: a depthwise convolution, then a pointwise one.
/// Chollet, 2016.</summary>
public abstract record SeparableConvolution : ChannelwiseConvolution
{
    private protected SeparableConvolution(int spatial, int filters, Extent kernelSize, Activation activation)
        : base(spatial, kernelSize, activation) => Filters = filters;

    /// <summary>The output's channels, at least 1.</summary>
    [JsonPropertyOrder(-40)]
    public int Filters { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(Filters)); }

    /// <summary>How the pointwise kernel starts. Default Glorot uniform.</summary>
    [JsonPropertyOrder(-29)]
    public Initializer PointwiseInitializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>A penalty on the pointwise kernel; default none.</summary>
    [JsonPropertyOrder(-26)]
    public Regularizer? PointwiseRegularizer { get; init; }

    /// <summary>What the pointwise kernel is projected onto after each step; default nothing.</summary>
    [JsonPropertyOrder(-23)]
    public Constraint? PointwiseConstraint { get; init; }

    private protected sealed override Shape Sums(Shape input) => Slid(input, _ => Filters);

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        var channels = DataFormat.Channels(input);
        var pointwise = WeightSpec.Of("pointwise_kernel", [.. Enumerable.Repeat(1, Spatial), channels * DepthMultiplier, Filters],
            PointwiseInitializer, PointwiseRegularizer, PointwiseConstraint);
        return WithBias(Filters, Depthwise("depthwise_kernel", channels), pointwise);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var channels = DataFormat.Channels(inputs[0]);
        var middle = Slid(inputs[0], _ => channels * DepthMultiplier);
        var depthwise = KernelOf(channels, channels * DepthMultiplier, groups: channels);
        var pointwise = new KernelWork([.. Enumerable.Repeat(1, Spatial)], [.. Enumerable.Repeat(1, Spatial)],
            channels * DepthMultiplier, Filters, 1);
        return
        [
            .. Work.Convolution(name, depthwise, inputs, middle, useBias: false, Activation.Linear),
            .. Work.Convolution(name, pointwise, [middle], Sums(inputs[0]), UseBias, Activation),
        ];
    }
}
