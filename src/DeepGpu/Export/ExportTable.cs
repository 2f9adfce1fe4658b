using System.Collections.Immutable;
using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>How a kind of layer is written, or why it is not.</summary>
internal sealed record ExportRow(ExportRule? Rule, string? Reason = null)
{
    /// <summary>Whether whole numbers are made real ones first, as in the engine.</summary>
    public bool CastsInputs { get; init; } = true;
}

/// <summary>The rules of all layers. A family has one, under the record that its layers derive from.</summary>
internal sealed class ExportTable
{
    private readonly ImmutableDictionary<Type, ExportRow> _rows;

    private ExportTable(ImmutableDictionary<Type, ExportRow> rows) => _rows = rows;

    public static ExportTable Default { get; } = new ExportTable(ImmutableDictionary<Type, ExportRow>.Empty)
        .With(CoreRules.AddTo).With(ActivationRules.AddTo).With(ConvolutionRules.AddTo).With(PoolingRules.AddTo)
        .With(ReshapingRules.AddTo).With(NormalizationRules.AddTo).With(MergingRules.AddTo).With(AttentionRules.AddTo)
        .With(DecoderAttentionRules.AddTo)
        .With(PositionRules.AddTo).With(TransformerRules.AddTo).With(RecurrentRules.AddTo).With(WrapperRules.AddTo)
        .With(CategoryRules.AddTo).With(ImageRules.AddTo).With(SpectrogramRules.AddTo).With(FunctionRules.AddTo);

    /// <summary>The row of a layer's own record, or of the nearest that it derives from; null for none.</summary>
    public ExportRow? Find(Type? layer)
        => layer is null ? null : _rows.TryGetValue(layer, out var row) ? row : Find(layer.BaseType);

    public ExportTable With<TLayer>(Func<TLayer, ExportContext, IReadOnlyList<ExportSignal>, IReadOnlyList<ExportSignal>> rule,
        bool castsInputs = true)
        where TLayer : Layer
        => new(_rows.SetItem(typeof(TLayer), new((layer, context, inputs) => rule((TLayer)layer, context, inputs))
        { CastsInputs = castsInputs }));

    /// <summary>A layer of one input and one output.</summary>
    public ExportTable Unary<TLayer>(Func<TLayer, ExportContext, GraphValue, GraphValue> rule, bool passesMask = false,
        bool castsInputs = true)
        where TLayer : Layer
        => With<TLayer>((layer, context, inputs) => [new(rule(layer, context, inputs[0].Tensor), passesMask ? inputs[0].Mask : null)],
            castsInputs);

    /// <summary>A layer that yields what it receives, once trained.</summary>
    public ExportTable Same<TLayer>(bool passesMask = true)
        where TLayer : Layer => Unary<TLayer>((_, _, x) => x, passesMask);

    /// <summary>A layer that ONNX cannot express.</summary>
    public ExportTable Refused<TLayer>(string reason)
        where TLayer : Layer => new(_rows.SetItem(typeof(TLayer), new(null, reason)));

    public IReadOnlyList<ExportSignal> Run(Layer layer, ExportContext context, IReadOnlyList<ExportSignal> inputs)
    {
        var row = Find(layer.GetType());
        if (row?.Rule is not { } rule) throw new ExportRefusal(row?.Reason ?? "is a class of your own, which has no operators of ONNX");
        var before = context.Graph.Names.Path;
        context.Graph.Names.Path = context.Path;
        var cast = row.CastsInputs ? inputs.Select(input => input with { Tensor = context.Graph.Cast(input.Tensor, DataType.Float32) })
            : inputs;
        var outputs = rule(layer, context, [.. cast]);
        context.Graph.Names.Path = before;
        return outputs;
    }

    private ExportTable With(Func<ExportTable, ExportTable> add) => add(this);
}
