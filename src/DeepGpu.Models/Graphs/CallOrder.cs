namespace DeepGpu.Models.Graphs;

/// <summary>Puts the calls of a graph in the order in which Keras lists layers, on which files that hold
/// weights by position rely.</summary>
internal sealed class CallOrder
{
    private readonly HashSet<LayerCall> _seen = [];
    private readonly List<LayerCall> _inputsFirst = [];
    private readonly Dictionary<Layer, int> _met = new(ReferenceEqualityComparer.Instance);

    /// <summary>The calls that some values depend on: those with the longest way to an output first,
    /// then as they are met on the way back from the outputs.</summary>
    public static IReadOnlyList<LayerCall> Of(IEnumerable<SymbolicTensor> values)
    {
        var order = new CallOrder();
        foreach (var value in values) order.Visit(value.Call);
        var depths = order.Depths();
        return [.. order._inputsFirst.OrderByDescending(call => depths[call]).ThenBy(call => order._met[call.Layer.Shared])
            .ThenBy(call => call.Sequence)];
    }

    /// <summary>Depth first, inputs before the call, without recursion: a chain may be thousands of layers long.</summary>
    private void Visit(LayerCall root)
    {
        var stack = new Stack<(LayerCall Call, bool Expanded)>([(root, false)]);
        while (stack.TryPop(out var item))
        {
            if (item.Expanded) _inputsFirst.Add(item.Call);
            if (item.Expanded || !_seen.Add(item.Call)) continue;
            _met.TryAdd(item.Call.Layer.Shared, _met.Count);
            stack.Push((item.Call, true));
            foreach (var source in item.Call.Sources.Reverse()) stack.Push((source.Call, false));
        }
    }

    /// <summary>The longest way from each call to an output; a shared layer counts as far as its farthest call met so far.</summary>
    private Dictionary<LayerCall, int> Depths()
    {
        var depths = _inputsFirst.ToDictionary(call => call, _ => 0);
        var layers = new Dictionary<Layer, int>(ReferenceEqualityComparer.Instance);
        foreach (var call in Enumerable.Reverse(_inputsFirst))
        {
            var depth = Math.Max(depths[call], layers.GetValueOrDefault(call.Layer.Shared));
            layers[call.Layer.Shared] = depths[call] = depth;
            foreach (var source in call.Sources) depths[source.Call] = Math.Max(depths[source.Call], depth + 1);
        }

        return depths;
    }
}
