using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>How a weight's axes are ordered in torch: the Keras axis that each torch axis takes. Empty: as in Keras.</summary>
/// <param name="Axes">For each torch axis, the Keras axis.</param>
/// <param name="Blocks">For each block of the last Keras axis in torch's order, the block in Keras's: the gates of a GRU.</param>
public readonly record struct WeightLayout(long[]? Axes = null, int[]? Blocks = null)
{
    /// <summary>The same order as in Keras.</summary>
    public static WeightLayout AsKeras { get; }

    /// <summary>The first two axes swapped: (input, output) becomes (output, input).</summary>
    public static WeightLayout Transposed { get; } = new([1, 0]);

    internal torch.Tensor ToTorch(torch.Tensor keras)
    {
        var ordered = Blocks is { } blocks ? Reorder(keras, blocks) : keras;
        return Contiguous(Axes is { } axes ? ordered.permute(axes) : ordered);
    }

    internal torch.Tensor InKerasAxes(torch.Tensor tensor) => Axes is { } axes ? tensor.permute(Inverse(axes)) : tensor;

    internal torch.Tensor ToKeras(torch.Tensor tensor)
    {
        var ordered = InKerasAxes(tensor);
        return Blocks is { } blocks ? Reorder(ordered, [.. Inverse([.. blocks.Select(b => (long)b)]).Select(b => (int)b)]) : ordered;
    }

    private static torch.Tensor Reorder(torch.Tensor tensor, int[] blocks)
    {
        var parts = tensor.chunk(blocks.Length, -1);
        return torch.cat([.. blocks.Select(block => parts[block])], -1);
    }

    private static long[] Inverse(long[] axes) => [.. Enumerable.Range(0, axes.Length).Select(axis => (long)Array.IndexOf(axes, axis))];

    /// <summary>Contiguous; a kernel of 4 axes in torch's channels_last format, which its convolutions run fastest in.</summary>
    private static torch.Tensor Contiguous(torch.Tensor tensor)
        => tensor.dim() == 4 ? tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : tensor.contiguous();
}

/// <summary>A weight of a live model: a torch tensor that shows itself in Keras's layout.</summary>
public sealed class LiveWeight : IDisposable
{
    private readonly WeightLayout _layout;
    private readonly torch.ScalarType _computeType;

    internal LiveWeight(string name, WeightSpec spec, torch.Tensor initial, WeightLayout layout, bool isTrainable, torch.ScalarType? computeType = null)
    {
        Name = name;
        Spec = spec;
        _layout = layout;
        _computeType = computeType ?? initial.dtype;
        IsTrainable = isTrainable;
        using var noGradient = torch.no_grad();
        Tensor = layout.ToTorch(initial).detach().requires_grad_(isTrainable).DetachFromDisposeScope();
    }

    /// <summary>The layer's and the weight's name, e.g. "conv2d/kernel".</summary>
    public string Name { get; }

    /// <summary>The weight's description.</summary>
    public WeightSpec Spec { get; }

    /// <summary>Whether training changes it.</summary>
    public bool IsTrainable { get; }

    /// <summary>The values in torch's layout, on the model's device, in the format they are kept in.</summary>
    public torch.Tensor Tensor { get; }

    /// <summary>The values in the format the layer computes in.</summary>
    public torch.Tensor Value => Tensor.dtype == _computeType ? Tensor : Tensor.to(_computeType);

    /// <summary>The values in Keras's layout.</summary>
    public NDArray ToArray()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        return Tensors.ToArray(_layout.ToKeras(Tensor));
    }

    /// <summary>Replaces the values by an array in Keras's layout.</summary>
    /// <exception cref="DeepGpuArgumentException">The shape is not the weight's.</exception>
    public void Load(NDArray values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!values.Shape.SequenceEqual(Spec.Shape)) throw WrongShape(values);
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        Tensor.copy_(_layout.ToTorch(Tensors.From(values, Tensor.device).to(Tensor.dtype)));
    }

    /// <inheritdoc/>
    public void Dispose() => Tensor.Dispose();

    /// <summary>Whether its layer computes in half precision while it is kept in a wider format: training then scales the loss.</summary>
    internal bool IsMixedHalf => _computeType == torch.ScalarType.Float16 && Tensor.dtype != torch.ScalarType.Float16;

    /// <summary>A tensor of its shape in Keras's layout.</summary>
    internal torch.Tensor ToKeras(torch.Tensor tensor) => _layout.ToKeras(tensor);

    /// <summary>A tensor of its shape in torch's layout.</summary>
    internal torch.Tensor ToTorch(torch.Tensor keras) => _layout.ToTorch(keras);

    /// <summary>A view of a tensor of its shape with the axes in Keras's order; blocks of the last axis stay in torch's.</summary>
    internal torch.Tensor InKerasAxes(torch.Tensor tensor) => _layout.InKerasAxes(tensor);

    /// <summary>What its regularizer adds to the loss.</summary>
    internal torch.Tensor Penalty() => Spec.Regularizer!.Penalty(_layout.ToKeras(Tensor));

    /// <summary>Projects the values onto its constraint.</summary>
    internal void Constrain()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        Tensor.copy_(_layout.ToTorch(Spec.Constraint!.Project(_layout.ToKeras(Tensor))));
    }

    private DeepGpuArgumentException WrongShape(NDArray values) => new(
        new Fault(
            "weight_shape",
            $"Weight '{Name}' has shape ({string.Join(", ", Spec.Shape)}),",
            $"but receives ({string.Join(", ", values.Shape)}).",
            "Load weights that were made for this model."),
        nameof(values));
}
