using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>How an optimizer of your own changes a weight by its gradient.</summary>
/// <remarks>The library does what all optimizers have in common: accumulation and clipping of gradients, weight decay, loss scaling,
/// averages and schedules. Slots are kept with checkpoints and model files. Keras: https://keras.io/api/optimizers/</remarks>
public abstract class OptimizerRule
{
    /// <summary>The names of the tensors kept for each weight, as many as the optimizer's <c>SlotCount</c> says. Default none.</summary>
    public virtual IReadOnlyList<string> Slots => [];

    /// <summary>The first value of a slot, on the weight's device. Default zeros of the weight's shape.</summary>
    /// <param name="slot">Its name.</param>
    /// <param name="weight">The weight, in torch's layout.</param>
    public virtual torch.Tensor NewSlot(string slot, torch.Tensor weight) => torch.zeros_like(weight);

    /// <summary>Changes a weight and its slots in place. Gradients are not recorded.</summary>
    /// <param name="update">The weight, its gradient, its slots, and the learning rate.</param>
    public abstract void Update(WeightUpdate update);
}

/// <summary>What an <see cref="OptimizerRule"/> sees of one weight.</summary>
public sealed class WeightUpdate
{
    private readonly IReadOnlyDictionary<string, torch.Tensor> _slots;

    internal WeightUpdate(WeightState state, torch.Tensor gradient, IReadOnlyDictionary<string, torch.Tensor> slots)
        => (Name, Value, Gradient, _slots) = (state.Weight.Name, state.Value, gradient, slots);

    /// <summary>The layer's and the weight's name, e.g. "dense/kernel".</summary>
    public string Name { get; }

    /// <summary>The weight, to be changed in place, in torch's layout.</summary>
    public torch.Tensor Value { get; }

    /// <summary>Its gradient, clipped and averaged as the options say. It may be changed in place.</summary>
    public torch.Tensor Gradient { get; }

    /// <summary>The learning rate of the step, times the weight's factor.</summary>
    public required double Rate { get; init; }

    /// <summary>The number of this change, from 1: steps that only accumulate gradients do not count.</summary>
    public required long Count { get; init; }

    /// <summary>A slot of the weight, to be changed in place.</summary>
    /// <param name="name">One of <see cref="OptimizerRule.Slots"/>.</param>
    /// <exception cref="DeepGpuArgumentException">The rule has no such slot.</exception>
    public torch.Tensor Slot(string name) => _slots.TryGetValue(name, out var slot)
        ? slot
        : throw Require.OutOfRange(nameof(WeightUpdate), nameof(name), $"one of {string.Join(", ", _slots.Keys)}", name);
}

/// <summary>Makes the rule of an optimizer.</summary>
internal delegate OptimizerRule MakeRule(Optimizer optimizer);
