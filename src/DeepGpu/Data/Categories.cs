using DeepGpu.Models.Values;

namespace DeepGpu;

/// <summary>Class numbers as one-hot rows and back.</summary>
public static class Categories
{
    /// <summary>Class numbers as rows that are 1 at the class and 0 elsewhere: Keras's <c>to_categorical</c>.</summary>
    /// <param name="indices">Class numbers of any number type, (...) or (..., 1).</param>
    /// <param name="classes">The number of classes; null for the largest number plus 1.</param>
    /// <returns>Float32 (..., classes).</returns>
    /// <exception cref="TrainingDataException">A number is negative, not whole, or not below <paramref name="classes"/>.</exception>
    public static NDArray OneHot(NDArray indices, int? classes = null)
    {
        ArgumentNullException.ThrowIfNull(indices);
        var numbers = Indices(indices);
        var width = classes is { } given
            ? Require.AtLeast(given, 1, nameof(Categories), nameof(classes))
            : numbers.DefaultIfEmpty(0).Max() + 1;
        var rows = new float[checked(numbers.Length * width)];
        for (var i = 0; i < numbers.Length; i++) rows[i * width + InRange(numbers[i], width, i)] = 1;
        var shape = indices.Rank > 1 && indices.Shape[^1] == 1 ? indices.Shape.SkipLast(1) : indices.Shape;
        return NDArray.From<float>(rows, [.. shape, width]);
    }

    /// <summary>The position of the largest value of each row.</summary>
    /// <param name="rows">Float32 (..., classes).</param>
    /// <returns>Int32 (...).</returns>
    public static NDArray ArgMax(NDArray rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Rank == 0) throw Require.OutOfRange(nameof(Categories), nameof(rows), "of rank 1 or more", rows);
        var (values, width) = (rows.ToArray<float>(), rows.Shape[^1]);
        int[] shape = [.. rows.Shape.SkipLast(1)];
        var result = new int[values.Length / Math.Max(width, 1)];
        for (var i = 0; i < result.Length; i++) result[i] = IndexOfMax(values.AsSpan(i * width, width));
        return NDArray.From<int>(result, shape);
    }

    private static int IndexOfMax(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++) if (values[i] > values[best]) best = i;
        return best;
    }

    private static int[] Indices(NDArray array)
        => [.. ElementNumbers.Of(array).Select((value, i) =>
            value >= 0 && value < int.MaxValue && double.IsInteger(value) ? (int)value : throw Wrong(value, i, "class indices from 0"))];

    private static int InRange(int index, int classes, int position)
        => index < classes ? index : throw Wrong(index, position, $"class indices from 0 to {classes - 1}");

    private static TrainingDataException Wrong(double value, int position, string rule) => new(new(
        "label_out_of_range",
        $"One-hot encoding needs {rule},",
        FormattableString.Invariant($"but target {position} is {value}."),
        "Number the classes from 0, or pass more classes."));
}
