namespace DeepGpu.Forecasts;

/// <summary>Tells which flags of lacking memory are another row's fault.</summary>
/// <remarks>The table flags every peak below that of a smaller batch.
/// Either the flagged run ended early, or that one smaller batch took more
/// than it needs: a search for the fastest algorithm may fill the card. Peaks grow by a line in the batch; where they do once a single
/// smaller batch is left out, that one is odd and the flagged run ended well. No forecast is looked at.</remarks>
internal static class FlagCheck
{
    /// <summary>How far, as a share, a peak may be from the line.</summary>
    private const double Tolerance = 0.2;

    /// <summary>The rows of a model, smallest batch first, their flags checked.</summary>
    public static IEnumerable<MemoryRow> Of(IReadOnlyList<MemoryRow> rows)
        => IsExplained(rows) ? rows.Select(row => row with { IsOutOfMemory = false, IsFlaggedInError = row.IsOutOfMemory }) : rows;

    private static bool IsExplained(IReadOnlyList<MemoryRow> rows)
    {
        if (rows.FirstOrDefault(row => row.IsOutOfMemory) is not { } first) return false;
        List<MemoryRow> above = [.. rows.Where(row => row.Batch < first.Batch && row.Bytes >= first.Bytes)];
        List<MemoryRow> left = [.. rows.Except(above)];
        return above.Count == 1 && left.Count > 2 && left.All(row => IsOnLine(row, left[0], left[^1]));
    }

    private static bool IsOnLine(MemoryRow row, MemoryRow first, MemoryRow last)
    {
        var line = first.Bytes + (last.Bytes - first.Bytes) * (row.Batch - first.Batch) / (last.Batch - first.Batch);
        return last.Bytes > first.Bytes && Math.Abs(row.Bytes / line - 1) <= Tolerance;
    }
}
