using DeepGpu.Models.Graphs;

namespace DeepGpu.Models;

/// <summary>A value that will flow through a model: what a layer's call yields before there is data.
/// Immutable, so a stem may be shared.</summary>
/// <remarks>What does not fit is reported by <see cref="Build"/>, every fault at once.</remarks>
public sealed class SymbolicTensor
{
    internal SymbolicTensor(LayerCall call, int index) => (Call, Index) = (call, index);

    /// <summary>The shape, the batch first; null where a layer before it cannot take its input: <see cref="Build"/> says why.</summary>
    public Shape? Shape => Call.Shapes?[Index];

    /// <summary>The call that yields it.</summary>
    internal LayerCall Call { get; }

    /// <summary>Which of the call's outputs it is.</summary>
    internal int Index { get; }

    /// <summary>The first output of a layer applied to this value. Applying one layer object twice shares its weights.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="others">Further inputs: what is merged with it, initial states, values attended to.</param>
    public SymbolicTensor Apply(Layer layer, params IEnumerable<SymbolicTensor> others) => ApplyAll(layer, others)[0];

    /// <summary>Every output of a layer applied to this value: an LSTM that returns its states yields three.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="others">Further inputs: what is merged with it, initial states, values attended to.</param>
    public IReadOnlyList<SymbolicTensor> ApplyAll(Layer layer, params IEnumerable<SymbolicTensor> others)
    {
        var call = new LayerCall(layer, [this, .. others]);
        return [.. Enumerable.Range(0, layer.OutputCount).Select(call.Output)];
    }

    /// <summary>A finished model applied to this value as a layer.</summary>
    /// <param name="model">The model.</param>
    public SymbolicTensor Apply(ModelSpec model) => Apply(new NestedModel(model));

    /// <summary>A model from this value's only input to this value.</summary>
    /// <param name="name">The model's name. Default "sequential".</param>
    /// <exception cref="ModelBuildException">Shapes or names do not fit: every fault is listed.</exception>
    public ModelSpec Build(string name = "sequential") => GraphBuilder.Build(name, [this], inputs: null, isSequential: true);
}
