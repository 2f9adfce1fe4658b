using System.Collections.Immutable;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>How each kind of layer becomes live. Immutable: add a layer of your own with <see cref="With{TLayer}"/>.</summary>
public sealed class LoweringTable
{
    private readonly ImmutableDictionary<Type, Func<Layer, LoweringContext, LiveLayer>> _rows;

    private LoweringTable(ImmutableDictionary<Type, Func<Layer, LoweringContext, LiveLayer>> rows) => _rows = rows;

    /// <summary>Every layer of this library.</summary>
    public static LoweringTable Default { get; } = ConvolutionLowering.AddTo(CoreLowering.AddTo(new(ImmutableDictionary<Type, Func<Layer, LoweringContext, LiveLayer>>.Empty)));

    /// <summary>A table that also makes layers of one kind live.</summary>
    /// <param name="lower">Makes the live layer from the record and a context that makes its weights.</param>
    public LoweringTable With<TLayer>(Func<TLayer, LoweringContext, LiveLayer> lower)
        where TLayer : Layer => new(_rows.SetItem(typeof(TLayer), (layer, context) => lower((TLayer)layer, context)));

    /// <summary>Whether a kind of layer can be made live.</summary>
    public bool Contains(Type layer) => _rows.ContainsKey(layer);

    internal LiveLayer Lower(LoweringContext context)
    {
        var layer = context.Node.Layer;
        return _rows.TryGetValue(layer.GetType(), out var lower) ? lower(layer, context) : throw Unknown(context.Node);
    }

    private static DeepGpuException Unknown(ModelNode node) => new(new Fault(
        "no_lowering",
        "Every layer needs a row in the lowering table,",
        $"but {node.Layer.GetType().Name} '{node.Name}' has none.",
        $"Pass LoweringTable.Default.With<{node.Layer.GetType().Name}>(...) to ToModel."));
}
