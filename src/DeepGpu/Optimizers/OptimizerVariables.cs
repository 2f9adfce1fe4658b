using DeepGpu.Models;
using DeepGpu.Models.Json;

namespace DeepGpu.Optimizers;

/// <summary>An optimizer's state as the list of variables that Keras keeps: counters and rate,
/// then averages and gathered gradients of all weights, then what the rule keeps.</summary>
/// <remarks>The order of keras/src/optimizers/base_optimizer.py of Keras 3: what a rule keeps together
/// alternates weight by weight.</remarks>
internal static class OptimizerVariables
{
    private const string Iteration = "iteration";
    private const string Rate = "learning_rate";
    private const string ScaleSteps = "step_counter";
    private const string Scale = "dynamic_scale";

    /// <summary>The variables by Keras's names, in its order: of weights that an average has replaced, none but the counters, at their
    /// start.</summary>
    /// <param name="stepper">The optimizer.</param>
    /// <param name="model">The model's name.</param>
    public static IReadOnlyList<KeyValuePair<string, NDArray>> Write(OptimizerStepper stepper, string model)
    {
        var (saved, optimizer) = (stepper.Save(), stepper.Described);
        var state = stepper.IsAveraged ? saved with { Steps = 0 } : saved;
        var counters = Counters(optimizer, state)
            .Select(counter => KeyValuePair.Create($"{Name(counter.Owner)}/{counter.Name}", counter.Value));
        var kept = Slots(stepper).Select(slot => KeyValuePair.Create($"{Name(Inner(optimizer))}/{$"{model}/{slot.Name}".Replace('/', '_')}",
            slot.InFile(state.Arrays[slot.Name])));
        return [.. counters, .. stepper.IsAveraged ? [] : kept];
    }

    /// <summary>The state that a list of variables describes; null if the list has another length than this optimizer's.</summary>
    public static OptimizerState? Read(OptimizerStepper stepper, IReadOnlyList<NDArray> variables)
    {
        var fresh = stepper.Save();
        var (counters, slots) = (Counters(stepper.Optimizer, fresh).ToList(), Slots(stepper).ToList());
        if (variables.Count != counters.Count && variables.Count != counters.Count + slots.Count) return null;
        var arrays = new Dictionary<string, NDArray>(fresh.Arrays, StringComparer.Ordinal);
        foreach (var (slot, array) in slots.Zip(variables.Skip(counters.Count)).Where(pair => !pair.First.IsUnused))
            arrays[slot.Name] = array;
        var state = fresh with { Arrays = arrays };
        return counters.Zip(variables).Aggregate(state, (known, pair) => Take(known, stepper.Optimizer, pair.First, Number(pair.Second)));
    }

    /// <summary>How many variables of its shape each weight has.</summary>
    public static int Kinds(OptimizerStepper stepper) => stepper.Weights.Any() ? Slots(stepper).Count() / stepper.Weights.Count() : 0;

    private static OptimizerState Take(OptimizerState state, Optimizer optimizer, Counter counter, double value) => counter.Name switch
    {
        ScaleSteps => state with { FiniteSteps = checked((int)value) },
        Scale => state with { LossScale = value },
        _ when counter.Owner is LossScaleOptimizer => state,
        Iteration => state with { Steps = checked((long)value) },
        _ => state with { LearningRate = optimizer.LearningRate is ConstantRate known && (float)known.Rate == (float)value ? null : value },
    };

    private static IEnumerable<Counter> Counters(Optimizer optimizer, OptimizerState state)
    {
        if (optimizer is LossScaleOptimizer scaled) return [.. OfScale(scaled, state), .. Counters(scaled.InnerOptimizer, state)];
        var steps = new Counter(optimizer, Iteration, Whole(state.Steps));
        return optimizer.LearningRate is ConstantRate constant
            ? [steps, new(optimizer, Rate, NDArray.From<float>([(float)constant.Rate]))]
            : [steps];
    }

    /// <summary>The first two Keras writes and never uses.</summary>
    private static IEnumerable<Counter> OfScale(LossScaleOptimizer optimizer, OptimizerState state) =>
    [
        new(optimizer, Iteration, Whole(0)),
        new(optimizer, Rate, NDArray.From<float>([0])),
        new(optimizer, ScaleSteps, Whole(state.FiniteSteps)),
        new(optimizer, Scale, NDArray.From<float>([(float)state.LossScale])),
    ];

    private static IEnumerable<Slot> Slots(OptimizerStepper stepper)
        => stepper.SlotGroups.SelectMany(group => stepper.Weights.SelectMany(weight => group
            .Where(name => stepper.Keeps(name, weight))
            .Select(name => new Slot(weight, name, stepper.IsUnused(name, weight)))));

    private static Optimizer Inner(Optimizer optimizer) => (optimizer as LossScaleOptimizer)?.InnerOptimizer ?? optimizer;

    private static string Name(Optimizer optimizer) => optimizer is LossScaleOptimizer
        ? "loss_scale_optimizer"
        : (OptimizerTypes.Optimizers.Of(optimizer)?.Name ?? optimizer.GetType().Name).ToLowerInvariant();

    /// <summary>Keras writes 4 bytes, with TensorFlow 8, and reads both.</summary>
    private static NDArray Whole(long number) => number <= int.MaxValue ? NDArray.From<int>([(int)number]) : NDArray.From<long>([number]);

    private static double Number(NDArray array) => array.Type switch
    {
        _ when array.ElementCount != 1 => throw new FormatException($"A counter is {array.TypeAndShape}."),
        DataType.Int64 => array.ToArray<long>()[0],
        DataType.Int32 => array.ToArray<int>()[0],
        _ => array.ToArray<float>()[0],
    };

    private sealed record Counter(Optimizer Owner, string Name, NDArray Value);

    /// <summary>What is kept for a weight.</summary>
    private sealed record Slot(LiveWeight Weight, string Kind, bool IsUnused)
    {
        public string Name => $"{Weight.Name}/{Kind}";

        public NDArray InFile(NDArray values) => IsUnused ? NDArray.Zeros(values.Type, Weight.Spec.Shape.AsSpan()) : values;
    }
}
