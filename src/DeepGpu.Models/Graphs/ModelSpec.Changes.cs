using DeepGpu.Models.Graphs;

namespace DeepGpu.Models;

/// <content>The same model with other options of its layers.</content>
public sealed partial class ModelSpec
{
    /// <summary>The same model with every layer frozen: training leaves its weights alone,
    /// and batch normalisation keeps its statistics.</summary>
    public ModelSpec Freeze() => LayerChange.Apply(this, node => LayerChange.WithTrainable(node.Layer, trainable: false));

    /// <summary>The same model with its last layers trainable again, those with weights counted,
    /// the layers of models inside it one by one.</summary>
    /// <param name="last">How many layers with weights, counted from the output: from 0 to as many as there are.</param>
    /// <exception cref="DeepGpuArgumentException">There are not so many layers with weights.</exception>
    public ModelSpec Unfreeze(int last)
    {
        List<string> weighted = [.. LayerChange.Weighted(this)];
        if (last < 0 || last > weighted.Count) throw Require.OutOfRange(nameof(Unfreeze), nameof(last),
            $"from 0 to {weighted.Count}, the layers with weights", last);
        return LayerChange.Unfreeze(this, weighted.TakeLast(last).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>The same model with the kernels and embeddings of Dense, EinsumDense and Embedding kept in few bits, in models inside it
    /// too.</summary>
    /// <remarks>The quantised values start as zeros; quantise a live model to convert those it has.</remarks>
    /// <param name="quantization">How.</param>
    /// <param name="layers">The layers' names, after those of the models they are in ("encoder/dense"); null for all that the mode exists
    /// for.</param>
    /// <exception cref="DeepGpuArgumentException">A name is not that of such a layer, or there is none.</exception>
    /// <exception cref="ModelStateException">A layer is quantised.</exception>
    public ModelSpec Quantize(Quantization quantization, IReadOnlyCollection<string>? layers = null)
    {
        ArgumentNullException.ThrowIfNull(quantization);
        return AdaptableLayers.Change(this, layers, layer => layer.Supports(quantization), layer => layer.With(quantization));
    }

    /// <summary>The same model with two matrices of a rank trained beside the frozen kernels and embeddings of Dense, EinsumDense and
    /// Embedding, of MultiHeadAttention and GroupedQueryAttention, of TransformerEncoder and TransformerDecoder (LoRA).</summary>
    /// <remarks>Other layers stay as they are: <c>spec.Freeze().EnableLora(8)</c> trains the matrices and the biases of adapted Dense and
    /// EinsumDense layers; <paramref name="freezeOthers"/> trains the matrices alone. Hu et al., 2021,
    /// https://arxiv.org/abs/2106.09685.</remarks>
    /// <param name="rank">The rank, at least 1.</param>
    /// <param name="loraAlpha">How much their product counts: the factor is this over the rank. Default the rank.</param>
    /// <param name="layers">The layers' names, after those of the models and layers they are in ("encoder/dense", "attention/query_dense"),
    /// or patterns of them ("*/query_dense"; * stands for any letters, ? for one); null for all.</param>
    /// <param name="freezeOthers">Whether everything but the matrices is frozen. Default false.</param>
    /// <exception cref="DeepGpuArgumentException">A name or pattern is not that of such a layer, there is none, or the rank is below
    /// 1.</exception>
    /// <exception cref="ModelStateException">A layer has such matrices.</exception>
    public ModelSpec EnableLora(int rank, double? loraAlpha = null, IReadOnlyCollection<string>? layers = null, bool freezeOthers = false)
        => AdaptableLayers.Change(freezeOthers ? Freeze() : this, layers, layer => layer.Quantization is not Float8Quantization,
            layer => layer.WithLora(rank, loraAlpha, freezeOthers));

    /// <summary>The same model without matrices beside kernels (LoRA); a live model adds their products to the kernels
    /// (<c>Model.MergeLora</c>).</summary>
    /// <remarks>Kernels can be trained again: freeze the model to keep them.</remarks>
    /// <exception cref="DeepGpuArgumentException">There are no such matrices.</exception>
    public ModelSpec MergeLora()
        => AdaptableLayers.Change(this, layers: null, layer => layer.LoraRank is not null, layer => layer.WithoutLora());

    /// <summary>The same model with other weights to start from.</summary>
    /// <param name="weights">Where they come from; null draws them.</param>
    public ModelSpec From(InitialWeights? weights)
        => weights == Weights ? this : new(Name, Nodes, Inputs, Outputs, IsSequential)
        {
            Weights = weights,
            Omitted = Omitted,
            Origin = Origin
        };

    /// <summary>The same model for inputs of other shapes; the weights' shapes follow.</summary>
    /// <param name="shapes">A shape for each input, the batch first, in the order of <see cref="Inputs"/>.</param>
    /// <exception cref="DeepGpuArgumentException">There are fewer or more shapes than inputs.</exception>
    /// <exception cref="ModelBuildException">A layer cannot take what reaches it: every fault is listed.</exception>
    public ModelSpec WithInputShapes(params IReadOnlyList<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        if (shapes.Count != Inputs.Count)
            throw Require.OutOfRange(nameof(WithInputShapes), nameof(shapes), $"{Inputs.Count} shapes, one an input", shapes.Count);
        if (Origin is { } origin) return origin.WithInputShapes(Name, shapes);
        var byInput = Inputs.Zip(shapes).ToDictionary(pair => pair.First, pair => pair.Second);
        return LayerChange.Apply(this, node => node.Layer is InputLayer input ? input with { BatchShape = byInput[node] } : node.Layer);
    }
}
