using DeepGpu.Lowering;
using DeepGpu.Models;
using DeepGpu.Models.Graphs;
using DeepGpu.Weights;

namespace DeepGpu;

/// <content>Kernels in few bits, and low-rank matrices trained beside frozen ones.</content>
public sealed partial class Model
{
    /// <summary>Keeps the kernels and embeddings of Dense, EinsumDense and Embedding in few bits, those of models inside it too. Compile
    /// again afterwards.</summary>
    /// <remarks>int8 and int4 quantise the values there are: scale = highest number / (largest absolute value + 1e-7) for each output
    /// channel, or
    /// a scale and a zero point for each block. Such layers predict; trained are only low-rank matrices beside them
    /// (<see cref="EnableLora"/>).
    /// float8 keeps the values and rounds them at each call. Keras: https://keras.io/guides/quantization_overview/</remarks>
    /// <param name="quantization">How.</param>
    /// <param name="layers">The layers' names, after those of the models they are in ("encoder/dense"); null for all that the mode exists
    /// for.</param>
    /// <exception cref="DeepGpuArgumentException">A name is not that of such a layer, or there is none.</exception>
    /// <exception cref="ModelStateException">A layer is quantised, computes in a format too narrow for the mode, or the model is being
    /// trained.</exception>
    public void Quantize(Quantization quantization, IReadOnlyCollection<string>? layers = null)
    {
        ModelSpec Quantized(ModelSpec spec) => Checked(spec.Quantize(quantization, layers));
        Change(Quantized, spec => [.. Converted(spec)]);
    }

    private ModelSpec Checked(ModelSpec spec)
    {
        foreach (var node in AdaptableLayers.Of(spec).Where(node => node.Layer.Quantization is not null))
        {
            LiveQuantizedMatrix.Check(node.Layer.Quantization!, node.Layer.Owner.Policy ?? _policy, node.Path);
        }

        return spec;
    }

    /// <summary>Freezes the kernels and embeddings of Dense, EinsumDense and Embedding, of attention's projections and of the blocks of
    /// transformers, and trains two matrices of a rank beside each (LoRA). Compile again afterwards.</summary>
    /// <remarks>Hu et al., 2021, https://arxiv.org/abs/2106.09685. The layers give the same until training changes the matrices. Keras's
    /// files hold
    /// kernels with the matrices' product added; this library's own, .h5 and safetensors hold them apart, unless <see cref="MergeLora"/>
    /// merged them before.</remarks>
    /// <param name="rank">The rank, at least 1.</param>
    /// <param name="loraAlpha">How much their product counts: the factor is this over the rank. Default the rank.</param>
    /// <param name="layers">The layers' names, after those of the models and layers they are in ("encoder/dense", "attention/query_dense"),
    /// or patterns of them ("*/query_dense"; * stands for any letters, ? for one); null for all.</param>
    /// <param name="freezeOthers">Whether everything but the matrices is frozen. Default false: biases and other layers stay as they
    /// are.</param>
    /// <exception cref="DeepGpuArgumentException">A name or pattern is not that of such a layer, there is none, or the rank is below
    /// 1.</exception>
    /// <exception cref="ModelStateException">A layer has such matrices, or the model is being trained.</exception>
    public void EnableLora(int rank, double? loraAlpha = null, IReadOnlyCollection<string>? layers = null, bool freezeOthers = false)
        => Change(spec => spec.EnableLora(rank, loraAlpha, layers, freezeOthers), _ => []);

    /// <summary>Adds the products of low-rank matrices to the kernels they belong to, and leaves the matrices out: the model gives the same
    /// with fewer products. Compile again afterwards.</summary>
    /// <remarks>Quantised kernels are quantised again. Kernels can be trained again: <see cref="Freeze"/> the model to keep them.</remarks>
    /// <exception cref="DeepGpuArgumentException">There are no such matrices.</exception>
    /// <exception cref="ModelStateException">The model is being trained.</exception>
    public void MergeLora() => Change(spec => spec.MergeLora(), _ => LoraMerging.All(Spec, Values()));

    private Func<string, NDArray> Values()
    {
        var byName = Weights.ToDictionary(weight => weight.Name, StringComparer.Ordinal);
        return name => byName[name].ToArray();
    }

    /// <summary>The whole numbers that the values of newly quantised layers become.</summary>
    private IEnumerable<(string Name, NDArray Value)> Converted(ModelSpec spec)
    {
        var before = AdaptableLayers.Of(Spec).ToDictionary(node => node.Path, node => node.Layer.Quantization, StringComparer.Ordinal);
        var byName = Weights.ToDictionary(weight => weight.Name, StringComparer.Ordinal);
        return AdaptableLayers.Of(spec)
            .Where(node => node.Layer.Quantization is { IsWhole: true } && before[node.Path] is null)
            .SelectMany(node
                => QuantizedNames.Of(node,
                MatrixQuantizer.Quantize(AdaptedValues.Single(byName[node.Matrix].ToArray()), node.Form, node.Layer.Quantization!)));
    }

    /// <summary>Refuses to train a layer whose kernel is whole numbers, unless it is frozen or has matrices to train beside it.</summary>
    private void RefuseQuantized(string call)
    {
        if (AdaptableLayers.Of(Spec).FirstOrDefault(node
            => node.Layer is { Quantization.IsWhole: true, LoraRank: null } && IsTrained(node)) is not { } node) return;
        throw new ModelStateException(new(
            "quantized_layer",
            $"{call} needs layers whose weights can be trained,",
            $"but the {node.Form.Name} of '{node.Path}' is kept in {node.Layer.Quantization!.Mode.Split('/')[0]}.",
            "Freeze the layer, or call EnableLora(rank) to train matrices beside it, then Compile again."));
    }

    private bool IsTrained(AdaptableNode node)
    {
        var layers = Spec.Layers.ToDictionary(layer => layer.Name, layer => layer.Layer, StringComparer.Ordinal);
        foreach (var part in node.Path.Split('/'))
        {
            if (!layers.TryGetValue(part, out var layer)) break;
            if (!layer.Trainable) return false;
            layers = layer is NestedModel nested
                ? nested.Model.Layers.ToDictionary(inner => inner.Name, inner => inner.Layer, StringComparer.Ordinal) : [];
        }

        return node.Layer.Owner.Trainable;
    }
}
