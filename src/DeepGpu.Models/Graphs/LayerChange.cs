namespace DeepGpu.Models.Graphs;

/// <summary>Builds a model again with some layers' options changed.</summary>
internal static class LayerChange
{
    /// <summary>The model with each layer replaced; a shared layer stays shared.</summary>
    /// <param name="model">The model.</param>
    /// <param name="change">The new options of a layer, given its name and node.</param>
    /// <exception cref="ModelBuildException">The changed layers do not fit together.</exception>
    public static ModelSpec Apply(ModelSpec model, Func<ModelNode, Layer> change)
    {
        var layers = model.Layers.ToDictionary(node => node.Name, node => change(AsShared(node)) with { Name = node.Name },
            StringComparer.Ordinal);
        var calls = new Dictionary<ModelNode, LayerCall>();
        SymbolicTensor New(NodeOutput old) => calls[old.Node].Output(old.Index);
        foreach (var node in model.Nodes)
        {
            calls[node] = new(layers[node.Name].CalledAs(node.Layer), [.. node.Inputs.Select(New)])
            {
                Mask = node.Mask is { } mask ? New(mask) : null,
                DropsMask = node.DropsMask,
                Sequence = node.Sequence
            };
        }

        return GraphBuilder.Build(model.Name, [.. model.Outputs.Select(New)],
            [.. model.Inputs.Select(input => calls[input].Output(0))], model.IsSequential)
            .From(model.Weights).Without(model.Omitted).WithOrigin(model.Origin);
    }

    private static ModelNode AsShared(ModelNode node)
        => ReferenceEquals(node.Layer, node.Layer.Shared) ? node : node with { Layer = node.Layer.Shared };

    /// <summary>The model with some layers trainable again; a model around one is, too.</summary>
    /// <param name="model">The model.</param>
    /// <param name="paths">The layers' names, after those of the models they are in.</param>
    /// <param name="prefix">What the paths of this model's layers start with.</param>
    public static ModelSpec Unfreeze(ModelSpec model, IReadOnlySet<string> paths, string prefix = "")
        => Apply(model, node => node.Layer switch
        {
            NestedModel nested when paths.Any(path => path.StartsWith($"{prefix}{node.Name}/", StringComparison.Ordinal)) =>
                new NestedModel(Unfreeze(nested.Model, paths, $"{prefix}{node.Name}/")) { Trainable = true },
            var layer => paths.Contains(prefix + node.Name) ? WithTrainable(layer, trainable: true) : layer,
        });

    /// <summary>The paths of the layers with weights, those of nested models in their place.</summary>
    public static IEnumerable<string> Weighted(ModelSpec model, string prefix = "")
        => model.Layers.Where(node => node.Weights.Count > 0)
            .SelectMany(node => node.Layer is NestedModel nested ? Weighted(nested.Model, $"{prefix}{node.Name}/") : [prefix + node.Name]);

    /// <summary>The layer, the layers of a nested model included, as trainable or frozen.</summary>
    public static Layer WithTrainable(Layer layer, bool trainable) => layer switch
    {
        InputLayer => layer,
        NestedModel nested => new NestedModel(Apply(nested.Model, node => WithTrainable(node.Layer, trainable))) { Trainable = trainable },
        _ => layer with { Trainable = trainable },
    };
}
