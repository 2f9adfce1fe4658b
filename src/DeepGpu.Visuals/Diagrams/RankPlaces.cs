namespace DeepGpu.Visuals.Diagrams;

/// <summary>How far from the left each box lies: as near the middle of its neighbours as its rank's order and the gaps allow.</summary>
internal static class RankPlaces
{
    private const int Sweeps = 12;
    private const float Gap = 24;

    public static void Assign(IReadOnlyList<List<DiagramBox>> ranks, IReadOnlyList<DiagramArrow> arrows)
    {
        var (above, below) = RankOrder.Neighbours(arrows);
        foreach (var rank in ranks) Place(rank, _ => 0);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (var rank in ranks) Place(rank, box => Middle(box, above, below));
            foreach (var rank in ranks.Reverse()) Place(rank, box => Middle(box, below, above));
        }
    }

    private static double Middle(DiagramBox box, ILookup<DiagramBox, DiagramBox> first, ILookup<DiagramBox, DiagramBox> second)
    {
        var neighbours = first[box].Any() ? first[box] : second[box];
        return neighbours.Select(other => (double)other.X).DefaultIfEmpty(box.X).Average();
    }

    /// <summary>The places with the least sum of squared distances to the wished ones, in order and with gaps: a monotone regression of
    /// the wishes less the room that the boxes before take, by pooling neighbours that are out of order.</summary>
    private static void Place(List<DiagramBox> rank, Func<DiagramBox, double> wish)
    {
        var (before, pools, room) = (new double[rank.Count], new Stack<(double Sum, int Count)>(), 0.0);
        for (var i = 0; i < rank.Count; i++)
        {
            room += i == 0 ? 0 : (rank[i - 1].Width + rank[i].Width) / 2 + Gap;
            before[i] = room;
            var pool = (Sum: wish(rank[i]) - room, Count: 1);
            while (pools.TryPeek(out var last) && last.Sum / last.Count > pool.Sum / pool.Count)
            {
                pools.Pop();
                pool = (pool.Sum + last.Sum, pool.Count + last.Count);
            }

            pools.Push(pool);
        }

        var index = 0;
        foreach (var (sum, count) in pools.Reverse())
            for (var i = 0; i < count; i++, index++) rank[index].X = (float)(sum / count + before[index]);
    }
}
