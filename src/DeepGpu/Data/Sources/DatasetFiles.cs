using System.Collections.Immutable;
using DeepGpu.Formats;

namespace DeepGpu;

/// <summary>Datasets from files that hold whole arrays: tables, idx and npy. The file is read at once;
/// for a stream of it call <see cref="Dataset.ToStream"/>.</summary>
public static class DatasetFiles
{
    /// <summary>A table whose label column holds class names.</summary>
    /// <param name="path">A UTF-8 file as RFC 4180.</param>
    /// <param name="label">The column of class names.</param>
    /// <param name="options">How the table is read; null for a comma and a header. Its <see cref="CsvOptions.Label"/> is replaced.</param>
    /// <returns>Inputs (rows, features), targets Int32 (rows), and the class names in ordinal order.</returns>
    /// <exception cref="ModelFormatException">The file breaks a rule; line and column are named.</exception>
    public static (Dataset Data, ImmutableArray<string> ClassNames) FromCsv(string path, string label, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(label);
        var table = CsvTable.Read(path, (options ?? new()) with { Label = label });
        var (indices, names) = ClassNumbers.Of(table.Labels);
        return (Dataset.FromArrays(table.Features, NDArray.From<int>(indices, indices.Length)), names);
    }

    /// <summary>A table of numbers whose last columns are what is to be learned.</summary>
    /// <param name="path">A UTF-8 file as RFC 4180.</param>
    /// <param name="targets">The columns of targets, at least one.</param>
    /// <param name="options">How the table is read; null for a comma and a header. Its features, if any, are the inputs;
    /// else every other column is.</param>
    /// <returns>Inputs (rows, features) and targets (rows, targets).</returns>
    /// <exception cref="ModelFormatException">The file breaks a rule; line and column are named.</exception>
    public static Dataset FromCsv(string path, IReadOnlyList<string> targets, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count == 0) throw Require.OutOfRange(nameof(DatasetFiles), nameof(targets), "at least one column", "none");
        options ??= new();
        var all = CsvTable.Read(path, options with { Features = [.. options.Features, .. options.Features.IsEmpty ? [] : targets] });
        int[] targetColumns = [.. targets.Select(name => Column(all, name))];
        int[] inputColumns = [.. Enumerable.Range(0, all.FeatureColumns.Length).Except(targetColumns)];
        if (inputColumns.Length == 0)
            throw Require.OutOfRange(nameof(DatasetFiles), nameof(targets), "fewer columns than the table has", string.Join(", ", targets));
        return Dataset.FromArrays(Columns(all.Features, inputColumns), Columns(all.Features, targetColumns));
    }

    /// <summary>Images and labels in two idx files, plain or gzip, as MNIST has them.</summary>
    /// <param name="imagePath">The images: (samples, height, width).</param>
    /// <param name="labelPath">The labels: (samples).</param>
    /// <returns>Inputs Float32 (samples, height, width, 1) in 0..1, targets as stored.</returns>
    /// <exception cref="ModelFormatException">A file breaks a rule of the format, or the two do not belong together.</exception>
    public static Dataset FromIdx(string imagePath, string labelPath)
    {
        var (pixels, labels) = (IdxFile.Read(imagePath), IdxFile.Read(labelPath));
        IdxFile.CheckPair(pixels, labels, labelPath);
        var values = new float[pixels.ElementCount];
        var bytes = pixels.AsSpan<byte>();
        for (var i = 0; i < values.Length; i++) values[i] = bytes[i] / 255f;
        return Dataset.FromArrays(NDArray.From<float>(values, [.. pixels.Shape, 1]), labels);
    }

    /// <summary>Inputs and targets in two .npy files.</summary>
    /// <param name="inputPath">The inputs: (samples, ...).</param>
    /// <param name="targetPath">The targets: (samples) or (samples, ...).</param>
    /// <exception cref="ModelFormatException">A file breaks a rule of the format.</exception>
    /// <exception cref="TrainingDataException">The two hold different numbers of samples.</exception>
    public static Dataset FromNpy(string inputPath, string targetPath)
        => Dataset.FromArrays(NpyFile.Read(inputPath), NpyFile.Read(targetPath));

    private static int Column(CsvTable table, string name)
        => table.FeatureColumns.IndexOf(name) is >= 0 and var i
            ? i
            : throw Require.OutOfRange(nameof(DatasetFiles), "targets",
                $"among the columns {string.Join(", ", table.FeatureColumns)}", name);

    private static NDArray Columns(NDArray table, int[] columns)
    {
        var size = table.Type.ByteSize();
        var (rows, width) = (table.Shape[0], table.Shape[1]);
        var bytes = new byte[rows * columns.Length * size];
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < columns.Length; i++)
                table.Bytes.Span.Slice((row * width + columns[i]) * size, size).CopyTo(bytes.AsSpan((row * columns.Length + i) * size));
        }

        return new(table.Type, [rows, columns.Length], bytes);
    }
}

/// <summary>Class names as numbers: the names in ordinal order, which no language or system changes.</summary>
internal static class ClassNumbers
{
    public static (int[] Indices, ImmutableArray<string> Names) Of(IEnumerable<string> labels)
    {
        var all = labels.ToArray();
        ImmutableArray<string> names = [.. all.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var numbers = names.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
        return (Array.ConvertAll(all, label => numbers[label]), names);
    }
}
