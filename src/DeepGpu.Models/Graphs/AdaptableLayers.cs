using DeepGpu.Models.Layers;

namespace DeepGpu.Models.Graphs;

/// <summary>A layer of a model, at any depth, that can be quantised and adapted.</summary>
/// <param name="Path">What the names of its weights start with.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Form">Its kernel or embeddings.</param>
internal sealed record AdaptableNode(string Path, IAdaptable Layer, MatrixForm Form)
{
    /// <summary>The full name of one of its weights, e.g. "dense/kernel_scale".</summary>
    public string Weight(string name) => $"{Path}/{name}";

    /// <summary>The name of its kernel or embeddings.</summary>
    public string Matrix => Weight(Form.Name);
}

/// <summary>Finds and changes the layers of a model that can be quantised and adapted, those of models inside it and under TimeDistributed
/// too.</summary>
internal static class AdaptableLayers
{
    /// <summary>Every such layer, in order.</summary>
    public static IEnumerable<AdaptableNode> Of(ModelSpec spec, string prefix = "")
        => spec.Layers.SelectMany(node => Of(node.Layer, prefix + node.Name, [.. node.Inputs.Select(input => input.Shape)]));

    /// <summary>The model with some of them changed.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="layers">The paths of the layers, as in the names of weights, or patterns of them; null for all that can be.</param>
    /// <param name="mayChange">Whether a layer can be changed so.</param>
    /// <param name="change">The changed layer.</param>
    /// <exception cref="DeepGpuArgumentException">A path names no such layer, or there is none.</exception>
    public static ModelSpec Change(ModelSpec spec, IReadOnlyCollection<string>? layers, Func<IAdaptable, bool> mayChange, Func<IAdaptable,
        Layer> change)
    {
        var possible = Of(spec).Where(node => mayChange(node.Layer)).Select(node => node.Path).ToList();
        var chosen = Lora.Chosen(layers ?? possible, possible, out var unknown);
        if (unknown is not null || possible.Count == 0)
        {
            var choice = $"among those of '{spec.Name}' that can ({string.Join(", ", possible)})";
            throw Require.OutOfRange(nameof(ModelSpec), nameof(layers), choice, unknown);
        }

        return Change(spec, "", (path, layer) => chosen.Contains(path) ? change(layer) : layer.Owner);
    }

    private static ModelSpec Change(ModelSpec spec, string prefix, Func<string, IAdaptable, Layer> change)
        => LayerChange.Apply(spec, node => Change(node.Layer, prefix + node.Name, [.. node.Inputs.Select(input => input.Shape)], change));

    private static Layer Change(Layer layer, string path, IReadOnlyList<Shape> inputs, Func<string, IAdaptable, Layer> change)
        => layer switch
        {
            NestedModel nested => Change(nested, path + "/", change),
            TimeDistributed distributed => distributed with
            {
                Layer = Change(distributed.Layer, path + "/layer", [TimeDistributed.Step(inputs[0])], change),
            },
            IAdaptable adaptable => change(path, adaptable),
            IAdaptableParts several => several.AdaptableParts(inputs).Select(part => part.Name).Aggregate(layer, (changed, name)
                => change($"{path}/{name}", ((IAdaptableParts)changed).AdaptableParts(inputs).First(part => part.Name == name))),
            _ => layer,
        };

    /// <summary>A frozen model in which a layer is trained again: its other layers stay frozen, one by one.</summary>
    private static NestedModel Change(NestedModel nested, string prefix, Func<string, IAdaptable, Layer> change)
    {
        if (nested.Trainable) return new(Change(nested.Model, prefix, change));
        var frozen = nested.Model.Freeze();
        var changed = Change(frozen, prefix, change);
        return new(changed) { Trainable = changed.TrainableParameterCount > 0 };
    }

    private static IEnumerable<AdaptableNode> Of(Layer layer, string path, IReadOnlyList<Shape> inputs) => layer switch
    {
        NestedModel nested => Of(nested.Model, path + "/"),
        TimeDistributed distributed => Of(distributed.Layer, path + "/layer", [TimeDistributed.Step(inputs[0])]),
        IAdaptable adaptable => [new(path, adaptable, adaptable.Form(inputs[0]))],
        IAdaptableParts several => several.AdaptableParts(inputs).Select(part
            => new AdaptableNode($"{path}/{part.Name}", part, part.Matrix)),
        _ => [],
    };
}
