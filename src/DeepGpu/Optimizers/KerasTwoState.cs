using DeepGpu.Models;

namespace DeepGpu;

/// <summary>An optimizer's variables as Keras 2 keeps them, in the order of Keras 3: a counter, then one kind of all weights after another
/// (until
/// 2.10), or what a weight keeps together (2.11 and later).</summary>
internal static class KerasTwoState
{
    /// <summary>The variables as Keras 3 lists them; null where they are not those of the model's weights.</summary>
    /// <param name="stepper">The optimizer.</param>
    /// <param name="variables">The variables by name, in the file's order.</param>
    public static IReadOnlyList<NDArray>? Of(OptimizerStepper stepper, IReadOnlyList<KeyValuePair<string, NDArray>> variables)
    {
        var counter = variables.Select(variable => variable.Value)
            .FirstOrDefault(array => array.ElementCount == 1 && array.Type is DataType.Int64 or DataType.Int32);
        List<NDArray> kept = [.. variables.Select(variable => variable.Value).Where(array => !ReferenceEquals(array, counter))];
        if (counter is null && kept is [{ Rank: 0 } steps, ..]) (counter, kept) = (steps, kept[1..]);
        List<int[]> shapes = [.. stepper.Weights.Select(weight => weight.Spec.Shape.ToArray())];
        var kinds = KindsOf(stepper);
        kept = [.. kept.Take(kinds * shapes.Count)];
        if (counter is null || kept.Count != kinds * shapes.Count) return null;
        var byKind = kept.Select((array, i) => (array, Shape: shapes[i % shapes.Count]))
            .All(pair => pair.array.Shape.SequenceEqual(pair.Shape));
        var byWeight = kept.Select((array, i) => (array, Shape: shapes[i / Math.Max(1, kinds)]))
            .All(pair => pair.array.Shape.SequenceEqual(pair.Shape));
        if (!byKind && !byWeight) return null;
        var isTogether = byWeight && (!byKind || IsFromElevenOn(variables));
        IEnumerable<NDArray> ordered = isTogether ? kept : Enumerable.Range(0, kept.Count)
            .Select(i => kept[i % kinds * shapes.Count + i / kinds]);
        return [Steps(counter), .. Rate(stepper), .. ordered];
    }

    private static int KindsOf(OptimizerStepper stepper) => OptimizerVariables.Kinds(stepper);

    /// <summary>"Adam/m/dense/kernel:0", where it was "training/Adam/dense/kernel/m:0" or without the kind.</summary>
    private static bool IsFromElevenOn(IReadOnlyList<KeyValuePair<string, NDArray>> variables)
        => variables.Any(variable => variable.Key.Split('/') is [_, "m" or "v" or "momentum" or "velocity" or "accumulator", _, ..]);

    private static NDArray Steps(NDArray counter) => NDArray.From<long>([(long)ElementNumbers.Of(counter)[0]]);

    /// <summary>Keras 3 keeps the rate beside the counter where it is no schedule.</summary>
    private static IEnumerable<NDArray> Rate(OptimizerStepper stepper)
        => stepper.Optimizer.LearningRate is ConstantRate rate ? [NDArray.From<float>([(float)rate.Rate])] : [];
}
