using System.Text.Json.Serialization;
using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>What all convolutions along 1, 2 or 3 axes have in common: how a window moves, a bias and a function after it.</summary>
public abstract record ConvolutionLayer : UnaryLayer
{
    private protected ConvolutionLayer(int spatial, Extent kernelSize, Activation activation)
    {
        Spatial = spatial;
        (KernelSize, Strides, DilationRate, Activation) = (kernelSize, 1, 1, activation);
    }

    /// <summary>The number of spatial axes.</summary>
    internal int Spatial { get; }

    /// <summary>The kernel's lengths, at least 1.</summary>
    [JsonPropertyOrder(-39)]
    public Extent KernelSize { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(KernelSize)); }

    /// <summary>The step between positions; of a transposed convolution between inputs. Default 1.</summary>
    [JsonPropertyOrder(-38)]
    public Extent Strides { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(Strides)); }

    /// <summary>What happens at the border; causal in Conv1D and SeparableConv1D alone. Default valid.</summary>
    [JsonPropertyOrder(-37)]
    public Padding Padding { get; init => field = CanBeCausal ? value : value.NotCausal(ClassName); }

    /// <summary>Where the channels are. Default last.</summary>
    [JsonPropertyOrder(-35)]
    public DataFormat DataFormat { get; init; }

    /// <summary>The step between the kernel's cells. Default 1.</summary>
    [JsonPropertyOrder(-34)]
    public Extent DilationRate { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(DilationRate)); }

    /// <summary>The function after the convolution. Default linear.</summary>
    [JsonPropertyOrder(-32)]
    public Activation Activation { get; init; }

    /// <summary>Whether a bias is added. Default true.</summary>
    [JsonPropertyOrder(-31)]
    public bool UseBias { get; init; } = true;

    /// <summary>How the bias starts. Default zeros.</summary>
    [JsonPropertyOrder(-28)]
    public Initializer BiasInitializer { get; init; } = Initializer.Zeros;

    /// <summary>A penalty on the bias; default none.</summary>
    [JsonPropertyOrder(-25)]
    public Regularizer? BiasRegularizer { get; init; }

    /// <summary>What the bias is projected onto after each step; default nothing.</summary>
    [JsonPropertyOrder(-22)]
    public Constraint? BiasConstraint { get; init; }

    /// <summary>Whether padding may be causal.</summary>
    private protected virtual bool CanBeCausal => Spatial == 1;

    /// <inheritdoc/>
    public sealed override Shape OutputShape(Shape input) => Activation.OutputShape(Sums(input));

    /// <summary>The shape before the activation.</summary>
    private protected abstract Shape Sums(Shape input);

    /// <summary>The input's shape with as many positions as the window has, and other channels.</summary>
    private protected Shape Slid(Shape input, Func<int, int> channels)
    {
        var output = Window.Slide(input, Spatial, DataFormat, KernelSize, Strides, DilationRate, Padding);
        return output.With(DataFormat.ChannelAxis(), channels(DataFormat.Channels(input)));
    }

    /// <summary>Kernels, and a bias of some channels unless it is switched off.</summary>
    private protected IReadOnlyList<WeightSpec> WithBias(int channels, params IReadOnlyList<WeightSpec> kernels)
        => UseBias ? [.. kernels, WeightSpec.Of("bias", [channels], BiasInitializer, BiasRegularizer, BiasConstraint)] : kernels;

    /// <summary>What the kernel does at each position.</summary>
    private protected KernelWork KernelOf(int channels, int filters, int groups)
        => new(KernelSize.Over(Spatial), Strides.Over(Spatial), channels, filters, groups);
}
