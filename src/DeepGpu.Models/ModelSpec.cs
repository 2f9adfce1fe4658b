namespace DeepGpu.Models;

/// <summary>A finished model as data: shapes and counts are known, no weight is allocated.
/// Not the live model that predicts and trains.</summary>
public sealed class ModelSpec
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

    /// <summary>The floating-point operations of one sample's forward pass by layer, a multiply-add counting as two;
    /// the calls of a shared layer are added up.</summary>
    /// <returns>For each name of <see cref="Layers"/> the operations; null where a length that reaches the layer is open, or a layer of
    /// your own does not state its work.</returns>
    public IReadOnlyDictionary<string, double?> FlopsByLayer() => ModelFlops.ByLayer(this);

    /// <summary>The floating-point operations of one sample's forward pass, a multiply-add counting as two;
    /// null where a length is open.</summary>
    public double? FlopsPerSample() => ModelFlops.Sum(FlopsByLayer().Values);

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
    /// Embedding (LoRA).</summary>
    /// <remarks>Other layers stay as they are: <c>spec.Freeze().EnableLora(8)</c> trains the matrices and these layers' biases
    /// alone.</remarks>
    /// <param name="rank">The rank, at least 1.</param>
    /// <param name="loraAlpha">How much their product counts: the factor is this over the rank. Default the rank.</param>
    /// <param name="layers">The layers' names, after those of the models they are in ("encoder/dense"); null for all.</param>
    /// <exception cref="DeepGpuArgumentException">A name is not that of such a layer, there is none, or the rank is below 1.</exception>
    /// <exception cref="ModelStateException">A layer has such matrices.</exception>
    public ModelSpec EnableLora(int rank, double? loraAlpha = null, IReadOnlyCollection<string>? layers = null)
        => AdaptableLayers.Change(this, layers, layer => layer.Quantization is not Float8Quantization, layer
            => layer.WithLora(rank, loraAlpha));

    /// <summary>The same model with other weights to start from.</summary>
    /// <param name="weights">Where they come from; null draws them.</param>
    public ModelSpec From(InitialWeights? weights)
        => weights == Weights ? this : new(Name, Nodes, Inputs, Outputs, IsSequential) { Weights = weights, Omitted = Omitted };

    /// <summary>The same model with a note of what its description names beyond it.</summary>
    internal ModelSpec Without(IReadOnlyList<string> omitted)
        => omitted.SequenceEqual(Omitted) ? this : new(Name, Nodes, Inputs, Outputs, IsSequential) { Weights = Weights, Omitted = omitted };

    /// <summary>The same model for inputs of other shapes; the weights' shapes follow.</summary>
    /// <param name="shapes">A shape for each input, the batch first, in the order of <see cref="Inputs"/>.</param>
    /// <exception cref="DeepGpuArgumentException">There are fewer or more shapes than inputs.</exception>
    /// <exception cref="ModelBuildException">A layer cannot take what reaches it: every fault is listed.</exception>
    public ModelSpec WithInputShapes(params IReadOnlyList<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        if (shapes.Count != Inputs.Count)
            throw Require.OutOfRange(nameof(WithInputShapes), nameof(shapes), $"{Inputs.Count} shapes, one an input", shapes.Count);
        var byInput = Inputs.Zip(shapes).ToDictionary(pair => pair.First, pair => pair.Second);
        return LayerChange.Apply(this, node => node.Layer is InputLayer input ? input with { BatchShape = byInput[node] } : node.Layer);
    }

    /// <summary>What a training step asks of a processor.</summary>
    /// <param name="batchSize">Samples a step, at least 1.</param>
    /// <param name="precision">The number format of weights and activations. Default single precision.</param>
    /// <param name="timeSteps">The length of time axes the model leaves open; null where it leaves none open.</param>
    /// <param name="optimizer">What changes the weights; null for gradient descent with a momentum of 0.9.</param>
    /// <exception cref="DeepGpuArgumentException">The batch size or the number of time steps is below 1,
    /// or an input's shape is not known.</exception>
    public Workload Training(int batchSize, NumberFormat precision = NumberFormat.Float32,
        int? timeSteps = null, Optimizer? optimizer = null)
        => WorkloadBuilder.Build(this, WorkloadTask.Training, batchSize, precision, timeSteps, optimizer ?? Optimizer.Sgd(momentum: 0.9));

    /// <summary>What a prediction asks of a processor.</summary>
    /// <param name="batchSize">Samples a step, at least 1.</param>
    /// <param name="precision">The number format of weights and activations. Default single precision.</param>
    /// <param name="timeSteps">The length of time axes the model leaves open; null where it leaves none open.</param>
    public Workload Inference(int batchSize, NumberFormat precision = NumberFormat.Float32, int? timeSteps = null)
        => WorkloadBuilder.Build(this, WorkloadTask.Inference, batchSize, precision, timeSteps, optimizer: null);

    /// <summary>The description as JSON, in the form Keras 3 gives its models.</summary>
    /// <param name="extensions">The classes of your own that it may have; null for none.</param>
    /// <exception cref="ModelFormatException">Models are nested so deep that no reader would take the description back, or a class is
    /// neither this library's nor one of the extensions.</exception>
    public string ToJson(Extensions? extensions = null) => ModelJson.Write(this, extensions ?? Extensions.None);

    /// <summary>Reads a description written by <see cref="ToJson"/> or by Keras (2 or 3; Sequential, Functional, nested).</summary>
    /// <param name="json">The text.</param>
    /// <param name="inputShape">The first input's shape, the batch first, in place of the one in the description; null keeps that.</param>
    /// <param name="extensions">The classes of your own that it may name; null for none.</param>
    /// <exception cref="ModelFormatException">The text is not such a description, or names a class or option that neither this
    /// library nor an extension has.</exception>
    public static ModelSpec FromJson(string json, Shape? inputShape = null, Extensions? extensions = null)
        => ModelJson.Read(json, inputShape, extensions ?? Extensions.None);

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
