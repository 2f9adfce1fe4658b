using DeepGpu.Models;
using SkiaSharp;

namespace DeepGpu.Visuals.Diagrams;

/// <summary>A box of a diagram: a call of a layer, or a bend of an arrow that passes a rank, without width of its own.</summary>
internal sealed class DiagramBox
{
    private const float Padding = 10;
    private const float LineHeight = 18;

    private DiagramBox()
    {
    }

    /// <summary>The call; null for a bend.</summary>
    public ModelNode? Node { get; private init; }

    /// <summary>What stands in it, the name first.</summary>
    public IReadOnlyList<string> Lines { get; private init; } = [];

    /// <summary>The layers of a model inside the model; null for others.</summary>
    public DiagramLayout? Inner { get; private init; }

    /// <summary>Whether other calls of the same layer have boxes of their own.</summary>
    public bool IsShared { get; private init; }

    public float Width { get; private init; }

    public float Height { get; private init; }

    /// <summary>The middle, across.</summary>
    public float X { get; set; }

    /// <summary>The upper edge.</summary>
    public float Y { get; set; }

    /// <summary>The lower edge of the whole rank.</summary>
    public float RankBottom { get; set; }

    public float Bottom => Y + Height;

    public SKRect Bounds => SKRect.Create(X - Width / 2, Y, Width, Height);

    /// <summary>Where the layers of a model inside it begin.</summary>
    public float InnerTop => Y + Padding + LineHeight * Lines.Count;

    public static DiagramBox Bend() => new() { Width = 1 };

    /// <summary>A call of a layer.</summary>
    /// <param name="node">The call.</param>
    /// <param name="call">Which of the layer's calls it is, from 1.</param>
    /// <param name="calls">How many there are.</param>
    /// <param name="inner">The layers inside; null for none.</param>
    public static DiagramBox Of(ModelNode node, int call, int calls, DiagramLayout? inner)
    {
        List<string> lines = [node.Name, node.Type, string.Join(", ", node.OutputShapes.Select(shape => shape.ToString()))];
        if (node.ParameterCount > 0 && call == 1) lines.Add(FormattableString.Invariant($"{node.ParameterCount:N0} parameters"));
        if (calls > 1) lines.Add(FormattableString.Invariant($"shared: call {call} of {calls}"));
        lines = [.. lines.Select(PrintableText.Of)];
        var text = lines.Select((line, i) => DiagramDrawing.Measure(line, isTitle: i == 0)).Max();
        return new()
        {
            Node = node,
            Lines = lines,
            Inner = inner,
            IsShared = calls > 1,
            Width = Math.Max(text, inner?.Width ?? 0) + 2 * Padding,
            Height = LineHeight * lines.Count + 2 * Padding + (inner?.Height ?? 0),
        };
    }
}
