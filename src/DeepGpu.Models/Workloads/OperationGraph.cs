using DeepGpu.Models.Graphs;
using DeepGpu.Models.Layers;

namespace DeepGpu.Models.Workloads;

/// <summary>Strings the operations of layers together: which reads which, which are trained, which the backward pass visits.</summary>
/// <param name="task">Training or inference.</param>
/// <param name="optimizerFlops">Floating-point operations of the optimizer for each trainable weight.</param>
internal sealed class OperationGraph(WorkloadTask task, int optimizerFlops)
{
    public const int ModelInput = -1;

    /// <summary>Elements moved where a gradient is added to another: two read, one written.</summary>
    private const double AddedPasses = 3;

    private readonly List<Operation> _operations = [];
    private readonly HashSet<string> _layers = [];
    private bool _isFrozen;
    private int _segments;

    /// <summary>Adds a model's operations.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="shapes">The shapes of its inputs, all known.</param>
    /// <param name="sources">The operations its inputs come from.</param>
    /// <param name="path">The path before its layers' names.</param>
    /// <returns>The operations its outputs come from.</returns>
    public IReadOnlyList<int> Add(ModelSpec spec, IReadOnlyList<Shape> shapes, IReadOnlyList<int> sources, string path)
    {
        var known = ShapeInference.Run(spec, shapes);
        var made = new Dictionary<ModelNode, IReadOnlyList<int>>();
        var segments = task == WorkloadTask.Training ? Segments(spec) : [];
        foreach (var (input, source) in spec.Inputs.Zip(sources)) made[input] = [source];
        foreach (var node in spec.Nodes.Where(node => !made.ContainsKey(node)))
        {
            made[node] = Add(node with { Layer = node.Layer.At(shapes) }, [.. node.Inputs.Select(i => known[i.Node][i.Index])],
                [.. node.Inputs.Select(i => made[i.Node][Math.Min(i.Index, made[i.Node].Count - 1)])], path + node.Name,
                segments.TryGetValue(node, out var segment) ? segment : null);
        }

        return [.. spec.Outputs.Select(output => made[output.Node][Math.Min(output.Index, made[output.Node].Count - 1)])];
    }

    /// <summary>The numbers of the segments whose activations checkpointing makes again.</summary>
    private Dictionary<ModelNode, int?> Segments(ModelSpec spec)
        => CheckpointPlan.Of(spec).Where(segment => segment.IsRepeated).Select(segment => (segment.Nodes, Number: _segments++))
            .SelectMany(segment => segment.Nodes.Select(node => (node, (int?)segment.Number))).ToDictionary();

    /// <summary>The finished operations.</summary>
    public IReadOnlyList<Operation> Finish()
    {
        FoldPadding();
        if (task == WorkloadTask.Training) CountAddedGradients();
        return [.. _operations];
    }

    private IReadOnlyList<int> Add(ModelNode node, IReadOnlyList<Shape> shapes, IReadOnlyList<int> sources, string path, int? segment)
    {
        if (node.Layer is NestedModel nested) return AddNested(nested, shapes, sources, path);
        if (node.Layer.ActsInTrainingOnly && task == WorkloadTask.Inference) return [sources[0]];
        var shared = !_layers.Add(path);
        foreach (var operation in node.Layer.Operations(path, shapes))
        {
            _operations.Add(Trained(operation, node.Layer, sources) with
            {
                SharesWeights = shared || operation.SharesWeights,
                Segment = segment,
            });
            sources = [_operations.Count - 1];
        }

        return [sources[0]];
    }

    /// <summary>A model frozen as a whole trains none of its layers.</summary>
    private IReadOnlyList<int> AddNested(NestedModel nested, IReadOnlyList<Shape> shapes, IReadOnlyList<int> sources, string path)
    {
        var outside = _isFrozen;
        _isFrozen |= !nested.Trainable;
        var outputs = Add(nested.Model, shapes, sources, path + "/");
        _isFrozen = outside;
        return outputs;
    }

    private Operation Trained(Operation operation, Layer layer, IReadOnlyList<int> sources)
    {
        var trainable = task == WorkloadTask.Training && layer.Trainable && !_isFrozen ? operation.TrainableWeightElements : 0;
        var linked = operation with
        {
            Inputs = sources,
            TrainableWeightElements = trainable,
            OptimizerFlops = (double)trainable * optimizerFlops,
            NeedsInputGradient = sources.Any(source => source != ModelInput && _operations[source].HasBackward),
        };
        return task == WorkloadTask.Inference ? Forward(linked) : Backward(linked);
    }

    /// <summary>Outside of training, statistics are known and places of maxima are not kept: one pass.</summary>
    private static Operation Forward(Operation operation) => operation with
    {
        BackwardFlops = 0,
        BackwardElements = 0,
        BackwardLaunches = 0,
        ForwardElements = operation.Kind is OperationKind.Normalization or OperationKind.Pooling
            ? operation.InputElements + operation.OutputElements
            : operation.ForwardElements,
    };

    /// <summary>Of a product with weights, half of the backward pass is the input's gradient and half the weights'.</summary>
    private static Operation Backward(Operation operation)
    {
        var half = operation.BackwardFlops / 2;
        var flops = operation.WeightElements == 0 ? operation.NeedsInputGradient ? operation.BackwardFlops : 0
            : (operation.NeedsInputGradient ? half : 0) + (operation.TrainableWeightElements > 0 ? half : 0);
        return operation.HasBackward
            ? operation with { BackwardFlops = flops }
            : operation with { BackwardFlops = 0, BackwardElements = 0, BackwardLaunches = 0 };
    }

    /// <summary>Zeros around the input of a convolution or a pooling alone are added inside its kernel.</summary>
    private void FoldPadding()
    {
        var readers = _operations.SelectMany((operation, place) => operation.Inputs.Select(input => (input, place)))
            .ToLookup(pair => pair.input, pair => pair.place);
        for (var i = 0; i < _operations.Count; i++)
        {
            if (_operations[i].Kind == OperationKind.Padding && readers[i].ToList() is [var only]
                && _operations[only].Kind is OperationKind.Convolution or OperationKind.Pooling)
                _operations[i] = Work.AsView(_operations[i]);
        }
    }

    /// <summary>Where several operations read one output, their gradients are added.</summary>
    private void CountAddedGradients()
    {
        var uses = _operations.SelectMany(operation => operation.Inputs).Where(input => input != ModelInput).GroupBy(input => input);
        foreach (var (input, more) in uses.Select(use => (use.Key, use.Count() - 1))
            .Where(use => use.Item2 > 0 && _operations[use.Key].HasBackward))
        {
            var operation = _operations[input];
            _operations[input] = operation with
            {
                BackwardElements = operation.BackwardElements + AddedPasses * more * operation.OutputElements,
                BackwardLaunches = operation.BackwardLaunches + more
            };
        }
    }
}
