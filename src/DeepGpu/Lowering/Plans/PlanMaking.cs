using DeepGpu.Models;
using DeepGpu.Models.Graphs;

namespace DeepGpu.Lowering;

/// <summary>Prepares a model's <see cref="PredictionPlan"/>.</summary>
internal sealed class PlanMaking
{
    private const int Alignment = 16;

    private readonly GraphStep[] _graph;
    private readonly int[] _outputs;
    private readonly int _inputCount;
    private readonly int[] _roots;
    private readonly int[] _sizes;
    private readonly List<PlannedStep> _steps = [];
    private readonly List<LiveSequence> _sequences = [];

    private PlanMaking(GraphStep[] graph, int slots, int inputs, int[] outputs)
    {
        (_graph, _outputs, _inputCount) = (graph, outputs, inputs);
        (_roots, _sizes) = ([.. Enumerable.Range(0, slots)], new int[slots]);
    }

    /// <summary>The plan for inputs of some shapes; null where a layer needs torch.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="graph">Its live layers.</param>
    /// <param name="slots">How many values there are, the inputs first.</param>
    /// <param name="outputs">The values of the model's outputs.</param>
    /// <param name="inputs">The inputs' shapes without the batch.</param>
    public static PredictionPlan? Make(ModelSpec spec, GraphStep[] graph, int slots, int[] outputs, int[][] inputs)
    {
        var shapes = ShapeInference.Run(spec, [.. inputs.Select(shape => new Shape([null, .. shape.Select(length => (int?)length)]))]);
        if (shapes.Values.Any(all => all.Any(shape => !IsKnown(shape)))) return null;
        var making = new PlanMaking(graph, slots, inputs.Length, outputs);
        for (var i = 0; i < inputs.Length; i++) making._sizes[i] = inputs[i].Aggregate(1, (size, length) => checked(size * length));
        if (!graph.All(step => making.Add(step, shapes)) || making._steps.Count == 0) return null;
        var layout = making.Layout([.. spec.Outputs.Select(output => Lengths(shapes[output.Node][output.Index]))]);
        var plan = new PredictionPlan([.. making._steps], layout, [.. making._sequences]);
        return plan.Serves ? plan : null;
    }

    private static int[] Lengths(Shape shape) => [.. shape.Axes.Skip(1).Select(length => length!.Value)];

    private static bool IsKnown(Shape shape) => shape.Rank > 1 && shape.Axes.Skip(1).All(length => length is not null)
        && shape.SampleElements <= int.MaxValue / 64;

    private bool Add(GraphStep step, IReadOnlyDictionary<ModelNode, IReadOnlyList<Shape>> shapes)
    {
        if (!step.IsPlain || step.Writes.Count != 1) return false;
        var (output, shape) = (step.Writes[0], shapes[step.Node][0]);
        _sizes[output] = (int)shape.SampleElements!.Value;
        if (PlanTable.HandsOn(step.Node.Layer) && step.Reads.Count == 1)
        {
            _roots[output] = _roots[step.Reads[0]];
            return true;
        }

        var inputs = step.Node.Inputs.Select(input => shapes[input.Node][input.Index]).ToList();
        return PlanTable.Of(step.Node.Layer, step.Layer, inputs, shape) is { } planned && AddSteps(planned, step, output, shape);
    }

    private bool AddSteps(PlanStep planned, GraphStep step, int output, Shape shape)
    {
        var reads = step.Reads;
        _steps.Add(new(planned, _roots[reads[0]], reads.Count > 1 ? _roots[reads[1]] : -1, output));
        _sequences.AddRange(step.Layer.Sequences);
        if (planned is ActivationStep || planned.IsActivated || step.Layer.Activation == Activation.Linear) return true;
        if (PlanTable.Activated(step.Layer.Activation, shape) is not { } activation) return false;
        _steps.Add(new(activation, output, -1, output));
        return true;
    }

    /// <summary>Gives each value a place; one that is read no more makes room.</summary>
    private PlanLayout Layout(int[][] outputs)
    {
        var places = new long[_sizes.Length];
        for (var i = 0; i < _inputCount; i++) places[i] = i;
        var taken = new List<(long Start, long End, int Value)>();
        var size = 0L;
        for (var i = 0; i < _steps.Count; i++)
        {
            var value = _steps[i].Output;
            if (!taken.Exists(place => place.Value == value)) size = Math.Max(size, Take(taken, value, places));
            taken.RemoveAll(place => LastUse(place.Value) <= i);
        }

        return new(_sizes, places, [.. Enumerable.Range(0, _sizes.Length).Select(value => value < _inputCount)],
            [.. _outputs.Select(output => _roots[output])], outputs, size);
    }

    /// <summary>The first gap that is large enough; returns where it ends.</summary>
    private long Take(List<(long Start, long End, int Value)> taken, int value, long[] places)
    {
        var (at, length) = (0L, (long)(_sizes[value] + Alignment - 1) / Alignment * Alignment);
        foreach (var (start, end, _) in taken.OrderBy(place => place.Start))
        {
            if (start - at >= length) break;
            at = end;
        }

        taken.Add((at, at + length, value));
        places[value] = at;
        return at + length;
    }

    private int LastUse(int value)
    {
        if (_outputs.Any(output => _roots[output] == value)) return int.MaxValue;
        return _steps.FindLastIndex(step => step.Input == value || step.Other == value || step.Output == value);
    }
}
