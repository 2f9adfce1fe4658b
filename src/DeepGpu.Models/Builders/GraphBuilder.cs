namespace DeepGpu.Models;

/// <summary>Turns calls of layers into a finished model: orders them, names the layers, infers shapes, lists every fault.</summary>
internal sealed class GraphBuilder
{
    private readonly List<LayerCall> _calls = [];
    private readonly Dictionary<Layer, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<LayerCall, ModelNode?> _nodes = [];
    private readonly List<ModelNode> _order = [];
    private readonly List<Fault> _faults = [];

    public static ModelSpec Build(string name, IReadOnlyList<SymbolicTensor> outputs)
    {
        var builder = new GraphBuilder();
        foreach (var output in outputs) builder.Visit(output.Call);
        builder.NameLayers();
        foreach (var call in builder._calls) builder._nodes[call] = builder.Infer(call);
        if (builder._faults.Count > 0) throw new ModelBuildException(builder._faults);
        return new(name, builder._order, [.. outputs.Select(builder.Resolve)]);
    }

    /// <summary>Depth first, inputs before the call, without recursion: a chain may be thousands of layers long.</summary>
    private void Visit(LayerCall root)
    {
        var (seen, stack) = (new HashSet<LayerCall>(_calls), new Stack<(LayerCall Call, bool Expanded)>([(root, false)]));
        while (stack.TryPop(out var item))
        {
            if (item.Expanded) _calls.Add(item.Call);
            if (item.Expanded || !seen.Add(item.Call)) continue;
            stack.Push((item.Call, true));
            foreach (var input in item.Call.Inputs.Reverse()) stack.Push((input.Call, false));
        }
    }

    private void NameLayers()
    {
        var layers = _calls.Select(call => call.Layer).Distinct<Layer>(ReferenceEqualityComparer.Instance).ToList();
        var given = layers.Where(layer => layer.Name is not null).Select(layer => layer.Name!).ToList();
        _faults.AddRange(given.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => DuplicateName(g.Key, g.Count())));
        var names = new LayerNames(given);
        foreach (var layer in layers) _names[layer] = layer.Name ?? names.Choose(layer);
    }

    private ModelNode? Infer(LayerCall call)
    {
        var sources = call.Inputs.Select(input => _nodes[input.Call]).ToList();
        if (sources.Contains(null)) return null;
        var inputs = call.Inputs.Select(Resolve).ToList();
        var shapes = inputs.Select(input => input.Shape).ToList();
        try
        {
            var node = new ModelNode(_names[call.Layer], call.Layer, inputs, call.Layer.OutputShapes(shapes), call.Layer.Weights(shapes));
            _order.Add(node);
            return node;
        }
        catch (ShapeException fault)
        {
            _faults.Add(Misfit(call.Layer, inputs, fault));
            return null;
        }
    }

    private NodeOutput Resolve(SymbolicTensor tensor) => new(_nodes[tensor.Call]!, tensor.Index);

    private Fault Misfit(Layer layer, List<NodeOutput> inputs, ShapeException fault) => new(
        "shape",
        $"{layer.GetType().Name} '{_names[layer]}'{After(inputs)} needs {fault.Needs}",
        $"but receives {string.Join(" and ", inputs.Select(input => input.Shape))}.",
        fault.Fault.Remedy);

    private static string After(List<NodeOutput> inputs)
        => inputs.Count == 0 ? "" : $" after {string.Join(" and ", inputs.Select(input => $"'{input.Node.Name}'"))}";

    private static Fault DuplicateName(string name, int count) => new(
        "duplicate_layer_name",
        "Each layer of a model needs its own name,",
        $"but {count} layers are called '{name}'.",
        "Rename them, or leave the name out to have one chosen.");
}
