using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>An optimizer of a user's: its rule, weight by weight.</summary>
internal sealed class OwnRule : UpdateRule
{
    private static readonly string[] Reserved = ["average", "gradient_accumulator"];

    private readonly OptimizerRule _rule;
    private readonly string _name;
    private readonly int _stated;

    /// <summary>Makes the rule of a registered optimizer.</summary>
    /// <exception cref="DeepGpuArgumentException">There is none, or its slots cannot be kept.</exception>
    public OwnRule(Optimizer optimizer, MakeRule run)
    {
        (_name, _stated) = (optimizer.GetType().Name, optimizer.Slots);
        _rule = run(optimizer) ?? throw Wrong("gives null", "Return the rule.");
        SlotNames = [.. _rule.Slots ?? throw Wrong("has null for slots", "Return a list.")];
        var bad = SlotNames.FirstOrDefault(name => string.IsNullOrWhiteSpace(name) || name.Contains('/') || Reserved.Contains(name));
        if (bad is not null) throw Wrong($"has a slot '{bad}'",
            $"Choose a name without '/' that is none of {string.Join(", ", Reserved)}.");
        if (SlotNames.Distinct(StringComparer.Ordinal).Count() != SlotNames.Count) throw Wrong("has two slots of one name", "Rename one.");
    }

    public override IReadOnlyList<string> SlotNames { get; }

    public override torch.Tensor NewSlot(string name, LiveWeight weight)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var slot = _rule.NewSlot(name, weight.Tensor) ?? throw Wrong($"starts slot '{name}' with null", "Return a tensor.");
        if (slot.device_type != weight.Tensor.device_type) throw Wrong($"starts slot '{name}' on {slot.device}",
            "Make it on the weight's device.");
        return (ReferenceEquals(slot, weight.Tensor) ? slot.clone() : slot.detach()).MoveToOuterDisposeScope();
    }

    public override void CheckSlots(IReadOnlyList<WeightState> weights)
    {
        var counts = weights.Select(state => state.Slots.Count(slot => slot.shape.SequenceEqual(state.Value.shape)));
        if (counts.DefaultIfEmpty(_stated).Max() is var kept && kept != _stated) throw Wrong(
            $"keeps {kept} tensors of a weight's size while its SlotCount is {_stated}",
            "State as many as it keeps: forecasts of memory count them.");
    }

    public override void Apply(WeightBatch batch, double rate, long update)
    {
        for (var i = 0; i < batch.States.Length; i++)
        {
            using var scope = torch.NewDisposeScope();
            var (state, gradient) = (batch.States[i], batch.Gradients[i]);
            var slots = SlotNames.Zip(state.Slots).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
            var seen = new WeightUpdate(state, gradient, slots) { Rate = rate, Count = update };
            TorchBorder.OfUser($"Optimizer '{_name}'", () =>
            {
                _rule.Update(seen);
                return true;
            });
        }
    }

    private DeepGpuArgumentException Wrong(string received, string remedy) => new(
        new("own_optimizer", "The rule of an optimizer must say what it keeps for each weight,", $"but that of {_name} {received}.",
            remedy),
        parameterName: null);
}
