using SkiaSharp;

namespace DeepGpu.Visuals.Diagrams;

/// <summary>An arrow from a box to a box, over the bends between them.</summary>
/// <param name="Boxes">Where it starts, its bends, where it ends: a rank each.</param>
/// <param name="IsMask">Whether it carries a mask.</param>
internal sealed record DiagramArrow(IReadOnlyList<DiagramBox> Boxes, bool IsMask)
{
    /// <summary>Upright past the boxes of a rank, slanted between two ranks.</summary>
    public IReadOnlyList<SKPoint> Points
    {
        get
        {
            List<SKPoint> points = [new(Boxes[0].X, Boxes[0].Bottom), new(Boxes[0].X, Boxes[0].RankBottom)];
            foreach (var bend in Boxes.Skip(1).SkipLast(1)) points.AddRange([new(bend.X, bend.Y), new(bend.X, bend.RankBottom)]);
            points.Add(new(Boxes[^1].X, Boxes[^1].Y));
            return points;
        }
    }
}
