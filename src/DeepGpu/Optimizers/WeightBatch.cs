using TorchSharp;

namespace DeepGpu;

/// <summary>The weights that one call changes, with their gradients.</summary>
/// <param name="States">The weights and what is kept for them.</param>
/// <param name="Gradients">A gradient for each.</param>
internal sealed record WeightBatch(WeightState[] States, torch.Tensor[] Gradients)
{
    /// <summary>The weights' tensors.</summary>
    public torch.Tensor[] Values { get; } = Array.ConvertAll(States, state => state.Value);

    /// <summary>For each name of a slot, its tensor for each weight.</summary>
    public torch.Tensor[][] Slots { get; } = [.. Enumerable.Range(0, States[0].Slots.Count)
        .Select(slot => Array.ConvertAll(States, state => state.Slots[slot]))];

    /// <summary>The weights that have a gradient; null if none has.</summary>
    public static WeightBatch? WithGradients(WeightState[] states)
    {
        var gradients = Array.ConvertAll(states, state => state.Value.grad);
        var some = Array.FindAll(states.Zip(gradients).ToArray(), pair => pair.Second is not null);
        return some.Length == 0 ? null : new(Array.ConvertAll(some, pair => pair.First), Array.ConvertAll(some, pair => pair.Second!));
    }

    /// <summary>Some of the weights; null for none.</summary>
    public WeightBatch? Where(Func<WeightState, bool> accepts)
    {
        var some = States.Zip(Gradients).Where(pair => accepts(pair.First)).ToArray();
        return some.Length == 0 ? null : new(Array.ConvertAll(some, pair => pair.First), Array.ConvertAll(some, pair => pair.Second));
    }

    /// <summary>The same weights, those together that one call of a rule can change: of one rate and number format.</summary>
    public IEnumerable<(double Multiplier, WeightBatch Batch)> ByRate()
    {
        var groups = States.Zip(Gradients).GroupBy(pair => (pair.First.Multiplier, pair.First.Value.dtype)).ToList();
        if (groups.Count == 1) return [(groups[0].Key.Multiplier, this)];
        return groups.Select(group =>
            (group.Key.Multiplier, new WeightBatch([.. group.Select(pair => pair.First)], [.. group.Select(pair => pair.Second)])));
    }
}
