using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>A trainable weight with everything an optimizer keeps for it.</summary>
internal sealed class WeightState : IDisposable
{
    /// <summary>A slot that holds means of columns runs along the last axis, whose blocks torch orders in its own way.</summary>
    private const string Columns = "column";

    private readonly Dictionary<string, torch.Tensor> _kept = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _slotNames;

    /// <summary>Makes the state of a weight before the first step.</summary>
    public WeightState(LiveWeight weight, Optimizer options, UpdateRule rule, double multiplier)
    {
        (Weight, Multiplier, _slotNames) = (weight, multiplier, rule.SlotNames);
        var isExcluded = options.ExcludeFromWeightDecay.Any(text => weight.Name.Contains(text, StringComparison.Ordinal));
        Decay = isExcluded ? 0 : rule.DecayOf(options, weight) ?? 0;
        foreach (var name in _slotNames) _kept[name] = rule.NewSlot(name, weight).DetachFromDisposeScope();
        if (options.GradientAccumulationSteps is not null) _kept["gradient_accumulator"] = torch.zeros_like(Value).DetachFromDisposeScope();
        if (options.UseEma) _kept["average"] = torch.zeros_like(Value).DetachFromDisposeScope();
        Slots = [.. _slotNames.Select(name => _kept[name])];
    }

    /// <summary>The weight.</summary>
    public LiveWeight Weight { get; }

    /// <summary>The weight's tensor.</summary>
    public torch.Tensor Value => Weight.Tensor;

    /// <summary>What the rate is multiplied by for this weight.</summary>
    public double Multiplier { get; }

    /// <summary>The share of it that decays, before the rate; 0 for none.</summary>
    public double Decay { get; }

    /// <summary>What the rule keeps, in the order of its names.</summary>
    public IReadOnlyList<torch.Tensor> Slots { get; }

    /// <summary>The gradients gathered so far.</summary>
    public torch.Tensor Accumulated => _kept["gradient_accumulator"];

    /// <summary>The moving average of the weight.</summary>
    public torch.Tensor Average => _kept["average"];

    /// <summary>Everything kept, by name, in Keras's layout where it has the weight's shape. Call inside a dispose scope.</summary>
    public IEnumerable<(string Name, torch.Tensor Values)> Named()
        => _kept.Select(kept => ($"{Weight.Name}/{kept.Key}", HasWeightShape(kept.Value) ? Weight.ToKeras(kept.Value)
            : kept.Key == Columns ? Weight.Layout.BlocksToKeras(kept.Value)
            : kept.Value));

    /// <summary>Takes values back that <see cref="Named"/> gave. Call inside a dispose scope.</summary>
    public void Load(string name, torch.Tensor values)
    {
        var key = name[(Weight.Name.Length + 1)..];
        var kept = _kept[key];
        kept.copy_(HasWeightShape(kept) ? Weight.ToTorch(values) : key == Columns ? Weight.Layout.BlocksToTorch(values) : values);
    }

    public void Dispose()
    {
        foreach (var kept in _kept.Values) kept.Dispose();
    }

    private bool HasWeightShape(torch.Tensor kept) => kept.shape.SequenceEqual(Value.shape);
}
