using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>The formula of an optimizer: what it keeps for each weight, and how a gradient changes it.</summary>
internal abstract class UpdateRule
{
    /// <summary>The names of what is kept for each weight, as Keras calls them.</summary>
    public abstract IReadOnlyList<string> SlotNames { get; }

    /// <summary>The same names, those in one list that Keras keeps side by side for each weight.</summary>
    public virtual IReadOnlyList<IReadOnlyList<string>> SlotGroups => [SlotNames];

    /// <summary>Whether the weights lie beside an average that may take their place for measuring.</summary>
    public virtual bool HasAverage => false;

    /// <summary>The rule of an optimizer.</summary>
    /// <exception cref="DeepGpuArgumentException">It is neither this library's nor registered, or its slots cannot be kept.</exception>
    public static UpdateRule For(Optimizer optimizer, Extensions extensions)
        => extensions.Of(ExtensionKind.Optimizer, optimizer)?.Run is MakeRule run ? new OwnRule(optimizer, run) : For(optimizer);

    /// <summary>The rule of a description.</summary>
    public static UpdateRule For(Optimizer optimizer) => UpdateRules.Find(optimizer)
        ?? throw OwnClasses.NotRegistered(ExtensionKind.Optimizer, optimizer, $"{optimizer.GetType().Name} is not");

    /// <summary>The first value of a slot of a weight.</summary>
    public virtual torch.Tensor NewSlot(string name, LiveWeight weight) => torch.zeros_like(weight.Tensor);

    /// <summary>Whether Keras keeps a slot for a weight; else the slot is empty, or holds what Keras leaves out.</summary>
    public virtual bool Keeps(string slot, LiveWeight weight) => true;

    /// <summary>Whether Keras keeps a slot for a weight and never reads it: files hold zeros of the weight's shape.</summary>
    public virtual bool IsUnused(string slot, LiveWeight weight) => false;

    /// <summary>The share of a weight that decays, before the rate; null for none.</summary>
    public virtual double? DecayOf(Optimizer optimizer, LiveWeight weight) => optimizer.WeightDecay;

    /// <summary>Refuses slots that the description does not state.</summary>
    /// <exception cref="DeepGpuArgumentException">They differ.</exception>
    public virtual void CheckSlots(IReadOnlyList<WeightState> weights)
    {
    }

    /// <summary>Prepares the slots of all weights before the first change. Called inside a dispose scope.</summary>
    public virtual void Begin(WeightState[] weights)
    {
    }

    /// <summary>Makes weights their average, or what they were. Called inside a dispose scope.</summary>
    public virtual void SwapAverage(WeightState[] weights, bool toAverage)
    {
    }

    /// <summary>Changes weights and slots. Called inside a dispose scope.</summary>
    /// <param name="batch">The weights.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="update">The number of this change, from 1.</param>
    public abstract void Apply(WeightBatch batch, double rate, long update);
}
