using System.Collections.Immutable;

namespace DeepGpu.Formats;

/// <summary>How a table is read.</summary>
public sealed record CsvOptions
{
    /// <summary>The column of labels, kept as text; null (the default) where there is none.
    /// Without a header, columns are called "0", "1", ...</summary>
    public string? Label { get; init; }

    /// <summary>Whether the first row holds the columns' names. Default: true.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>The columns of numbers; empty (the default) for all but the label's.</summary>
    public ImmutableArray<string> Features { get; init; } = [];

    /// <summary>The features' element type: <see cref="DataType.Float32"/> (the default) or <see cref="DataType.Float64"/>.</summary>
    public DataType Type { get; init; } = DataType.Float32;

    /// <summary>Whether an empty field, "NA" or "NaN" is read as NaN instead of refused. Default: false.</summary>
    public bool AllowMissing { get; init; }

    /// <summary>What separates fields. Default: a comma.</summary>
    public char Delimiter { get; init; } = ',';
}
