using DeepGpu.Models.Graphs;
using DeepGpu.Models.Layers;

namespace DeepGpu.Models.Workloads;

/// <summary>Calls of layers that follow each other, and whether their activations are made again in the backward pass.</summary>
/// <param name="Nodes">The calls, in order.</param>
/// <param name="IsRepeated">Whether only what later segments read is kept; else everything is.</param>
internal sealed record CheckpointSegment(IReadOnlyList<ModelNode> Nodes, bool IsRepeated);

/// <summary>Cuts a model into the segments of gradient checkpointing, so that the borders of all and the activations of the largest take
/// the least memory. Chen et al., "Training Deep Nets with Sublinear Memory Cost", 2016, https://arxiv.org/abs/1604.06174.</summary>
/// <remarks>A model inside the model is a segment of its own, cut by its own plan. The last segment is kept: its backward pass comes
/// first.</remarks>
internal sealed class CheckpointPlan
{
    private readonly ModelNode[] _nodes;
    private readonly CheckpointCosts _costs;

    private CheckpointPlan(ModelSpec spec)
    {
        _nodes = [.. spec.Nodes.Where(node => !spec.Inputs.Contains(node))];
        _costs = new(spec, _nodes);
    }

    /// <summary>The segments of a model, in order; models inside it have plans of their own.</summary>
    public static IReadOnlyList<CheckpointSegment> Of(ModelSpec spec)
    {
        var plan = new CheckpointPlan(spec);
        if (plan._nodes.Length == 0) return [];
        var best = Parts(plan._nodes.Length).Select(parts => plan.Cut(plan._costs.Total / parts)).MinBy(plan.Peak)!;
        var segments = best.Select(range => new CheckpointSegment(plan._nodes[range], IsRepeated(plan._nodes[range.Start]))).ToList();
        segments[^1] = segments[^1] with { IsRepeated = false };
        return segments;
    }

    /// <summary>The numbers of parts that are tried: the best is near the root of the number of calls where they are alike; else one call
    /// outweighs the rest.</summary>
    private static IEnumerable<int> Parts(int calls)
        => Enumerable.Range(1, Math.Min(calls, 4 * (int)Math.Ceiling(Math.Sqrt(calls)))).Append(calls);

    /// <summary>A model inside has segments of its own. Statistics of a layer of one's own, which its class may move, are left
    /// alone.</summary>
    private static bool IsRepeated(ModelNode node) => node.Layer is not NestedModel && CanBeRepeated(node.Layer)
        && (node.Layer.GetType().Assembly == typeof(Layer).Assembly || node.Weights.All(weight => weight.Trainable));

    /// <summary>Whether a layer gives the same when it is called again with the same inputs and random numbers: not one that keeps states,
    /// or reads statistics that the call itself moves.</summary>
    private static bool CanBeRepeated(Layer layer) => layer switch
    {
        NestedModel nested => nested.Model.Layers.All(node => CanBeRepeated(node.Layer)),
        SpectralNormalization or SequenceLayer { Stateful: true } or BatchNormalization { Renorm: true } => false,
        WrapperLayer wrapper => CanBeRepeated(wrapper.Layer),
        Bidirectional both => CanBeRepeated(both.Layer),
        IAdaptable { Quantization: Float8Quantization } => false,
        _ => true,
    };

    /// <summary>Segments whose activations take at most so much, or are one call's.</summary>
    private List<Range> Cut(double most)
    {
        var (segments, start, sum) = (new List<Range>(), 0, _costs.Inner[0]);
        for (var place = 1; place < _nodes.Length; place++)
        {
            sum += _costs.Inner[place];
            if (Joins(_nodes[place - 1], _nodes[place]) && (sum <= most || !IsRepeated(_nodes[place]))) continue;
            segments.Add(start..place);
            (start, sum) = (place, _costs.Inner[place]);
        }

        return [.. segments, start.._nodes.Length];
    }

    private static bool Joins(ModelNode before, ModelNode node)
        => before.Layer is not NestedModel && node.Layer is not NestedModel && IsRepeated(before) == IsRepeated(node);

    /// <summary>The size of all borders and of the largest segment that is made again.</summary>
    private double Peak(List<Range> segments)
    {
        var largest = segments.Where(range => IsRepeated(_nodes[range.Start])).Select(range => _costs.Inner[range].Sum());
        return segments.Sum(_costs.Border) + largest.DefaultIfEmpty().Max();
    }
}

/// <summary>What keeping the activations of a model's calls takes, in elements of one sample.</summary>
internal sealed class CheckpointCosts
{
    /// <summary>What an open axis counts as.</summary>
    private const int OpenLength = 64;

    private readonly List<(double Elements, int LastReader)>[] _values;

    /// <param name="spec">The model.</param>
    /// <param name="nodes">Its calls, in order.</param>
    public CheckpointCosts(ModelSpec spec, ModelNode[] nodes)
    {
        var shapes = Shapes(spec);
        var places = nodes.Select((node, place) => (node, place)).ToDictionary(pair => pair.node, pair => pair.place);
        Inner = [.. nodes.Select(node => OfNode(node, shapes))];
        Total = Inner.Sum();
        _values = [.. nodes.Select(node => node.OutputShapes.Select((_, i) => (Elements(shapes[node][i]), -1)).ToList())];
        for (var place = 0; place < nodes.Length; place++)
        {
            foreach (var input in Reads(nodes[place])) Note(input, place, places);
        }

        foreach (var output in spec.Outputs) Note(output, nodes.Length, places);
    }

    /// <summary>What the backward pass of each call keeps; 0 for a model inside the model.</summary>
    public double[] Inner { get; }

    /// <summary>What it keeps of all.</summary>
    public double Total { get; }

    /// <summary>Everything a call reads, a mask given for it too.</summary>
    public static IEnumerable<NodeOutput> Reads(ModelNode node) => node.Mask is { } mask ? node.Inputs.Append(mask) : node.Inputs;

    /// <summary>What a segment writes and a later one reads.</summary>
    public double Border(Range segment)
        => _values[segment].Sum(written => written.Where(value => value.LastReader >= segment.End.Value).Sum(value => value.Elements));

    private void Note(NodeOutput value, int reader, Dictionary<ModelNode, int> places)
    {
        if (!places.TryGetValue(value.Node, out var place)) return;
        _values[place][value.Index] = _values[place][value.Index] with { LastReader = reader };
    }

    private static double OfNode(ModelNode node, IReadOnlyDictionary<ModelNode, IReadOnlyList<Shape>> shapes)
    {
        if (node.Layer is NestedModel) return 0;
        Shape[] inputs = [.. node.Inputs.Select(input => shapes[input.Node][input.Index])];
        return inputs.Any(input => input.Elements is null) ? shapes[node].Sum(Elements)
            : node.Layer.Operations(node.Name, inputs).Sum(operation
                => (operation.IsInPlace ? 0.0 : operation.OutputElements) + operation.SavedElements + operation.SavedBytes / 4.0);
    }

    /// <summary>The shapes with open axes closed; the model's own where a layer cannot take the length.</summary>
    private static IReadOnlyDictionary<ModelNode, IReadOnlyList<Shape>> Shapes(ModelSpec spec)
    {
        try
        {
            return ShapeInference.Run(spec, [.. spec.Inputs.Select(input => Closed(input.OutputShapes[0]))]);
        }
        catch (ShapeException)
        {
            return spec.Nodes.ToDictionary(node => node, node => node.OutputShapes);
        }
    }

    private static double Elements(Shape shape) => shape.Axes.Aggregate(1.0, (product, length) => product * (length ?? OpenLength));

    private static Shape Closed(Shape shape)
        => new([shape[0] ?? 1, .. shape.Axes.Skip(1).Select(length => (int?)(length ?? OpenLength))]);
}
