using DeepGpu.Models.Layers;
using DeepGpu.Models.Shapes;

namespace DeepGpu.Models.Graphs;

/// <summary>Turns calls of layers into a finished model: orders them, names the layers, infers shapes, lists every fault.</summary>
internal sealed class GraphBuilder
{
    private readonly IReadOnlyList<LayerCall> _calls;
    private readonly Dictionary<Layer, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Layer, IReadOnlyList<WeightSpec>> _weights = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<LayerCall, ModelNode?> _nodes = [];
    private readonly List<ModelNode> _order = [];
    private readonly List<Fault> _faults = [];

    private GraphBuilder(IEnumerable<SymbolicTensor> values) => _calls = CallOrder.Of(values);

    public static ModelSpec Build(string name, IReadOnlyList<SymbolicTensor> outputs,
        IReadOnlyList<SymbolicTensor>? inputs, bool isSequential)
    {
        var builder = new GraphBuilder(outputs.Concat(inputs ?? []));
        if (outputs.Count == 0) builder._faults.Add(Disconnected("A model needs at least one output,", "but has none."));
        if (!PrintableText.Is(name)) builder._faults.Add(BadModelName(name));
        builder.CheckInputs(outputs, inputs);
        builder.NameLayers();
        foreach (var call in builder._calls) builder._nodes[call] = builder.Node(call);
        if (builder._faults.Count > 0) throw new ModelBuildException(builder._faults);
        return new(name, builder._order, inputs is null ? null : [.. inputs.Select(i => builder._nodes[i.Call]!)],
            [.. outputs.Select(builder.Resolve)], isSequential);
    }

    /// <summary>With a list of inputs, each must be used and none may be missing; without one, there must be exactly one.</summary>
    private void CheckInputs(IReadOnlyList<SymbolicTensor> outputs, IReadOnlyList<SymbolicTensor>? inputs)
    {
        var found = _calls.Where(call => call.Layer is InputLayer).ToList();
        if (inputs is null)
        {
            if (found.Count != 1) _faults.Add(Disconnected("A chain of layers has exactly one input,", $"but this one has {found.Count}."));
            return;
        }

        var used = outputs.Select(output => output.Call)
            .Concat(_calls.SelectMany(call => call.Sources.Select(source => source.Call))).ToHashSet();
        foreach (var input in inputs.Select(i => i.Call))
        {
            if (input.Layer is not InputLayer)
                _faults.Add(Disconnected("Each input of a model must be made by Functional.Input,",
                    $"but one is the output of a {input.Layer.ClassName}."));
            else if (!used.Contains(input))
                _faults.Add(Disconnected("Each input must lead to an output,", $"but '{input.Layer.Name ?? "an input"}' leads to none."));
        }

        if (inputs.DistinctBy(input => input.Call).Count() < inputs.Count)
            _faults.Add(Disconnected("Each input may be listed once,", "but one is listed twice."));
        if (found.Except(inputs.Select(i => i.Call)).Any())
            _faults.Add(Disconnected("Every input must be in the list of inputs,", "but an output depends on one that is not."));
    }

    private void NameLayers()
    {
        var layers = _calls.OrderBy(call => call.Sequence).Select(call => call.Layer.Shared)
            .Distinct<Layer>(ReferenceEqualityComparer.Instance).ToList();
        var given = layers.Where(layer => layer.Name is not null).Select(layer => layer.Name!).ToList();
        _faults.AddRange(given.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1)
            .Select(g => DuplicateName(g.Key, g.Count())));
        _faults.AddRange(given.Where(IsPath).Select(BadName));
        var names = new LayerNames(given);
        foreach (var layer in layers) _names[layer] = layer.Name ?? names.Choose(layer);
    }

    /// <summary>A name becomes a path in files and a text on terminals: it may not climb out of its place, nor move a cursor.</summary>
    private static bool IsPath(string name) => name is "" or "." or ".." || name.AsSpan().ContainsAny('/', '\\') || !PrintableText.Is(name);

    /// <summary>The node of a call; null, and a fault noted, where the layer cannot take its inputs.</summary>
    private ModelNode? Node(LayerCall call)
    {
        if (call.Sources.Any(source => _nodes[source.Call] is null)) return null;
        List<NodeOutput> inputs = [.. call.Inputs.Select(Resolve)];
        try
        {
            var weights = call.Misfit is null ? Weights(call.Layer, inputs) : throw call.Misfit;
            var node = new ModelNode(_names[call.Layer.Shared], call.Layer, inputs, call.Shapes!, weights)
            {
                Mask = call.Mask is null ? null : Resolve(call.Mask),
                DropsMask = call.DropsMask,
                Sequence = call.Sequence
            };
            _faults.AddRange(weights.Select(weight => weight.Name).Where(name => !PrintableText.Is(name)).Select(BadName));
            _order.Add(node);
            return node;
        }
        catch (ShapeException fault)
        {
            _faults.Add(ShapeFaults.Misfit(call.Layer.ClassName, _names[call.Layer.Shared], [.. inputs.Select(input => input.Node.Name)],
                [.. inputs.Select(input => input.Shape)], fault));
            return null;
        }
    }

    /// <summary>The weights a call works with: those of the layer's first call, which every other must agree with.</summary>
    private IReadOnlyList<WeightSpec> Weights(Layer layer, IEnumerable<NodeOutput> inputs)
    {
        try
        {
            var weights = layer.Weights([.. inputs.Select(input => input.Shape)]);
            _ = weights.Sum(weight => weight.Count); // fails here and not later where the number is beyond a long
            foreach (var weight in weights) LayerChecks.Check(weight);
            if (!_weights.TryAdd(layer.Shared, weights) && !HaveSameShapes(weights, _weights[layer.Shared])) throw Shared();
            return weights;
        }
        catch (OverflowException)
        {
            throw LayerCall.TooLarge();
        }
    }

    private static bool HaveSameShapes(IReadOnlyList<WeightSpec> left, IReadOnlyList<WeightSpec> right)
        => left.Count == right.Count && left.Zip(right).All(pair => pair.First.Shape.SequenceEqual(pair.Second.Shape));

    private static ShapeException Shared()
        => new("an input like that of its first call, whose weights it shares", "Use another layer here, or make the lengths equal.");

    private NodeOutput Resolve(SymbolicTensor tensor) => new(_nodes[tensor.Call]!, tensor.Index);

    private static Fault DuplicateName(string name, int count) => new(
        "duplicate_layer_name",
        "Each layer of a model needs its own name,",
        $"but {count} layers are called '{StrictJson.Printable(name)}'.",
        "Rename them, or leave the name out to have one chosen.");

    private static Fault BadName(string name) => new(
        "bad_layer_name",
        "A layer's name may not be empty, a path or hold control characters,",
        $"but is '{StrictJson.Printable(name)}'.",
        "Rename the layer.");

    private static Fault BadModelName(string name) => new(
        "bad_model_name",
        "A model's name may not hold control or formatting characters,",
        $"but is '{StrictJson.Printable(name)}'.",
        "Rename the model.");

    private static Fault Disconnected(string rule, string received)
        => new("disconnected", rule, received, "Name every input that the outputs depend on, and no other.");
}
