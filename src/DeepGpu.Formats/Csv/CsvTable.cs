using System.Collections.Immutable;
using DeepGpu.Formats.Bytes;
using DeepGpu.Formats.Csv;

namespace DeepGpu.Formats;

/// <summary>A table of numbers with, perhaps, a label for each row. Numbers are read the same in every culture.</summary>
public sealed record CsvTable
{
    /// <summary>Every column's name, in the order of the file.</summary>
    public required ImmutableArray<string> Columns { get; init; }

    /// <summary>The names of the columns in <see cref="Features"/>.</summary>
    public required ImmutableArray<string> FeatureColumns { get; init; }

    /// <summary>The numbers: (rows, features).</summary>
    public required NDArray Features { get; init; }

    /// <summary>The label of each row; empty where no label column was asked for.</summary>
    public required ImmutableArray<string> Labels { get; init; }

    /// <summary>Reads a UTF-8 file with quoting as in RFC 4180.</summary>
    /// <exception cref="ModelFormatException">The file breaks a rule; line and column are named.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static CsvTable Read(string path, CsvOptions? options = null)
        => ByteSource.Use(path, source => CsvReading.Read(source, options ?? new()));
}
