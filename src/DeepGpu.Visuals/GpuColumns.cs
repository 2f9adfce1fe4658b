using DeepGpu.Hardware;

namespace DeepGpu.Visuals;

/// <summary>Which criteria have room in a table of cards.</summary>
internal static class GpuColumns
{
    /// <summary>What a column takes beside its text: a space on each side and a line.</summary>
    private const int Frame = 3;

    /// <summary>The criteria that fit beside the columns given, the heaviest first to be kept, in the order of the ranking.</summary>
    public static IReadOnlyList<(string Name, int Index)> Fitting(IReadOnlyList<ScoredGpu> cards, int width, IReadOnlyList<string> headers,
        IReadOnlyList<string[]> cells)
    {
        if (cards.Count == 0) return [];
        var free = width - 1 - headers.Select((header, column) => Width(cells.Select(row => row[column]).Append(header))).Sum();
        var kept = new List<(string Name, int Index)>();
        foreach (var (index, criterion) in cards[0].Criteria.Index().OrderByDescending(item => item.Item.Weight))
        {
            free -= Width(cards.Select(card => GpuTables.Number(card.Criteria[index].Value)).Append(criterion.Name));
            if (free < 0) break;
            kept.Add((criterion.Name, index));
        }

        return [.. kept.OrderBy(criterion => criterion.Index)];
    }

    private static int Width(IEnumerable<string> texts) => texts.Max(text => text.Length) + Frame;
}
