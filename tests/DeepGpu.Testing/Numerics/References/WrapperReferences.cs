using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Layers made of layers.</summary>
internal static class WrapperReferences
{
    public static void Add()
    {
        ReferenceTable.AddMany<Bidirectional>(BothWays);
        ReferenceTable.AddMany<TimeDistributed>(EachStep);
        ReferenceTable.AddMany<SpectralNormalization>(SpectralReference.Run);
        ReferenceTable.AddMany<NestedModel>((layer, call) => Whole(layer.Model, call));
    }

    /// <summary>One layer forwards, one backwards whose sequence is turned around again. Masked steps of a sequence are 0, so that both
    /// agree on them.</summary>
    private static IReadOnlyList<Flow> BothWays(Bidirectional layer, Call call)
    {
        var forward = layer.Layer with { ZeroOutputForMask = layer.Layer.ReturnSequences };
        var back = layer.BackwardLayer ?? layer.Layer with { GoBackwards = !layer.Layer.GoBackwards };
        var backward = back with { ZeroOutputForMask = layer.Layer.ReturnSequences };
        var (states, half) = (call.Inputs.Skip(1).ToList(), (call.Inputs.Count - 1) / 2);
        var there = ReferenceTable.Run(forward, call.Inside("forward_layer", [call.Inputs[0], .. states.Take(half)]));
        var again = ReferenceTable.Run(backward, call.Inside("backward_layer", [call.Inputs[0], .. states.Skip(half)]));
        var (first, second) = (there[0].Values, layer.Layer.ReturnSequences ? again[0].Values.Flip(1) : again[0].Values);
        var mask = layer.Layer.ReturnSequences ? call.Mask : null;
        IEnumerable<Flow> merged = layer.MergeMode is { } mode ? [new(Merge(first, second, mode), mask)]
            : [new(first, mask), new(second, mask)];
        return [.. merged, .. there.Skip(1), .. again.Skip(1)];
    }

    private static Values Merge(Values a, Values b, MergeMode mode) => mode switch
    {
        MergeMode.Sum => a.Zip(b, (x, y) => x + y),
        MergeMode.Mul => a.Zip(b, (x, y) => x * y),
        MergeMode.Ave => a.Zip(b, (x, y) => (x + y) / 2),
        _ => Values.Of([.. a.Shape[..^1], a.Shape[^1] + b.Shape[^1]], at => at[^1] < a.Shape[^1] ? a[at]
                : b[[.. at[..^1], at[^1] - a.Shape[^1]]]),
    };

    /// <summary>The same layer on every time step by itself.</summary>
    private static IReadOnlyList<Flow> EachStep(TimeDistributed layer, Call call)
    {
        var steps = Enumerable.Range(0, call.X.Shape[1])
            .Select(t => ReferenceTable.Run(layer.Layer, call.Inside("layer", new Flow(call.X.Select(1, t))))[0].Values);
        return [new(Values.Stack([.. steps], 1), call.Mask)];
    }

    /// <summary>A model, node by node, each after those it takes its inputs from.</summary>
    public static IReadOnlyList<Flow> Whole(ModelSpec model, Call call)
    {
        var values = model.Inputs.Zip(call.Inputs).ToDictionary(input => input.First, input => (IReadOnlyList<Flow>)[input.Second]);
        foreach (var node in model.Nodes.Where(node => !values.ContainsKey(node)))
        {
            values[node] = ReferenceTable.Run(node.Layer,
                call.Inside(node.Name, [.. node.Inputs.Select(input => values[input.Node][input.Index])]));
        }

        return [.. model.Outputs.Select(output => values[output.Node][output.Index])];
    }
}
