using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>What a lowering needs to make a live layer: the node it stands for, and a maker of its weights.</summary>
public sealed class LoweringContext
{
    private readonly torch.Device _device;
    private readonly torch.Generator _random;
    private readonly List<LiveWeight> _weights = [];

    internal LoweringContext(ModelNode node, torch.Device device, torch.Generator random)
        => (Node, _device, _random) = (node, device, random);

    /// <summary>The layer in its model: name, input shapes, weights.</summary>
    public ModelNode Node { get; }

    /// <summary>The weights made so far, in order.</summary>
    internal IReadOnlyList<LiveWeight> Weights => _weights;

    /// <summary>Makes the weight of a name, initialised as its description says.</summary>
    /// <param name="name">The name in the layer's list of weights, e.g. "kernel".</param>
    /// <param name="layout">How its axes are ordered in torch.</param>
    public LiveWeight Weight(string name, WeightLayout layout)
        => OptionalWeight(name, layout) ?? throw new ArgumentException($"The layer '{Node.Name}' has no weight '{name}'.", nameof(name));

    /// <summary>The same as <see cref="Weight"/>, or null if the layer has no such weight (a bias that is switched off).</summary>
    public LiveWeight? OptionalWeight(string name, WeightLayout layout)
    {
        if (Node.Weights.FirstOrDefault(weight => weight.Name == name) is not { } spec) return null;
        using var scope = torch.NewDisposeScope();
        var initial = InitialValues.Sample(spec.Initializer, spec.Shape, _random).to(_device);
        var weight = new LiveWeight($"{Node.Name}/{name}", spec, initial, layout, Node.Layer.Trainable && spec.Trainable);
        _weights.Add(weight);
        return weight;
    }
}
