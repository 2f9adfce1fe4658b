using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>The live layers of a model, run in order. Every value is freed after its last use.</summary>
internal sealed class LiveGraph : IDisposable
{
    private readonly ModelSpec _spec;
    private readonly Step[] _steps;
    private readonly int[] _outputs;

    public LiveGraph(ModelSpec spec, torch.Device device, int seed, LoweringTable table)
    {
        _spec = spec;
        var live = new Dictionary<string, LiveLayer>();
        using var random = new torch.Generator((ulong)seed);
        var weights = new List<LiveWeight>();
        foreach (var node in spec.Layers.Where(node => node.Layer is not InputLayer))
        {
            var context = new LoweringContext(node, device, random);
            live[node.Name] = table.Lower(context);
            weights.AddRange(context.Weights);
        }

        Weights = weights;
        var slots = Slots(spec);
        _steps = [.. spec.Nodes.Where(node => node.Layer is not InputLayer).Select(node => new Step(live[node.Name], [.. node.Inputs.Select(i => slots[i])], [.. node.OutputShapes.Select((_, n) => slots[new(node, n)])]))];
        _outputs = [.. spec.Outputs.Select(output => slots[output])];
        OutputActivations = [.. spec.Outputs.Select(output => live.TryGetValue(output.Node.Name, out var layer) ? layer.Activation : Activation.Linear)];
        FindLastUses(slots.Count);
    }

    /// <summary>Every weight, in the order of the layers.</summary>
    public IReadOnlyList<LiveWeight> Weights { get; }

    /// <summary>The activation of each output, which a pass can leave out.</summary>
    public IReadOnlyList<Activation> OutputActivations { get; }

    /// <summary>Runs the model inside the caller's dispose scope.</summary>
    /// <param name="inputs">One tensor per input.</param>
    /// <param name="context">What kind of pass it is.</param>
    /// <param name="logits">Whether the activations of the outputs are left out.</param>
    public IReadOnlyList<torch.Tensor> Run(IReadOnlyList<torch.Tensor> inputs, ForwardContext context, bool logits)
    {
        var values = new torch.Tensor?[_spec.Nodes.Sum(node => node.OutputShapes.Count)];
        for (var i = 0; i < inputs.Count; i++) values[i] = inputs[i].alias();
        foreach (var step in _steps) Run(step, values, context, logits);
        return [.. _outputs.Select(slot => values[slot]!)];
    }

    public void Dispose()
    {
        foreach (var weight in Weights) weight.Dispose();
    }

    private void Run(Step step, torch.Tensor?[] values, ForwardContext context, bool logits)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor[] inputs = [.. step.Inputs.Select(slot => values[slot]!)];
        var outputs = step.Layer.Forward(inputs, context);
        for (var i = 0; i < outputs.Count; i++)
        {
            var output = logits && _outputs.Contains(step.Outputs[i]) ? outputs[i] : ActivationFunctions.Apply(step.Layer.Activation, outputs[i]);
            values[step.Outputs[i]] = (inputs.Contains(output) ? output.alias() : output).MoveToOuterDisposeScope();
        }

        foreach (var slot in step.LastUses) values[slot]!.Dispose();
    }

    /// <summary>Numbers every value of the model, the inputs first.</summary>
    private static Dictionary<NodeOutput, int> Slots(ModelSpec spec)
    {
        var slots = new Dictionary<NodeOutput, int>();
        foreach (var node in spec.Inputs.Concat(spec.Nodes.Except(spec.Inputs)))
        {
            for (var i = 0; i < node.OutputShapes.Count; i++) slots[new(node, i)] = slots.Count;
        }

        return slots;
    }

    private void FindLastUses(int slotCount)
    {
        var free = Enumerable.Range(0, slotCount).Except(_outputs).ToHashSet();
        foreach (var step in _steps.Reverse()) step.LastUses = [.. step.Inputs.Concat(step.Outputs).Distinct().Where(free.Remove)];
    }

    private sealed class Step(LiveLayer layer, int[] inputs, int[] outputs)
    {
        public LiveLayer Layer { get; } = layer;

        public int[] Inputs { get; } = inputs;

        public int[] Outputs { get; } = outputs;

        public int[] LastUses { get; set; } = [];
    }
}
