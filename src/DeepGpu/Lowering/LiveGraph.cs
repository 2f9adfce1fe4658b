using DeepGpu.Models;
using DeepGpu.Models.Json;
using DeepGpu.Models.Workloads;

namespace DeepGpu.Lowering;

/// <summary>The live layers of a model, run in order. Every value is freed after its last use.</summary>
internal sealed class LiveGraph
{
    private const int MostPlans = 8;

    private readonly GraphStep[] _steps;
    private readonly int[] _outputs;
    private readonly int _slotCount;
    private readonly HashSet<int> _unread;
    private readonly Dictionary<string, LiveLayer> _layers = [];
    private readonly string _path;
    private GraphSegment[]? _segments;
    private (int[][] Inputs, PredictionPlan? Plan)[] _plans = [];

    /// <summary>Makes a model's layers live.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="policy">The formats of layers that name none.</param>
    /// <param name="lower">Makes one layer live.</param>
    /// <param name="extensions">The classes beside the library's; null for none.</param>
    /// <param name="path">What names of weights start with before its layers' names; empty for a model that is inside no other.</param>
    public LiveGraph(ModelSpec spec, PrecisionPolicy policy, Func<ModelNode, LiveLayer> lower, Extensions? extensions = null,
        string path = "")
    {
        _path = path;
        var own = extensions ?? Extensions.None;
        foreach (var node in spec.Layers) own.Demand(ExtensionKind.Regularizer, node.Layer.ActivityRegularizer, $"'{node.Name}'");
        foreach (var node in spec.Layers.Where(node => !spec.Inputs.Contains(node))) _layers[node.Name] = lower(node);
        var slots = Slots(spec);
        _slotCount = slots.Count;
        _steps = [.. spec.Nodes.Where(node => !spec.Inputs.Contains(node))
            .Select(node => new GraphStep(node, _layers[node.Name].CalledAs(node.Layer), policy, slots, own))];
        _outputs = [.. spec.Outputs.Select(output => slots[output])];
        _unread = [.. _outputs.Except(_steps.SelectMany(step => step.Reads))];
        OutputActivations = [.. spec.Outputs.Select(output =>
            _unread.Contains(slots[output]) && _layers.TryGetValue(output.Node.Name, out var layer)
            ? layer.Activation
            : Activation.Linear)];
        (Spec, Memory) = (spec, new(spec, policy));
        FindLastUses();
    }

    /// <summary>The description it was made from.</summary>
    public ModelSpec Spec { get; }

    /// <summary>What a pass holds at the least, asked for before the pass.</summary>
    public PassMemory Memory { get; }

    /// <summary>The activation of each output, which a pass can leave out.</summary>
    public IReadOnlyList<Activation> OutputActivations { get; }

    /// <summary>The recurrent layers, those inside other layers and models too.</summary>
    public IEnumerable<LiveSequence> Sequences => _layers.Values.SelectMany(layer => layer.Sequences);

    /// <summary>Whether a layer keeps states from batch to batch.</summary>
    public bool IsStateful => Sequences.Any(layer => layer.IsStateful);

    /// <summary>Runs the model inside the caller's dispose scope.</summary>
    /// <param name="inputs">One value per input.</param>
    /// <param name="context">What kind of pass it is.</param>
    /// <param name="logits">The values whose activation is left out, from <see cref="LogitSlots"/>; null for none.</param>
    public IReadOnlyList<Signal> Run(IReadOnlyList<Signal> inputs, ForwardContext context, IReadOnlySet<int>? logits = null)
    {
        if (context.Tape is not null) return Recorded(inputs, context, logits);
        var values = Start(inputs);
        foreach (var step in _steps) step.Run(values, context, logits);
        return [.. _outputs.Select(slot => values[slot])];
    }

    /// <summary>What predicts inputs of some shapes without torch; null where a layer needs it.</summary>
    /// <param name="inputs">The inputs, the batch first.</param>
    public PredictionPlan? PlanFor(IReadOnlyList<NDArray> inputs)
    {
        foreach (var input in inputs)
        {
            if (input.Type != DataType.Float32) return null;
        }

        foreach (var (shapes, plan) in Volatile.Read(ref _plans))
        {
            if (Fit(shapes, inputs)) return plan is { IsAllowed: true } ? plan : null;
        }

        return Planned([.. inputs.Select(input => input.Shape.Skip(1).ToArray())]);
    }

    private static bool Fit(int[][] shapes, IReadOnlyList<NDArray> inputs)
    {
        for (var i = 0; i < shapes.Length; i++)
        {
            for (var axis = 0; axis < shapes[i].Length; axis++)
            {
                if (inputs[i].Shape[axis + 1] != shapes[i][axis]) return false;
            }
        }

        return true;
    }

    /// <summary>Makes a plan and keeps it, the last ones alone where shapes change all the time.</summary>
    private PredictionPlan? Planned(int[][] shapes)
    {
        var plan = PlanMaking.Make(Spec, _steps, _slotCount, _outputs, shapes);
        var kept = Volatile.Read(ref _plans);
        Volatile.Write(ref _plans, [(shapes, plan), .. kept.Take(MostPlans - 1)]);
        return plan is { IsAllowed: true } ? plan : null;
    }

    /// <summary>Runs the model segment by segment, noted on the tape of the pass.</summary>
    private IReadOnlyList<Signal> Recorded(IReadOnlyList<Signal> inputs, ForwardContext context, IReadOnlySet<int>? logits)
    {
        var values = new Signal[_slotCount];
        for (var i = 0; i < inputs.Count; i++) values[i] = inputs[i];
        foreach (var segment in _segments ??= Segments()) segment.Run(values, context, logits);
        return [.. _outputs.Select(slot => values[slot])];
    }

    private GraphSegment[] Segments()
    {
        var (start, segments) = (0, new List<GraphSegment>());
        foreach (var plan in CheckpointPlan.Of(Spec))
        {
            var end = start + plan.Nodes.Count;
            var later = _steps[end..].SelectMany(step => step.Reads).Concat(_outputs).ToHashSet();
            segments.Add(new(plan, _steps[start..end], _path, later.Contains));
            start = end;
        }

        return [.. segments];
    }

    /// <summary>The values of those outputs whose activation is to be left out.</summary>
    /// <param name="leavesOut">For each output, whether to leave its activation out.</param>
    public IReadOnlySet<int> LogitSlots(IReadOnlyList<bool> leavesOut)
        => _outputs.Where((slot, i) => leavesOut[i] && _unread.Contains(slot)).ToHashSet();

    /// <summary>The first layer in order whose output is not finite; null if all are. Waits for the device after each layer.</summary>
    public string? FirstNonFiniteLayer(IReadOnlyList<Signal> inputs, ForwardContext context)
    {
        var values = Start(inputs);
        foreach (var step in _steps)
        {
            step.Run(values, context, logits: null, isLast: false);
            if (step.Writes.Any(slot => !values[slot].Tensor.isfinite().all().item<bool>())) return $"the output of '{step.Name}'";
        }

        return null;
    }

    /// <summary>Forgets what stateful layers keep.</summary>
    public void ResetState()
    {
        foreach (var layer in _layers.Values) layer.ResetState();
    }

    private Signal[] Start(IReadOnlyList<Signal> inputs)
    {
        var values = new Signal[_slotCount];
        for (var i = 0; i < inputs.Count; i++) values[i] = inputs[i] with { Tensor = inputs[i].Tensor.alias() };
        return values;
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

    private void FindLastUses()
    {
        var free = Enumerable.Range(0, _slotCount).Except(_outputs).ToHashSet();
        foreach (var step in _steps.Reverse()) step.LastUses = [.. step.Reads.Concat(step.Writes).Distinct().Where(free.Remove)];
    }
}
