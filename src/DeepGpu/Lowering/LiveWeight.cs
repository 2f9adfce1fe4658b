using DeepGpu.Lowering;
using DeepGpu.Models;
using DeepGpu.Runtime;
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
        var ordered = BlocksToTorch(keras);
        return Contiguous(Axes is { } axes ? ordered.permute(axes) : ordered);
    }

    /// <summary>The axes in Keras's order, as a view; blocks stay in torch's order.</summary>
    internal torch.Tensor InKerasAxes(torch.Tensor tensor) => Axes is { } axes ? tensor.permute(Inverse(axes)) : tensor;

    internal torch.Tensor ToKeras(torch.Tensor tensor) => BlocksToKeras(InKerasAxes(tensor));

    /// <summary>The blocks of the last axis in Keras's order.</summary>
    internal torch.Tensor BlocksToKeras(torch.Tensor tensor)
        => Blocks is { } blocks ? Reorder(tensor, [.. Inverse([.. blocks.Select(b => (long)b)]).Select(b => (int)b)]) : tensor;

    /// <summary>The blocks of the last axis in torch's order.</summary>
    internal torch.Tensor BlocksToTorch(torch.Tensor keras) => Blocks is { } blocks ? Reorder(keras, blocks) : keras;

    /// <summary>A tensor of undefined values, in the order and format of <see cref="ToTorch"/>.</summary>
    /// <param name="shape">The shape in Keras's layout.</param>
    /// <param name="type">The format of the values.</param>
    /// <param name="device">Where it lies.</param>
    internal torch.Tensor Empty(IReadOnlyList<int> shape, torch.ScalarType type, torch.Device device)
    {
        long[] size = [.. Axes is { } axes ? axes.Select(axis => (long)shape[(int)axis]) : shape.Select(length => (long)length)];
        return size.Length == 4
            ? torch.empty([size[0], size[2], size[3], size[1]], type, device).permute(0, 3, 1, 2)
            : torch.empty(size, type, device);
    }

    private static torch.Tensor Reorder(torch.Tensor tensor, int[] blocks)
    {
        var parts = tensor.chunk(blocks.Length, -1);
        return torch.cat([.. blocks.Select(block => parts[block])], -1);
    }

    private static long[] Inverse(long[] axes) => [.. Enumerable.Range(0, axes.Length).Select(axis => (long)Array.IndexOf(axes, axis))];

    /// <summary>Contiguous; a kernel of 4 axes in torch's channels_last format, which its convolutions run fastest in.</summary>
    private static torch.Tensor Contiguous(torch.Tensor tensor)
        => tensor.dim() == 4 ? Dense(tensor.permute(0, 2, 3, 1)).permute(0, 3, 1, 2) : Dense(tensor);

    /// <summary>Contiguous, with the strides that follow from the shape on axes of length 1 too: with others,
    /// that torch accepts, its convolution of
    /// one sample cannot go backwards.</summary>
    private static torch.Tensor Dense(torch.Tensor tensor) => tensor.contiguous().view(tensor.shape);
}

/// <summary>A weight of a live model: a torch tensor that shows itself in Keras's layout.</summary>
public sealed class LiveWeight : IDisposable
{
    private readonly torch.ScalarType _computeType;
    private readonly torch.Tensor _tensor;
    private readonly ModelUse? _use;

    /// <param name="name">The full name.</param>
    /// <param name="spec">The description.</param>
    /// <param name="initial">The first values, in torch's layout.</param>
    /// <param name="layout">How the axes are ordered.</param>
    /// <param name="isTrainable">Whether training changes it.</param>
    /// <param name="computeType">The format the layer computes in; null for the values' own.</param>
    /// <param name="use">Decides which calls use its model at the same time; null for a weight without a model.</param>
    internal LiveWeight(
        string name,
        WeightSpec spec,
        torch.Tensor initial,
        WeightLayout layout,
        bool isTrainable,
        torch.ScalarType? computeType = null,
        ModelUse? use = null)
    {
        Name = name;
        Spec = spec;
        Layout = layout;
        _computeType = computeType ?? initial.dtype;
        IsTrainable = isTrainable;
        _use = use;
        using var noGradient = torch.no_grad();
        _tensor = initial.detach().requires_grad_(isTrainable).DetachFromDisposeScope();
    }

    /// <summary>The layer's and the weight's name, e.g. "conv2d/kernel".</summary>
    public string Name { get; }

    /// <summary>The weight's description.</summary>
    public WeightSpec Spec { get; internal set; }

    /// <summary>Whether training changes it.</summary>
    public bool IsTrainable { get; private set; }

    /// <summary>The values in torch's layout, on the model's device, in the format they are kept in.</summary>
    /// <remarks>For layers, losses and callbacks of your own, inside a call of the model: elsewhere nothing keeps the model from being
    /// freed or changed
    /// meanwhile, and <see cref="ToArray"/> and <see cref="Load"/> are safe.</remarks>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public torch.Tensor Tensor => _tensor.IsInvalid ? throw new ObjectDisposedException(Name) : _tensor;

    /// <summary>The values in the format the layer computes in.</summary>
    public torch.Tensor Value => Tensor.dtype == _computeType ? Tensor : Tensor.to(_computeType);

    /// <summary>Whether its layer computes in the format it is kept in.</summary>
    internal bool ComputesAsKept => Tensor.dtype == _computeType;

    /// <summary>The values in Keras's layout; while the model is trained, those between two steps.</summary>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    /// <exception cref="OutOfGpuMemoryException">The copy does not fit into memory.</exception>
    public NDArray ToArray() => TorchBorder.Run(nameof(ToArray), Read);

    private NDArray Read()
    {
        using var running = _use?.Begin(ModelCall.Read) ?? default;
        using var reading = _use?.Weights.Read() ?? default;
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        return Tensors.ToArray(Layout.ToKeras(Tensor));
    }

    /// <summary>Replaces the values by an array in Keras's layout.</summary>
    /// <remarks>Waits for a pass that uses it. May be called in a callback.</remarks>
    /// <exception cref="DeepGpuArgumentException">The shape is not the weight's, or a quantised weight receives others than whole
    /// numbers.</exception>
    /// <exception cref="ModelStateException">Another thread trains the model.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public void Load(NDArray values)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var changing = _use?.Begin(ModelCall.Set) ?? default;
        using var writing = _use?.Weights.Write() ?? default;
        if (!values.Shape.SequenceEqual(Spec.Shape)) throw WrongShape(values);
        if (Spec.ElementType == DataType.Int8 && values.Type != DataType.Int8) throw WrongType(values);
        TorchBorder.Run(nameof(Load), () =>
        {
            using var scope = torch.NewDisposeScope();
            using var noGradient = torch.no_grad();
            Tensor.copy_(Layout.ToTorch(Tensors.From(values, Tensor.device).to(Tensor.dtype)));
        });
    }

    /// <summary>Frees a weight that stands alone. One of a model is freed with its model: nothing happens.</summary>
    public void Dispose()
    {
        if (_use is null) Free();
    }

    /// <summary>Frees the values.</summary>
    internal void Free() => _tensor.Dispose();

    /// <summary>How its axes are ordered in torch.</summary>
    internal WeightLayout Layout { get; }

    /// <summary>Whether a pass that trains changes it before the optimizer does; statistics, which no optimizer changes, are changed
    /// anyway.</summary>
    internal bool IsChangedByPasses { get; set; }

    /// <summary>Freezes it, or lets training change it again.</summary>
    internal void SetTrainable(bool trainable)
    {
        IsTrainable = trainable;
        Tensor.requires_grad_(trainable);
    }

    /// <summary>Whether its layer computes in half precision while it is kept in a wider format: training then scales the loss.</summary>
    internal bool IsMixedHalf => _computeType == torch.ScalarType.Float16 && Tensor.dtype != torch.ScalarType.Float16;

    /// <summary>A tensor of its shape in Keras's layout.</summary>
    internal torch.Tensor ToKeras(torch.Tensor tensor) => Layout.ToKeras(tensor);

    /// <summary>A tensor of its shape in torch's layout.</summary>
    internal torch.Tensor ToTorch(torch.Tensor keras) => Layout.ToTorch(keras);

    /// <summary>The axes in Keras's order, as a view; blocks stay in torch's order.</summary>
    internal torch.Tensor InKerasAxes(torch.Tensor tensor) => Layout.InKerasAxes(tensor);

    /// <summary>The regularizers and constraints beside the library's.</summary>
    internal Extensions Extensions { get; init; } = Extensions.None;

    /// <summary>What its regularizer adds to the loss.</summary>
    internal torch.Tensor Penalty() => Spec.Regularizer!.Penalty(Layout.ToKeras(Tensor), Extensions);

    /// <summary>Projects the values onto its constraint.</summary>
    internal void Constrain()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        Tensor.copy_(Layout.ToTorch(Spec.Constraint!.Project(Layout.ToKeras(Tensor), Extensions)));
    }

    private DeepGpuArgumentException WrongType(NDArray values) => new(
        new Fault("weight_type", $"Weight '{Name}' is kept as Int8,", $"but receives {values.Type}.",
            "Load weights of a model quantised alike."),
        nameof(values));

    private DeepGpuArgumentException WrongShape(NDArray values) => new(
        new Fault(
            "weight_shape",
            $"Weight '{Name}' has shape ({string.Join(", ", Spec.Shape)}),",
            $"but receives ({string.Join(", ", values.Shape)}).",
            "Load weights that were made for this model."),
        nameof(values));
}
