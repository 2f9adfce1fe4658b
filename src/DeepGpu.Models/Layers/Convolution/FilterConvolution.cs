using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>What convolutions have in common whose kernel goes from all channels to a number of filters.</summary>
public abstract record FilterConvolution : ConvolutionLayer
{
    private protected FilterConvolution(int spatial, int filters, Extent kernelSize, Activation activation)
        : base(spatial, kernelSize, activation) => Filters = filters;

    /// <summary>The output's channels, at least 1.</summary>
    [JsonPropertyOrder(-40)]
    public int Filters { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(Filters)); }

    /// <summary>How the kernel starts. Default Glorot uniform.</summary>
    [JsonPropertyOrder(-30)]
    public Initializer KernelInitializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>A penalty on the kernel; default none.</summary>
    [JsonPropertyOrder(-27)]
    public Regularizer? KernelRegularizer { get; init; }

    /// <summary>What the kernel is projected onto after each step; default nothing.</summary>
    [JsonPropertyOrder(-24)]
    public Constraint? KernelConstraint { get; init; }

    /// <summary>A kernel, and a bias of the filters.</summary>
    /// <param name="channels">The kernel's last two axes.</param>
    private protected IReadOnlyList<WeightSpec> KernelAndBias(params IEnumerable<int> channels)
        => WithBias(Filters,
            WeightSpec.Of("kernel", [.. KernelSize.Over(Spatial), .. channels], KernelInitializer, KernelRegularizer, KernelConstraint));
}
