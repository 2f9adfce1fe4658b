using DeepGpu.Models;
using DeepGpu.Visuals.Charts;
using SkiaSharp;

namespace DeepGpu.Visuals.Diagrams;

/// <summary>Draws a layout.</summary>
internal static class DiagramDrawing
{
    private const float LineHeight = 18;
    private const float Padding = 10;
    private const float Head = 6;

    private static readonly SKFont Plain = new(SKTypeface.FromFamilyName(ChartParts.Font), 13);
    private static readonly SKFont Bold = new(SKTypeface.FromFamilyName(ChartParts.Font, SKFontStyle.Bold), 13);

    private static readonly SKColor Ink = new(40, 40, 40);
    private static readonly SKColor InputFill = new(255, 243, 205);
    private static readonly SKColor LayerFill = new(226, 238, 250);
    private static readonly SKColor BareFill = new(240, 240, 240);
    private static readonly SKColor SharedFill = new(226, 245, 226);
    private static readonly SKColor FrameFill = new(252, 252, 252);

    public static float Measure(string text, bool isTitle) => (isTitle ? Bold : Plain).MeasureText(text);

    /// <summary>Draws a layout into a space, smaller where it does not fit.</summary>
    public static void Draw(SKCanvas canvas, DiagramLayout layout, int width, int height)
    {
        canvas.Clear(SKColors.White);
        canvas.Scale(Math.Min(1, Math.Min(width / layout.Width, height / layout.Height)));
        Draw(canvas, layout);
    }

    private static void Draw(SKCanvas canvas, DiagramLayout layout)
    {
        foreach (var arrow in layout.Arrows) Draw(canvas, arrow);
        foreach (var box in layout.Boxes) Draw(canvas, box);
    }

    private static void Draw(SKCanvas canvas, DiagramBox box)
    {
        using var fill = new SKPaint { Color = Fill(box), IsAntialias = true };
        using var edge = new SKPaint { Color = Ink, Style = SKPaintStyle.Stroke, StrokeWidth = 1, IsAntialias = true };
        canvas.DrawRect(box.Bounds, fill);
        canvas.DrawRect(box.Bounds, edge);
        using var ink = new SKPaint { Color = Ink, IsAntialias = true };
        for (var line = 0; line < box.Lines.Count; line++)
            canvas.DrawText(box.Lines[line], box.X, box.Y + Padding + LineHeight * line + 13, SKTextAlign.Center, line == 0 ? Bold
                : Plain, ink);
        if (box.Inner is not { } inner) return;
        var saved = canvas.Save();
        canvas.Translate(box.X - inner.Width / 2, box.InnerTop);
        Draw(canvas, inner);
        canvas.RestoreToCount(saved);
    }

    private static SKColor Fill(DiagramBox box) => box switch
    {
        { Inner: not null } => FrameFill,
        { IsShared: true } => SharedFill,
        { Node.Layer: InputLayer } => InputFill,
        { Node.ParameterCount: > 0 } => LayerFill,
        _ => BareFill,
    };

    private static void Draw(SKCanvas canvas, DiagramArrow arrow)
    {
        using var dashes = arrow.IsMask ? SKPathEffect.CreateDash([5, 4], 0) : null;
        using var line = new SKPaint
        {
            Color = Ink,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 1.2f,
            IsAntialias = true,
            PathEffect = dashes,
        };
        var points = arrow.Points;
        for (var i = 1; i < points.Count; i++) canvas.DrawLine(points[i - 1], points[i], line);
        Tip(canvas, points[^1], points[^2]);
    }

    private static void Tip(SKCanvas canvas, SKPoint end, SKPoint from)
    {
        var angle = MathF.Atan2(end.Y - from.Y, end.X - from.X);
        using var path = new SKPath();
        path.AddPoly([end, At(end, angle + 2.7f), At(end, angle - 2.7f)], close: true);
        using var ink = new SKPaint { Color = Ink, IsAntialias = true };
        canvas.DrawPath(path, ink);
    }

    private static SKPoint At(SKPoint from, float angle)
        => new(from.X + 1.5f * Head * MathF.Cos(angle), from.Y + 1.5f * Head * MathF.Sin(angle));
}
