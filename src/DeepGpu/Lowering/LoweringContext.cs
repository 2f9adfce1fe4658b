using DeepGpu.Lowering;
using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>What a lowering needs to make a live layer: the shapes it will see, and a maker of its weights.</summary>
public sealed class LoweringContext
{
    private readonly IReadOnlyList<WeightSpec> _specs;
    private readonly WeightFactory _factory;

    private LoweringContext(string path, IReadOnlyList<Shape> inputs, IReadOnlyList<WeightSpec> specs, WeightFactory factory)
        => (Path, Inputs, _specs, _factory) = (path, inputs, specs, factory);

    /// <summary>The layer's name, after those of the layers it is part of.</summary>
    public string Path { get; }

    /// <summary>The shapes of the inputs, the batch first.</summary>
    public IReadOnlyList<Shape> Inputs { get; }

    /// <summary>Whether the layer, and every model it is part of, may be trained.</summary>
    public bool IsTrainable { get; private init; }

    /// <summary>Whether the work is done on the CPU.</summary>
    internal bool IsOnCpu => _factory.IsOnCpu;

    /// <summary>The classes beside the library's.</summary>
    internal Extensions Extensions => _factory.Extensions;

    /// <summary>The formats the layer computes in and keeps its weights in.</summary>
    public PrecisionPolicy Policy { get; private init; }

    /// <summary>Makes the weight of a name, initialised as its description says.</summary>
    /// <param name="name">The name in the layer's list of weights, e.g. "kernel".</param>
    /// <param name="layout">How its axes are ordered in torch.</param>
    /// <exception cref="DeepGpuArgumentException">The layer's list has no such weight.</exception>
    public LiveWeight Weight(string name, WeightLayout layout = default)
        => OptionalWeight(name, layout) ?? throw NoWeight(name);

    /// <summary>The same as <see cref="Weight"/>, or null if the layer has no such weight (a bias that is switched off).</summary>
    /// <param name="name">The name in the layer's list of weights, e.g. "bias".</param>
    /// <param name="layout">How its axes are ordered in torch.</param>
    public LiveWeight? OptionalWeight(string name, WeightLayout layout = default)
        => _specs.FirstOrDefault(weight => weight.Name == name) is { } spec
            ? _factory.Make($"{Path}/{name}", spec, layout, IsTrainable, Policy)
            : null;

    /// <summary>Makes an inner layer live; its weights are those whose names start with a prefix.</summary>
    /// <param name="layer">The inner layer.</param>
    /// <param name="prefix">What the names of its weights start with, e.g. "forward_layer".</param>
    /// <param name="inputs">The shapes of its inputs.</param>
    public LiveLayer Inner(Layer layer, string prefix, IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var start = prefix + "/";
        var specs = _specs.Where(spec => spec.Name.StartsWith(start, StringComparison.Ordinal))
            .Select(spec => spec with { Name = spec.Name[start.Length..] });
        return LoweringTable.Default.Lower(layer, new($"{Path}/{prefix}", inputs, [.. specs], _factory)
        {
            IsTrainable = IsTrainable && layer.Trainable,
            Policy = layer.Policy ?? Policy
        });
    }

    /// <summary>A constant on the model's device, in the format the layer computes in, owned by the model.</summary>
    /// <param name="value">The values, which stay the caller's.</param>
    public torch.Tensor Constant(torch.Tensor value) => _factory.Constant(value, Policy.ComputeType());

    /// <summary>A constant on the model's device, in a format of its own, owned by the model.</summary>
    internal torch.Tensor Constant(torch.Tensor value, torch.ScalarType type) => _factory.Constant(value, type);

    private DeepGpuArgumentException NoWeight(string name) => new(
        new(
            "no_weight",
            "A live layer has the weights that its record lists,",
            $"but '{Path}' asks for '{name}': there are {string.Join(", ", _specs.Select(spec => spec.Name))}.",
            "Ask for one of them, or add it to Layer.Weights."),
        nameof(name));

    /// <summary>Makes a model's layer live.</summary>
    internal static LiveLayer Lower(ModelNode node, WeightFactory factory, PrecisionPolicy policy)
    {
        var context = new LoweringContext(node.Name, [.. node.Inputs.Select(input => input.Shape)], node.Weights, factory)
        {
            IsTrainable = node.Layer.Trainable,
            Policy = node.Layer.Policy ?? policy
        };
        return LoweringTable.Default.Lower(node.Layer, context);
    }
}
