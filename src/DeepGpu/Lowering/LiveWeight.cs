using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>How a weight's axes are ordered in torch: the Keras axis that each torch axis takes. Empty: as in Keras.</summary>
/// <param name="Axes">For each torch axis, the Keras axis.</param>
/// <param name="ChannelsLast">Whether a convolution kernel is held channels last in memory.</param>
public readonly record struct WeightLayout(long[]? Axes = null, bool ChannelsLast = false)
{
    /// <summary>The same order as in Keras.</summary>
    public static WeightLayout AsKeras { get; }

    /// <summary>The first two axes swapped: (input, output) becomes (output, input).</summary>
    public static WeightLayout Transposed { get; } = new([1, 0]);
}

/// <summary>A weight of a live model: a torch tensor that shows itself in Keras's layout.</summary>
public sealed class LiveWeight : IDisposable
{
    private readonly WeightLayout _layout;

    internal LiveWeight(string name, WeightSpec spec, torch.Tensor initial, WeightLayout layout, bool isTrainable)
    {
        Name = name;
        Spec = spec;
        _layout = layout;
        IsTrainable = isTrainable;
        Tensor = ToTorch(initial).requires_grad_(isTrainable).DetachFromDisposeScope();
    }

    /// <summary>The layer's and the weight's name, e.g. "conv2d/kernel".</summary>
    public string Name { get; }

    /// <summary>The weight's description.</summary>
    public WeightSpec Spec { get; }

    /// <summary>Whether training changes it.</summary>
    public bool IsTrainable { get; }

    /// <summary>The values in torch's layout, on the model's device.</summary>
    public torch.Tensor Tensor { get; }

    /// <summary>The values in Keras's layout.</summary>
    public NDArray ToArray()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        return Tensors.ToArray(_layout.Axes is { } axes ? Tensor.permute(Inverse(axes)) : Tensor);
    }

    /// <summary>Replaces the values by an array in Keras's layout.</summary>
    /// <exception cref="DeepGpuArgumentException">The shape is not the weight's.</exception>
    public void Load(NDArray values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!values.Shape.SequenceEqual(Spec.Shape)) throw WrongShape(values);
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        Tensor.copy_(ToTorch(Tensors.From(values, Tensor.device).to(Tensor.dtype)));
    }

    /// <inheritdoc/>
    public void Dispose() => Tensor.Dispose();

    private torch.Tensor ToTorch(torch.Tensor keras)
    {
        var ordered = _layout.Axes is { } axes ? keras.permute(axes) : keras;
        return _layout.ChannelsLast ? ordered.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : ordered.contiguous();
    }

    private static long[] Inverse(long[] axes) => [.. Enumerable.Range(0, axes.Length).Select(axis => (long)Array.IndexOf(axes, axis))];

    private DeepGpuArgumentException WrongShape(NDArray values) => new(
        new Fault(
            "weight_shape",
            $"Weight '{Name}' has shape ({string.Join(", ", Spec.Shape)}),",
            $"but receives ({string.Join(", ", values.Shape)}).",
            "Load weights that were made for this model."),
        nameof(values));
}
