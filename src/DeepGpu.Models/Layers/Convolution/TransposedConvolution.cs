using System.Text.Json.Serialization;
using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>What transposed convolutions along 1, 2 or 3 axes have in common.</summary>
/// <remarks>Strides say how far apart the inputs are spread; padding whether the border is cut to n * stride ("same") or kept ("valid").
/// Length of an output axis without output padding: n * stride for "same", n * stride + max(k - stride, 0) for "valid".</remarks>
public abstract record TransposedConvolution : FilterConvolution
{
    private protected TransposedConvolution(int spatial, int filters, Extent kernelSize, Activation activation)
        : base(spatial, filters, kernelSize, activation)
    {
    }

    /// <summary>Positions added to each output axis beyond the smallest length; null for the length above.</summary>
    [JsonPropertyOrder(-36)]
    public Extent? OutputPadding { get; init => field = value?.Checked(Spatial, 0, ClassName, nameof(OutputPadding)); }

    private protected sealed override bool CanBeCausal => false;

    private protected sealed override Shape Sums(Shape input)
    {
        DataFormat.CheckRank(input, Spatial);
        if (OutputPadding is { } extra && Enumerable.Range(0, Spatial).Any(axis => extra[axis] >= Strides[axis]))
            throw new ShapeException($"an output padding below its strides {Strides}, not {extra}", "Use a smaller output padding.");
        return DataFormat.WithSpatial(input, Spatial, (length, dimension) => length is { } n ? Length(n, dimension) : null)
            .With(DataFormat.ChannelAxis(), Filters);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input) => KernelAndBias(Filters, DataFormat.Channels(input));

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var kernel = KernelOf(DataFormat.Channels(inputs[0]), Filters, groups: 1) with { IsTransposed = true };
        return Work.Convolution(name, kernel, inputs, OutputShape(inputs[0]), UseBias, Activation);
    }

    /// <summary>The output's length on a spatial axis.</summary>
    internal int Length(int length, int dimension)
    {
        var (reach, stride) = ((KernelSize[dimension] - 1) * DilationRate[dimension] + 1, Strides[dimension]);
        return (Padding, OutputPadding?[dimension]) switch
        {
            (Padding.Same, null) => length * stride,
            (_, null) => length * stride + Math.Max(reach - stride, 0),
            (Padding.Same, { } extra) => (length - 1) * stride + reach - 2 * (reach / 2) + extra,
            (_, { } extra) => (length - 1) * stride + reach + extra,
        };
    }
}
