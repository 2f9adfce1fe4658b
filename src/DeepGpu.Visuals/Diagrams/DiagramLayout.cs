using DeepGpu.Models;

namespace DeepGpu.Visuals.Diagrams;

/// <summary>The boxes of a model in ranks, none over another, and the arrows between them.</summary>
internal sealed class DiagramLayout
{
    private const float Margin = 16;
    private const float RankGap = 34;

    private DiagramLayout(IReadOnlyList<DiagramBox> boxes, IReadOnlyList<DiagramArrow> arrows, IReadOnlyList<List<DiagramBox>> ranks)
    {
        (Boxes, Arrows) = (boxes, arrows);
        RankOrder.Sort(ranks, arrows);
        RankPlaces.Assign(ranks, arrows);
        var left = ranks.SelectMany(rank => rank).Min(box => box.X - box.Width / 2);
        foreach (var box in ranks.SelectMany(rank => rank)) box.X += Margin - left;
        Width = ranks.SelectMany(rank => rank).Max(box => box.X + box.Width / 2) + Margin;
        Height = Stack(ranks);
    }

    public IReadOnlyList<DiagramBox> Boxes { get; }

    public IReadOnlyList<DiagramArrow> Arrows { get; }

    public float Width { get; }

    public float Height { get; }

    public static DiagramLayout Of(ModelSpec model, bool expandsNested)
    {
        var calls = model.Nodes.GroupBy(node => node.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        var boxes = model.Nodes.ToDictionary(node => node, node => Box(node, calls[node.Name], expandsNested));
        var rankOf = Ranks(model);
        var ranks = Enumerable.Range(0, rankOf.Values.Max() + 1).Select(_ => new List<DiagramBox>()).ToList();
        foreach (var node in model.Nodes) ranks[rankOf[node]].Add(boxes[node]);
        List<DiagramArrow> arrows = [.. model.Nodes.SelectMany(Sources, (node, source) =>
            new DiagramArrow(Through(boxes[source.From], boxes[node], ranks, rankOf[source.From], rankOf[node]), source.IsMask))];
        return new([.. boxes.Values], arrows, ranks);
    }

    private static DiagramBox Box(ModelNode node, List<ModelNode> calls, bool expandsNested)
    {
        var call = calls.IndexOf(node) + 1;
        var inner = expandsNested && call == 1 && node.Layer is NestedModel nested ? Of(nested.Model, expandsNested) : null;
        return DiagramBox.Of(node, call, calls.Count, inner);
    }

    private static IEnumerable<(ModelNode From, bool IsMask)> Sources(ModelNode node)
    {
        var inputs = node.Inputs.Select(input => (input.Node, false)).Distinct();
        return node.Mask is { } mask ? inputs.Append((mask.Node, true)) : inputs;
    }

    /// <summary>How many layers lie before each at the most; what has no source stands directly above its first reader.</summary>
    private static Dictionary<ModelNode, int> Ranks(ModelSpec model)
    {
        var ranks = new Dictionary<ModelNode, int>();
        foreach (var node in model.Nodes)
            ranks[node] = Sources(node).Select(source => ranks[source.From] + 1).DefaultIfEmpty(0).Max();
        foreach (var node in model.Nodes.Where(node => !Sources(node).Any()))
        {
            var readers = model.Nodes.Where(reader => Sources(reader).Any(source => source.From == node)).ToList();
            if (readers.Count > 0) ranks[node] = readers.Min(reader => ranks[reader]) - 1;
        }

        return ranks;
    }

    /// <summary>The boxes of an arrow: a bend in each rank between its ends.</summary>
    private static List<DiagramBox> Through(DiagramBox from, DiagramBox to, List<List<DiagramBox>> ranks, int first, int last)
    {
        List<DiagramBox> boxes = [from];
        for (var rank = first + 1; rank < last; rank++)
        {
            boxes.Add(DiagramBox.Bend());
            ranks[rank].Add(boxes[^1]);
        }

        return [.. boxes, to];
    }

    /// <summary>Puts the ranks under one another; returns the height of all.</summary>
    private static float Stack(IEnumerable<List<DiagramBox>> ranks)
    {
        var top = Margin;
        foreach (var rank in ranks)
        {
            var bottom = top + rank.Max(box => box.Height);
            foreach (var box in rank) (box.Y, box.RankBottom) = (top, bottom);
            top = bottom + RankGap;
        }

        return top - RankGap + Margin;
    }
}
