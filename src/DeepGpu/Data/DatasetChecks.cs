namespace DeepGpu.Data;

/// <summary>Checks of the arrays a dataset is made of.</summary>
internal static class DatasetChecks
{
    public static void Arrays(IReadOnlyList<NDArray> inputs, IReadOnlyList<NDArray> targets, IReadOnlyList<NDArray> weights)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        foreach (var array in inputs.Concat(targets).Concat(weights)) ArgumentNullException.ThrowIfNull(array, nameof(inputs));
        if (inputs.Count == 0) throw Empty("there are no inputs");
        if (inputs[0].Rank == 0 || inputs[0].Shape[0] == 0) throw Empty($"the inputs are {inputs[0]}");
        foreach (var array in inputs.Skip(1).Concat(targets)) CheckCount(array, inputs[0]);
        CheckWeights(weights, inputs[0], targets.Count);
    }

    public static TrainingDataException Empty(string received)
        => new(new("empty_data", "A dataset needs at least one sample,", $"but {received}.", "Check where the data comes from."));

    /// <summary>Where to cut; Python rounds halves to even, and so does this.</summary>
    public static int SplitAt(int count, double fraction)
    {
        if (!(fraction > 0 && fraction < 1)) throw Require.OutOfRange(nameof(Dataset), nameof(fraction), "above 0 and below 1", fraction);
        var first = (int)Math.Round(fraction * count, MidpointRounding.ToEven);
        return first > 0 && first < count
            ? first
            : throw Empty(FormattableString.Invariant($"{fraction} of {count} samples leaves none on one side"));
    }

    /// <summary>How many samples stand before the cut that leaves a share at the end for validation, rounded down as in Keras.</summary>
    /// <exception cref="TrainingDataException">One side would be empty.</exception>
    public static int CutAt(long count, double share)
    {
        var first = (int)(count * share);
        return first > 0 && first < count ? first : throw new TrainingDataException(new(
            "split",
            "Both parts of a split need at least one sample,",
            FormattableString.Invariant($"but {count} samples were to be split at {share}."),
            "Use more samples, or another share."));
    }

    private static void CheckCount(NDArray array, NDArray first)
    {
        if (array.Rank > 0 && array.Shape[0] == first.Shape[0]) return;
        throw new TrainingDataException(new("sample_count", "Inputs and targets need the same number of samples,",
            $"but the inputs are {first.TypeAndShape} and the targets {array.TypeAndShape}.", "Pass one target for each input."));
    }

    private static void CheckWeights(IReadOnlyList<NDArray> weights, NDArray first, int targets)
    {
        if (weights.Count > 1 && weights.Count != targets) throw Wrong($"but there are {weights.Count} for {targets} targets.");
        foreach (var array in weights)
        {
            if (array.Rank == 0 || array.Shape[0] != first.Shape[0]) throw Wrong($"but the inputs are {first.TypeAndShape} and the weights {array.TypeAndShape}.");
        }
    }

    private static TrainingDataException Wrong(string received)
        => new(new("weight_count", "Sample weights need one number for each sample, for every target or for each of them,", received,
            "Pass one array (samples), or one for each target."));
}
