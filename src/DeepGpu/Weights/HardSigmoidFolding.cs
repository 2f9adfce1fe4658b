using DeepGpu.Models;
using DeepGpu.Models.Graphs;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Values;

namespace DeepGpu.Weights;

/// <summary>Keras 1 and 2's hard sigmoid, clip(0.2 x + 0.5, 0, 1), written for Keras 3, whose own is clip(x / 6 + 0.5, 0, 1): the same of
/// 1.2 x, so
/// that the weights before it are written 1.2 times as large.</summary>
internal static class HardSigmoidFolding
{
    private const double Factor = 1.2;

    /// <summary>The content with a description and weights that Keras 3 computes the same with; as it is where no layer has that
    /// function.</summary>
    /// <exception cref="ModelFormatException">A layer applies it where no weights are just before it.</exception>
    public static ModelContent Folded(ModelContent content)
    {
        if (!Has(content.Spec)) return content;
        var spec = Folded(content.Spec);
        var factors = Factors(content.Spec, "").Where(pair => pair.Blocks.Count > 0)
            .ToDictionary(pair => pair.Weight, StringComparer.Ordinal);
        return new(spec, name => factors.TryGetValue(name, out var factor) ? Scaled(content.Values(name), factor.Blocks, factor.Of)
            : content.Values(name),
            content.Training is { } training ? training with { Variables = [] } : null);
    }

    private static bool Has(ModelSpec spec)
        => spec.Layers.Any(node => node.Layer is NestedModel nested ? Has(nested.Model) : Has(node.Layer));

    private static bool Has(Layer layer) => layer switch
    {
        Bidirectional both => Has(both.Layer) || (both.BackwardLayer is { } backward && Has(backward)),
        TimeDistributed distributed => Has(distributed.Layer),
        RNN recurrent => recurrent.Cell is UnitCell cell ? Has(cell) : recurrent.Cell is StackedRNNCells stacked && stacked.Cells.Any(Has),
        _ => FunctionsOf(layer) is var (own, gates) && (own == Activation.LegacyHardSigmoid || gates == Activation.LegacyHardSigmoid),
    };

    private static (Activation Own, Activation Gates) FunctionsOf(Layer layer) => layer switch
    {
        LSTM lstm => (lstm.Activation, lstm.RecurrentActivation),
        GRU gru => (gru.Activation, gru.RecurrentActivation),
        LSTMCell lstm => (lstm.Activation, lstm.RecurrentActivation),
        GRUCell gru => (gru.Activation, gru.RecurrentActivation),
        ConvLSTM lstm => (lstm.Activation, lstm.RecurrentActivation),
        RecurrentLayer simple => (simple.Activation, Activation.Linear),
        UnitCell simple => (simple.Activation, Activation.Linear),
        KernelLayer kernel => (kernel.Activation, Activation.Linear),
        ConvolutionLayer convolution => (convolution.Activation, Activation.Linear),
        ActivationLayer activation => (activation.Activation, Activation.Linear),
        _ => (Activation.Linear, Activation.Linear),
    };

    private static ModelSpec Folded(ModelSpec spec) => LayerChange.Apply(spec, node => Folded(node.Layer, node));

    private static Layer Folded(Layer layer, ModelNode node) => layer switch
    {
        NestedModel nested => Has(nested.Model) ? new NestedModel(Folded(nested.Model)) { Trainable = nested.Trainable } : nested,
        _ when !Has(layer) => layer,
        LSTM { Activation: Activation.LegacyHardSigmoid } or LSTMCell { Activation: Activation.LegacyHardSigmoid }
            or ConvLSTM { Activation: Activation.LegacyHardSigmoid } or IAdaptable { LoraRank: not null }
                or IAdaptable { Quantization: not null } => throw NotWritable(node.Name),
        Bidirectional both => both with
        {
            Layer = (SequenceLayer)Folded(both.Layer, node),
            BackwardLayer = both.BackwardLayer is { } back
            ? (SequenceLayer)Folded(back, node) : null
        },
        TimeDistributed distributed => distributed with { Layer = Folded(distributed.Layer, node) },
        RNN { Cell: UnitCell cell } recurrent => recurrent with { Cell = (RecurrentCell)Folded(cell, node) },
        LSTM lstm => lstm with { RecurrentActivation = Activation.HardSigmoid },
        LSTMCell lstm => lstm with { RecurrentActivation = Activation.HardSigmoid },
        ConvLSTM lstm => lstm with { RecurrentActivation = Activation.HardSigmoid },
        GRU gru => gru with { Activation = Today(gru.Activation), RecurrentActivation = Today(gru.RecurrentActivation) },
        GRUCell gru => gru with { Activation = Today(gru.Activation), RecurrentActivation = Today(gru.RecurrentActivation) },
        RecurrentLayer simple => simple with { Activation = Activation.HardSigmoid },
        UnitCell simple => simple with { Activation = Activation.HardSigmoid },
        KernelLayer kernel => kernel with { Activation = Activation.HardSigmoid },
        ConvolutionLayer convolution => convolution with { Activation = Activation.HardSigmoid },
        ActivationLayer => new NestedModel(Alone(node)),
        _ => throw NotWritable(node.Name),
    };

    private static Activation Today(Activation activation) => activation == Activation.LegacyHardSigmoid ? Activation.HardSigmoid
        : activation;

    /// <summary>The function alone, as a model of a factor and Keras 3's function.</summary>
    private static ModelSpec Alone(ModelNode node)
        => new LayerCall(new InputLayer(node.Inputs[0].Shape), []).Output(0).Apply(new Rescaling([Factor]))
            .Apply(new ActivationLayer(Activation.HardSigmoid)).Build(node.Name);

    /// <summary>The weights before a hard sigmoid: which of how many blocks of the last axis it is of.</summary>
    private static IEnumerable<(string Weight, IReadOnlyList<int> Blocks, int Of)> Factors(ModelSpec spec, string prefix)
        => spec.Layers.SelectMany(node
            => node.Weights.Select(weight => (Name: $"{prefix}{node.Name}/{weight.Name}", Leaf: LeafLayers.Of(node.Layer, weight.Name),
            weight.Name)))
            .Select(item => (item.Item1, Blocks(Cell(item.Leaf), item.Item3[(item.Item3.LastIndexOf('/') + 1)..]), Gates(Cell(item.Leaf))));

    private static Layer Cell(Layer layer) => layer is RNN { Cell: { } cell } ? cell : layer;

    private static int Gates(Layer layer) => layer switch { LSTM or LSTMCell or ConvLSTM => 4, GRU or GRUCell => 3, _ => 1 };

    private static IReadOnlyList<int> Blocks(Layer layer, string weight)
    {
        var (own, gates) = FunctionsOf(layer);
        if (weight is "depthwise_kernel" && layer is SeparableConvolution
            || !(weight.EndsWith("kernel", StringComparison.Ordinal) || weight == "bias")) return [];
        IReadOnlyList<int> ofGates = gates != Activation.LegacyHardSigmoid ? [] : Gates(layer) == 4 ? [0, 1, 3] : [0, 1];
        return own != Activation.LegacyHardSigmoid ? ofGates : [.. ofGates, Gates(layer) == 3 ? 2 : 0];
    }

    private static NDArray Scaled(NDArray values, IReadOnlyList<int> blocks, int of)
    {
        var (numbers, row) = (ElementNumbers.Of(values), values.Shape[^1]);
        bool IsScaled(int i) => blocks.Contains(i % row / (row / of));
        return NDArray.From<float>([.. numbers.Select((number, i) => (float)(IsScaled(i) ? Factor * number : number))], [.. values.Shape]);
    }

    private static ModelFormatException NotWritable(string layer) => new(new(
        "not_writable",
        "A file for Keras 3 can hold the hard sigmoid of Keras 1 and 2 only where weights are just before it,",
        $"but '{PrintableText.Of(layer)}' applies it elsewhere.",
        "Save to this library's own format (.deepgpu), or describe the layer with Activation.HardSigmoid."));
}
