namespace DeepGpu.Models;

/// <summary>A finished model as data: shapes and counts are known, no weight is allocated. Not the live model that predicts and trains.</summary>
public sealed class ModelSpec
{
    internal ModelSpec(string name, IReadOnlyList<ModelNode> nodes, IReadOnlyList<NodeOutput> outputs)
    {
        Name = name;
        Nodes = nodes;
        Outputs = outputs;
        Layers = [.. nodes.DistinctBy(node => node.Name)];
        Inputs = [.. nodes.Where(node => node.Layer is InputLayer)];
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

    /// <summary>The shape of the only input, the batch first.</summary>
    public Shape InputShape => Inputs.Single().OutputShapes[0];

    /// <summary>The shape of the only output, the batch first.</summary>
    public Shape OutputShape => Outputs.Single().Shape;

    /// <summary>Values in all weights.</summary>
    public long ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>Values in the weights that training changes.</summary>
    public long TrainableParameterCount => Layers.Sum(layer => layer.TrainableParameterCount);

    /// <summary>A table of the layers with output shapes and parameters, and totals.</summary>
    public string Summary() => ModelSummary.Format(this);

    /// <summary>What a training step asks of a processor.</summary>
    /// <param name="batchSize">Samples a step, at least 1.</param>
    /// <param name="precision">The number format of weights and activations. Default single precision.</param>
    public Workload Training(int batchSize, NumberFormat precision = NumberFormat.Float32)
        => WorkloadBuilder.Build(this, WorkloadTask.Training, batchSize, precision);

    /// <summary>What a prediction asks of a processor.</summary>
    /// <param name="batchSize">Samples a step, at least 1.</param>
    /// <param name="precision">The number format of weights and activations. Default single precision.</param>
    public Workload Inference(int batchSize, NumberFormat precision = NumberFormat.Float32)
        => WorkloadBuilder.Build(this, WorkloadTask.Inference, batchSize, precision);

    /// <summary>The description as JSON, in the form Keras 3 gives its models.</summary>
    public string ToJson() => ModelJson.Write(this);

    /// <summary>Reads a description written by <see cref="ToJson"/>.</summary>
    /// <exception cref="ModelFormatException">The text is not such a description, or holds a class this library does not know.</exception>
    public static ModelSpec FromJson(string json) => ModelJson.Read(json);

    /// <summary>The name, input, output and parameters in one line.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: {string.Join(", ", Inputs.Select(i => i.OutputShapes[0]))} -> {string.Join(", ", Outputs.Select(o => o.Shape))}, {ParameterCount:N0} parameters");
}
