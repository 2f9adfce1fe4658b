using DeepGpu.Models;

namespace DeepGpu.Data;

/// <summary>What the arrays of a source are called.</summary>
/// <param name="Inputs">Names of the inputs.</param>
/// <param name="Targets">Names of the targets.</param>
internal sealed record DataNames(IReadOnlyList<string> Inputs, IReadOnlyList<string> Targets)
{
    /// <summary>The arrays in the order of the model's inputs and outputs; sources without names are taken as they are.</summary>
    public static Batch Order(DataNames? names, Batch batch, ModelSpec spec)
    {
        if (names is null) return batch;
        names.CheckCounts(batch.Inputs.Count, batch.Targets.Count);
        var inputs = Positions(names.Inputs, [.. spec.Inputs.Select(node => node.Name)], "input", spec.Name);
        var targets = Positions(names.Targets, [.. spec.Outputs.Select(output => output.Node.Name)], "output", spec.Name);
        return new(Picked(batch.Inputs, inputs), Picked(batch.Targets, targets),
            batch.Weights.Count > 1 ? Picked(batch.Weights, targets) : batch.Weights);
    }

    /// <summary>Throws unless there is a name for each array, each once.</summary>
    public void CheckCounts(int inputs, int targets)
    {
        CheckCount(Inputs, inputs, nameof(inputs));
        CheckCount(Targets, targets, nameof(targets));
    }

    private static void CheckCount(IReadOnlyList<string> names, int count, string parameter)
    {
        ArgumentNullException.ThrowIfNull(names, parameter);
        if (names.Count != count || names.Distinct(StringComparer.Ordinal).Count() != count)
            throw Require.OutOfRange("WithNames", parameter, $"{count} different names", string.Join(", ", names));
    }

    private static int[] Positions(IReadOnlyList<string> given, IReadOnlyList<string> wanted, string kind, string model)
    {
        if (given.Order(StringComparer.Ordinal).SequenceEqual(wanted.Order(StringComparer.Ordinal)))
            return [.. wanted.Select(name => given.ToList().IndexOf(name))];
        throw new TrainingDataException(new(
            $"{kind}_names",
            $"'{model}' has the {kind}s {string.Join(", ", wanted)},",
            $"but the data is named {string.Join(", ", given)}.",
            "Name each array after one of them."));
    }

    private static NDArray[] Picked(IReadOnlyList<NDArray> arrays, int[] positions) => [.. positions.Select(position => arrays[position])];
}
