using DeepGpu.Models.Graphs;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>A finished model used as a layer of another.</summary>
[KerasClass(IsListed = false, HasMethod = false)]
public sealed record NestedModel : Layer
{
    /// <summary>Creates a layer of a model.</summary>
    /// <param name="model">The model.</param>
    public NestedModel(ModelSpec model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        Name = model.Name;
    }

    /// <summary>The model.</summary>
    public ModelSpec Model { get; }

    /// <inheritdoc/>
    protected internal override string ClassName => Model.IsSequential ? "Sequential" : "Functional";

    /// <inheritdoc/>
    protected internal override int OutputCount => Model.Outputs.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
    {
        var shapes = ShapeInference.Run(Model, inputs);
        return [.. Model.Outputs.Select(output => shapes[output.Node][output.Index])];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs)
        => [.. Model.Layers.SelectMany(node => node.Weights.Select(weight => weight.Inside(node.Name, node.Layer.Trainable)))];

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var shapes = ShapeInference.Run(Model, inputs);
        return [.. Model.Nodes.SelectMany(node =>
            node.Layer.At(inputs).Operations($"{name}/{node.Name}", [.. node.Inputs.Select(i => shapes[i.Node][i.Index])]))];
    }
}
