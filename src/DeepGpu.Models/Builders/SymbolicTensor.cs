namespace DeepGpu.Models;

/// <summary>A value that will flow through a model: what a layer's call yields before there is data. Immutable, so a stem may be shared.</summary>
/// <remarks>Shapes are inferred by <see cref="Build"/>, which reports every fault at once.</remarks>
public sealed class SymbolicTensor
{
    internal SymbolicTensor(LayerCall call, int index) => (Call, Index) = (call, index);

    /// <summary>The call that yields it.</summary>
    internal LayerCall Call { get; }

    /// <summary>Which of the call's outputs it is.</summary>
    internal int Index { get; }

    /// <summary>The first output of a layer applied to this value. Applying one layer object twice shares its weights.</summary>
    public SymbolicTensor Apply(Layer layer) => new LayerCall(layer, [this]).Output(0);

    /// <summary>A model from this value's only input to this value.</summary>
    /// <param name="name">The model's name. Default "sequential".</param>
    /// <exception cref="ModelBuildException">Shapes or names do not fit: every fault is listed.</exception>
    public ModelSpec Build(string name = "sequential") => GraphBuilder.Build(name, [this]);
}

/// <summary>One application of a layer. The same layer object in two calls shares its weights.</summary>
internal sealed class LayerCall
{
    public LayerCall(Layer layer, IReadOnlyList<SymbolicTensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(layer);
        (Layer, Inputs) = (layer, inputs);
    }

    public Layer Layer { get; }

    public IReadOnlyList<SymbolicTensor> Inputs { get; }

    public SymbolicTensor Output(int index) => new(this, index);
}
