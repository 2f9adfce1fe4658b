namespace DeepGpu.Visuals.Diagrams;

/// <summary>The order of the boxes in each rank: each near the middle of its neighbours, so that few arrows cross.</summary>
/// <remarks>Sugiyama, Tagawa, Toda: Methods for visual understanding of hierarchical system structures, 1981.</remarks>
internal static class RankOrder
{
    private const int Sweeps = 8;

    public static void Sort(IReadOnlyList<List<DiagramBox>> ranks, IReadOnlyList<DiagramArrow> arrows)
    {
        var (above, below) = Neighbours(arrows);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            for (var rank = 1; rank < ranks.Count; rank++) Sort(ranks[rank], ranks[rank - 1], above);
            for (var rank = ranks.Count - 2; rank >= 0; rank--) Sort(ranks[rank], ranks[rank + 1], below);
        }
    }

    /// <summary>What each box is connected to in the rank above and in the rank below.</summary>
    public static (ILookup<DiagramBox, DiagramBox> Above, ILookup<DiagramBox,
        DiagramBox> Below) Neighbours(IEnumerable<DiagramArrow> arrows)
    {
        List<(DiagramBox Upper, DiagramBox Lower)> steps = [.. arrows.SelectMany(arrow => arrow.Boxes.Zip(arrow.Boxes.Skip(1)))];
        return (steps.ToLookup(step => step.Lower, step => step.Upper), steps.ToLookup(step => step.Upper, step => step.Lower));
    }

    private static void Sort(List<DiagramBox> rank, List<DiagramBox> fixedRank, ILookup<DiagramBox, DiagramBox> neighbours)
    {
        var places = fixedRank.Select((box, i) => (box, i)).ToDictionary(pair => pair.box, pair => (double)pair.i / fixedRank.Count);
        var own = rank.Select((box, i) => (box, i)).ToDictionary(pair => pair.box, pair => (double)pair.i / rank.Count);
        List<DiagramBox> sorted =
            [.. rank.OrderBy(box => neighbours[box].Select(other => places[other]).DefaultIfEmpty(own[box]).Average())];
        rank.Clear();
        rank.AddRange(sorted);
    }
}
