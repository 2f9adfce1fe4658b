using System.Collections.Immutable;
using DeepGpu.Models;
using DeepGpu.Models.Json;
using DeepGpu.Runtime;

namespace DeepGpu.Lowering;

/// <summary>How each kind of layer of this library becomes live; those of a user's come from the extensions.</summary>
internal sealed class LoweringTable
{
    private readonly ImmutableDictionary<Type, Func<Layer, LoweringContext, LiveLayer>> _rows;

    private LoweringTable(ImmutableDictionary<Type, Func<Layer, LoweringContext, LiveLayer>> rows) => _rows = rows;

    /// <summary>Every layer of this library.</summary>
    public static LoweringTable Default { get; } = new LoweringTable(
        ImmutableDictionary<Type, Func<Layer, LoweringContext, LiveLayer>>.Empty)
        .With(CoreLowering.AddTo).With(ConvolutionLowering.AddTo).With(PoolingLowering.AddTo).With(RecurrentLowering.AddTo)
        .With(NormalizationLowering.AddTo)
        .With(RegularizationLowering.AddTo).With(ReshapingLowering.AddTo).With(MergingLowering.AddTo).With(ActivationLowering.AddTo)
        .With(AttentionLowering.AddTo).With(PositionLowering.AddTo).With(TransformerLowering.AddTo)
        .With(GatedLowering.AddTo).With(DecoderAttentionLowering.AddTo)
        .With(WrapperLowering.AddTo).With(PreprocessingLowering.AddTo).With(AugmentationLowering.AddTo)
        .With(HashLowering.AddTo).With(SpectrogramLowering.AddTo);

    /// <summary>A table that also makes layers of one kind live.</summary>
    /// <param name="lower">Makes the live layer from the record and a context that makes its weights.</param>
    public LoweringTable With<TLayer>(Func<TLayer, LoweringContext, LiveLayer> lower)
        where TLayer : Layer => new(_rows.SetItem(typeof(TLayer), (layer, context) => lower((TLayer)layer, context)));

    /// <summary>A table that also makes layers of one kind live that need no weights.</summary>
    /// <param name="lower">Makes the live layer from the record.</param>
    public LoweringTable With<TLayer>(Func<TLayer, LiveLayer> lower)
        where TLayer : Layer => With<TLayer>((layer, _) => lower(layer));

    /// <summary>Whether a kind of layer can be made live.</summary>
    public bool Contains(Type layer) => _rows.ContainsKey(layer);

    internal LiveLayer Lower(Layer layer, LoweringContext context)
    {
        if (!_rows.TryGetValue(layer.GetType(), out var lower)) return Own(layer, context);
        if (context.IsOnCpu) TorchRuntime.Require(EngineNeeds.Of(layer));
        return lower(layer, context);
    }

    private LoweringTable With(Func<LoweringTable, LoweringTable> add) => add(this);

    private static LiveLayer Own(Layer layer, LoweringContext context)
    {
        if (context.Extensions.Of(ExtensionKind.Layer, layer)?.Run is not LowerLayer run) throw Unknown(layer, context.Path);
        var live = TorchBorder.OfUser($"Layer '{context.Path}'", () => run(layer, context));
        return live ?? throw Nothing(layer, context.Path);
    }

    private static DeepGpuException Unknown(Layer layer, string path) => new(new Fault(
        "no_lowering",
        "Every layer must be one of this library, or registered with how it runs,",
        $"but {layer.GetType().Name} '{path}' is not.",
        $"Pass Extensions.None.WithLayer(new {layer.GetType().Name}(...), YourContext.Default.{layer.GetType().Name}, "
            + "(layer, context) => ...) to ToModel or Load."));

    private static DeepGpuException Nothing(Layer layer, string path) => new(new Fault(
        "no_lowering",
        "The function that a layer is registered with must make a live layer,",
        $"but that of {layer.GetType().Name} '{path}' gives null.",
        "Return one."));
}
