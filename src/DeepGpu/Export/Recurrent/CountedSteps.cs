namespace DeepGpu.Export;

/// <summary>The steps of a mask that count, wherever they lie: brought to the front, so that their number is a sequence's length.</summary>
internal sealed class CountedSteps
{
    /// <summary>More than any number of steps, and exact in single precision.</summary>
    private const double Beyond = 1 << 22;

    private readonly GraphWriter _graph;
    private readonly GraphValue _mask;
    private readonly GraphValue _counts;

    /// <param name="graph">Takes the nodes.</param>
    /// <param name="mask">(batch, steps).</param>
    public CountedSteps(GraphWriter graph, GraphValue mask)
    {
        (_graph, _mask) = (graph, mask);
        _counts = graph.CumulativeSum(graph.Cast(mask, DataType.Int64), 1);
    }

    /// <summary>How many steps of each sample count: (batch).</summary>
    public GraphValue Lengths => _graph.Cast(_graph.Select(_counts, 1, -1), DataType.Int32);

    /// <summary>Whether any does: (batch, 1).</summary>
    public GraphValue HasAny => _graph.Compare("Greater", _graph.Narrow(_counts, 1, -1, 1), 0);

    /// <summary>Whether the last step counts: (batch, 1), 1 or 0.</summary>
    public GraphValue Last => _graph.Cast(_graph.Narrow(_mask, 1, -1, 1), DataType.Float32);

    /// <summary>The steps that count, then the others, each in their order.</summary>
    public GraphValue Gather(GraphValue sequence)
    {
        var late = _graph.Multiply(_graph.Cast(_graph.Not(_mask), DataType.Float32), Beyond);
        var places = _graph.Add(late, _graph.Positions(Dim.Along(_mask, 1)));
        return Take(sequence, _graph.TopK(places, 1, Dim.Along(_mask, 1), largest: false).Places);
    }

    /// <summary>Back to all steps: the output of the last that counted, before it the start.</summary>
    public GraphValue Spread(GraphValue outputs, GraphValue? start)
    {
        var places = _graph.Clip(_graph.Subtract(_counts, 1), 0, null);
        var begun = _graph.Unsqueeze(_graph.Compare("Greater", _counts, 0), -1);
        return _graph.Where(begun, Take(outputs, places), start is null ? _graph.Number(0) : _graph.Unsqueeze(start, 1));
    }

    private GraphValue Take(GraphValue x, GraphValue steps)
        => _graph.Emit("GatherND", [x, _graph.Unsqueeze(steps, -1)], x.Shape, x.Type, ("batch_dims", 1L));
}
