using System.Text.Json.Serialization;
using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>What convolutions along 1, 2 or 3 axes have in common: activation(input * kernel + bias), a cross-correlation.</summary>
public abstract record Convolution : FilterConvolution
{
    private protected Convolution(int spatial, int filters, Extent kernelSize, Activation activation)
        : base(spatial, filters, kernelSize, activation)
    {
    }

    /// <summary>Into how many independent parts the channels are split. Default 1.</summary>
    [JsonPropertyOrder(-33)]
    public int Groups { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(Groups)); } = 1;

    private protected sealed override Shape Sums(Shape input)
    {
        var output = Slid(input, _ => Filters);
        ChannelsPerGroup(input);
        return output;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input) => KernelAndBias(ChannelsPerGroup(input), Filters);

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var kernel = KernelOf(DataFormat.Channels(inputs[0]), Filters, Groups);
        return Work.Convolution(name, kernel, inputs, Sums(inputs[0]), UseBias, Activation);
    }

    private int ChannelsPerGroup(Shape input)
    {
        var channels = DataFormat.Channels(input);
        return channels % Groups == 0 && Filters % Groups == 0
            ? channels / Groups
            : throw new ShapeException($"channels and filters that {Groups} groups divide",
                $"Use a number of groups that divides {channels} channels and {Filters} filters.");
    }
}
