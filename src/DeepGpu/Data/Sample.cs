using DeepGpu.Data;

namespace DeepGpu;

/// <summary>One sample: what a model sees and what it should answer. The arrays have no batch axis.</summary>
/// <param name="Inputs">One array for each input of the model.</param>
/// <param name="Targets">One array for each output; a class number is an array of rank 0.</param>
/// <param name="Weights">How much the sample counts in the loss: empty for 1, one array of rank 0 for every target,
/// or one for each target.</param>
public sealed record Sample(IReadOnlyList<NDArray> Inputs, IReadOnlyList<NDArray> Targets, IReadOnlyList<NDArray> Weights)
{
    /// <summary>A sample of one input and one target.</summary>
    /// <param name="input">What the model sees.</param>
    /// <param name="target">What it should answer.</param>
    public Sample(NDArray input, NDArray target)
        : this([input], [target], [])
    {
    }

    /// <summary>A sample of one input and no target.</summary>
    /// <param name="input">What the model sees.</param>
    public Sample(NDArray input)
        : this([input], [], [])
    {
    }

    /// <summary>The first input.</summary>
    public NDArray Input => Inputs[0];

    /// <summary>The first target.</summary>
    public NDArray Target => Targets[0];

    /// <summary>The same sample with another first input.</summary>
    /// <param name="input">What the model sees.</param>
    public Sample WithInput(NDArray input) => this with { Inputs = [input, .. Inputs.Skip(1)] };

    /// <summary>The same sample with another first target.</summary>
    /// <param name="target">What the model should answer.</param>
    public Sample WithTarget(NDArray target) => this with { Targets = [target, .. Targets.Skip(1)] };
}

/// <summary>Samples put together: the arrays have the samples on the first axis.</summary>
/// <param name="Inputs">One array for each input of the model, (samples, ...).</param>
/// <param name="Targets">One array for each output, (samples) or (samples, ...); empty where there is nothing to learn.</param>
/// <param name="Weights">Empty, one array (samples) for every target, or one for each target.</param>
public sealed record Batch(IReadOnlyList<NDArray> Inputs, IReadOnlyList<NDArray> Targets, IReadOnlyList<NDArray> Weights)
{
    /// <summary>The number of samples.</summary>
    public int Count => Inputs[0].Shape[0];

    /// <summary>Puts samples together.</summary>
    /// <param name="samples">The samples, at least one.</param>
    /// <exception cref="TrainingDataException">There is none, or their shapes differ: the sample is named.</exception>
    public static Batch Of(IReadOnlyList<Sample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Count == 0) throw DatasetChecks.Empty("there are none");
        return new(Stacked(samples, s => s.Inputs, "input"), Stacked(samples, s => s.Targets, "target"),
            Stacked(samples, s => s.Weights, "weight"));
    }

    private static NDArray[] Stacked(IReadOnlyList<Sample> samples, Func<Sample, IReadOnlyList<NDArray>> part, string kind)
    {
        var count = part(samples[0]).Count;
        for (var i = 1; i < samples.Count; i++)
            if (part(samples[i]).Count != count) throw Different(i, kind, $"{part(samples[i]).Count} arrays", $"{count}");
        return [.. Enumerable.Range(0, count).Select(a =>
            ArrayRows.Stack([.. samples.Select(s => part(s)[a])], (i, array, first)
                => Different(i, kind, array.TypeAndShape, first.TypeAndShape)))];
    }

    private static TrainingDataException Different(int index, string kind, string received, string first) => new(new(
        "sample_shape",
        $"Samples that are put together need the same {kind} shapes and types,",
        $"but sample {index} of them has {received} and the first {first}.",
        "Resize or crop images, pad sequences with Sequences.Pad, and convert types in a Map."));
}
