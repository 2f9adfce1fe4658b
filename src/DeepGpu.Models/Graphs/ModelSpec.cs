
using DeepGpu.Models.Graphs;

namespace DeepGpu.Models;

/// <summary>A finished model as data: shapes and counts are known, no weight is allocated.
/// Not the live model that predicts and trains.</summary>
public sealed partial class ModelSpec
{
    internal ModelSpec(string name, IReadOnlyList<ModelNode> nodes, IReadOnlyList<ModelNode>? inputs,
        IReadOnlyList<NodeOutput> outputs, bool isSequential)
    {
        Name = name;
        Nodes = nodes;
        Outputs = outputs;
        IsSequential = isSequential && nodes.All(node => node.Inputs.Count <= 1 && node.Mask is null && node.Layer is not TensorFunction)
            && nodes.DistinctBy(node => node.Name).Count() == nodes.Count;
        Layers = [.. nodes.DistinctBy(node => node.Name)];
        Inputs = inputs ?? [.. nodes.Where(node => node.Layer is InputLayer)];
    }

    /// <summary>The model's name.</summary>
    public string Name { get; }

    /// <summary>Every application of a layer, each after those it depends on.</summary>
    public IReadOnlyList<ModelNode> Nodes { get; }

    /// <summary>The first application of each layer: what has weights and a row in the summary.</summary>
    public IReadOnlyList<ModelNode> Layers { get; }

    /// <summary>Where data enters.</summary>
    public IReadOnlyList<ModelNode> Inputs { get; }

    /// <summary>What the model yields.</summary>
    public IReadOnlyList<NodeOutput> Outputs { get; }

    /// <summary>Where its weights come from when it becomes a live model; null draws them. Not part of the JSON.</summary>
    public InitialWeights? Weights { get; private init; }

    /// <summary>What the description it was read from names and this library leaves out, a line each: constraints and penalties of classes
    /// it does
    /// not know, which matter only while training. Empty for a model that was built.</summary>
    public IReadOnlyList<string> Omitted { get; private init; } = [];

    /// <summary>What stands in the way of <c>ToModel</c>, a line each: nodes of an ONNX graph that this library has no layer for. Empty for
    /// a model that can run.</summary>
    public IReadOnlyList<string> Obstacles => Origin?.Obstacles ?? [];

    /// <summary>What it was made from, where that can be described but not run.</summary>
    internal ModelOrigin? Origin { get; private init; }

    /// <summary>Whether it is a chain of layers, written as Keras's Sequential.</summary>
    public bool IsSequential { get; }

    /// <summary>The shape of the only input, the batch first.</summary>
    /// <exception cref="ModelStateException">There are several inputs.</exception>
    public Shape InputShape => Inputs.Count == 1 ? Inputs[0].OutputShapes[0] : throw Several("input", Inputs.Count);

    /// <summary>The shape of the only output, the batch first.</summary>
    /// <exception cref="ModelStateException">There are several outputs.</exception>
    public Shape OutputShape => Outputs.Count == 1 ? Outputs[0].Shape : throw Several("output", Outputs.Count);

    /// <summary>Values in all weights.</summary>
    public long ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>Values in the weights that training changes.</summary>
    public long TrainableParameterCount => Layers.Sum(layer => layer.TrainableParameterCount);

    /// <summary>A table of the layers with output shapes and parameters, where the graph is no chain also what they are
    /// connected to, and totals.</summary>
    public string Summary() => ModelSummary.Format(this);

    /// <summary>The same model with a note of what its description names beyond it.</summary>
    internal ModelSpec Without(IReadOnlyList<string> omitted)
        => omitted.SequenceEqual(Omitted) ? this : new(Name, Nodes, Inputs, Outputs, IsSequential)
        {
            Weights = Weights,
            Omitted = omitted,
            Origin = Origin
        };

    /// <summary>The same model with what it was made from.</summary>
    internal ModelSpec WithOrigin(ModelOrigin? origin) => origin == Origin ? this : new(Name, Nodes, Inputs, Outputs, IsSequential)
    {
        Weights = Weights,
        Omitted = Omitted,
        Origin = origin
    };

    private ModelStateException Several(string what, int count) => new(new(
        $"several_{what}s",
        $"A model with one {what} is needed here,",
        $"but '{Name}' has {count}.",
        $"Read {nameof(ModelSpec)}.{(what == "input" ? nameof(Inputs) : nameof(Outputs))} instead."));

    /// <summary>The name, input, output and parameters in one line.</summary>
    public override string ToString()
        => FormattableString.Invariant($"{Name}: {string.Join(", ", Inputs.Select(i => i.OutputShapes[0]))} -> ")
            + FormattableString.Invariant($"{string.Join(", ", Outputs.Select(o => o.Shape))}, {ParameterCount:N0} parameters");
}
