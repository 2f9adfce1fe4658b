using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>What one step of a sequence computes.</summary>
/// <param name="graph">The graph of the step.</param>
/// <param name="states">The states before it.</param>
/// <param name="inputs">The entries of the sequences at this step.</param>
/// <returns>The states after it, and what is kept of every step.</returns>
internal delegate (IReadOnlyList<GraphValue> States, IReadOnlyList<GraphValue> Outputs) ScanStep(
    GraphWriter graph, IReadOnlyList<GraphValue> states, IReadOnlyList<GraphValue> inputs);

/// <content>Steps one after another.</content>
internal sealed partial class GraphWriter
{
    /// <summary>A Scan: runs a step along the first axis of sequences.</summary>
    /// <returns>The last states, and what each step yielded, the steps first.</returns>
    public (IReadOnlyList<GraphValue> States, IReadOnlyList<GraphValue> Outputs) Scan(IReadOnlyList<GraphValue> states,
        IReadOnlyList<GraphValue> sequences, ScanStep step)
    {
        var inner = new GraphWriter(Names, this);
        List<GraphValue> before = [.. states.Select(state => Input($"{Names.Path}/state", state.Shape, state.Type))];
        List<GraphValue> entries = [.. sequences.Select(s => Input($"{Names.Path}/step", new(s.Shape.Axes.Skip(1)), s.Type))];
        var (after, outputs) = step(inner, before, entries);
        List<GraphValue> ends = [.. after.Concat(outputs).Select(value => inner.Emit("Identity", [value], value.Shape, value.Type))];
        var body = new GraphBody(Names.Unique($"{Names.Path}/body"), [.. before, .. entries], ends, inner.Used(ends));
        var steps = sequences[0].Shape[0];
        var yielded = EmitAll("Scan", [.. states, .. sequences], [.. after.Select(state => (state.Shape, state.Type)),
            .. outputs.Select(output => (new Shape(output.Shape.Axes.Prepend(steps)), output.Type))],
            ("body", body), ("num_scan_inputs", (long)sequences.Count));
        return ([.. yielded.Take(states.Count)], [.. yielded.Skip(states.Count)]);
    }

    /// <summary>The nodes that some values need, in their order.</summary>
    public IReadOnlyList<GraphNode> Used(IEnumerable<GraphValue> ends)
    {
        var needed = ends.ToHashSet();
        var used = new List<GraphNode>();
        foreach (var node in _nodes.AsEnumerable().Reverse().Where(node => node.Outputs.Any(output => output is not null
            && needed.Contains(output))))
        {
            needed.UnionWith(node.Reads);
            used.Add(HasOptionalOutputs(node) ? node with { Outputs = [.. node.Outputs.Select(o => needed.Contains(o!) ? o : null)] }
                : node);
        }

        used.Reverse();
        return used;
    }

    private static bool HasOptionalOutputs(GraphNode node) => node.Operator is "RNN" or "LSTM" or "GRU";
}
