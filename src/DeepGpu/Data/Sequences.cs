using DeepGpu.Data;

namespace DeepGpu;

/// <summary>An end of a sequence.</summary>
public enum SequenceEnd
{
    /// <summary>Before the first element: Keras's "pre".</summary>
    Pre,

    /// <summary>After the last element: Keras's "post".</summary>
    Post,
}

/// <summary>Sequences of different lengths as arrays: Keras's <c>pad_sequences</c>.</summary>
public static class Sequences
{
    /// <summary>Sequences of numbers, filled up and cut to one length.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="maxLength">The length of every row, at least 0; null (the default) for the longest sequence's.</param>
    /// <param name="padding">Where shorter sequences are filled up. Default before them.</param>
    /// <param name="truncating">Where longer sequences are cut. Default at their start.</param>
    /// <param name="value">What they are filled up with. Default 0.</param>
    /// <returns>An array (sequences, length) of the numbers' type.</returns>
    public static NDArray Pad<T>(IEnumerable<IReadOnlyList<T>> sequences, int? maxLength = null, SequenceEnd padding = SequenceEnd.Pre,
        SequenceEnd truncating = SequenceEnd.Pre, T value = default)
        where T : unmanaged
    {
        var rows = Rows(sequences, maxLength, padding, truncating, value, out var length);
        return NDArray.From<T>(rows.SelectMany(row => row).ToArray(), rows.Length, length);
    }

    /// <summary>Sequences of texts, filled up and cut to one length.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="value">What they are filled up with.</param>
    /// <param name="maxLength">The length of every row, at least 0; null (the default) for the longest sequence's.</param>
    /// <param name="padding">Where shorter sequences are filled up. Default before them.</param>
    /// <param name="truncating">Where longer sequences are cut. Default at their start.</param>
    public static string[][] Pad(IEnumerable<IReadOnlyList<string>> sequences, string value, int? maxLength = null,
        SequenceEnd padding = SequenceEnd.Pre, SequenceEnd truncating = SequenceEnd.Pre)
        => Rows(sequences, maxLength, padding, truncating, value, out _);

    /// <summary>Sequences of vectors (or of arrays of any shape), filled up and cut to one length.</summary>
    /// <param name="sequences">Each (steps, ...) of one type; all with the same axes after the first, unless they are empty.</param>
    /// <param name="maxLength">The length of every row, at least 0; null (the default) for the longest sequence's.</param>
    /// <param name="padding">Where shorter sequences are filled up. Default before them.</param>
    /// <param name="truncating">Where longer sequences are cut. Default at their start.</param>
    /// <param name="value">A number of the arrays' type they are filled up with; null (the default) for 0.</param>
    /// <returns>An array (sequences, length, ...).</returns>
    /// <exception cref="TrainingDataException">The sequences have different types or shapes: the first that differs is named.</exception>
    public static NDArray Pad(IEnumerable<NDArray> sequences, int? maxLength = null, SequenceEnd padding = SequenceEnd.Pre,
        SequenceEnd truncating = SequenceEnd.Pre, NDArray? value = null)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        var all = sequences.ToArray();
        if (all.Length == 0) throw DatasetChecks.Empty("there are no sequences");
        var step = StepOf(all);
        if (value is not null && value.Type != step.Type)
            throw Require.OutOfRange(nameof(Sequences), nameof(value), $"of the sequences' type, {step.Type}", value.Type);
        var steps = all.Select(array => Enumerable.Range(0, array.Shape[0]).Select(i => array.Slice(i, 1).Bytes).ToArray());
        var rows = Rows(steps, maxLength, padding, truncating, Filler(step, value ?? NDArray.Zeros(step.Type)), out var length);
        return new(step.Type, [all.Length, length, .. step.Shape],
            rows.SelectMany(row => row).SelectMany(bytes => bytes.ToArray()).ToArray());
    }

    private static T[][] Rows<T>(IEnumerable<IReadOnlyList<T>> sequences, int? maxLength, SequenceEnd padding,
        SequenceEnd truncating, T value, out int length)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        if (maxLength is { } given) Require.AtLeast(given, 0, nameof(Sequences), nameof(maxLength));
        var all = sequences.ToArray();
        var width = length = maxLength ?? all.Select(sequence => sequence.Count).DefaultIfEmpty(0).Max();
        return Array.ConvertAll(all, sequence => Row(sequence, width, padding, truncating, value));
    }

    private static T[] Row<T>(IReadOnlyList<T> sequence, int length, SequenceEnd padding, SequenceEnd truncating, T value)
    {
        var count = Math.Min(sequence.Count, length);
        var kept = sequence.Skip(truncating == SequenceEnd.Pre ? sequence.Count - count : 0).Take(count);
        var filler = Enumerable.Repeat(value, length - count);
        return padding == SequenceEnd.Pre ? [.. filler, .. kept] : [.. kept, .. filler];
    }

    /// <summary>The bytes of a step of one value.</summary>
    private static byte[] Filler(NDArray step, NDArray value)
        => [.. Enumerable.Repeat(value.Bytes.ToArray(), (int)step.ElementCount).SelectMany(bytes => bytes)];

    /// <summary>The type and shape of one step, by the first sequence that has one.</summary>
    private static NDArray StepOf(NDArray[] sequences)
    {
        if (Array.FindIndex(sequences, s => s.Rank == 0) is >= 0 and var single)
            throw Different(single, sequences[single], "at least one axis");
        var first = Array.Find(sequences, s => s.Shape[0] > 0) ?? sequences[0];
        var at = Array.FindIndex(sequences,
            s => s.Type != first.Type || s.Shape[0] > 0 && !s.Shape.Skip(1).SequenceEqual(first.Shape.Skip(1)));
        if (at >= 0) throw Different(at, sequences[at], $"{first.Type} (..., {string.Join(", ", first.Shape.Skip(1))})");
        return NDArray.Zeros(first.Type, [.. first.Shape.Skip(1)]);
    }

    private static TrainingDataException Different(int index, NDArray array, string expected) => new(new(
        "sequence_shape",
        $"Sequences that are put together need the same type and steps of the same shape, here {expected},",
        $"but sequence {index} is {array.TypeAndShape}.",
        "Convert or reshape it first."));
}
