using DeepGpu.Visuals.Charts;
using SkiaSharp;

namespace DeepGpu.Visuals.Layers;

/// <summary>Small pictures in rows, captions below them, a title above.</summary>
internal static class ImageGrid
{
    private const int Side = 96;
    private const int Gap = 10;
    private const int CaptionHeight = 18;
    private const int TitleHeight = 40;
    private const int NarrowestCaption = 40;

    private static readonly SKFont Small = new(SKTypeface.FromFamilyName(ChartParts.Font), 12);
    private static readonly SKFont Large = new(SKTypeface.FromFamilyName(ChartParts.Font), 17);
    private static readonly SKColor Ink = new(40, 40, 40);
    private static readonly SKColor Wrong = new(190, 20, 20);

    public static Picture Picture(string title, IReadOnlyList<ImageTile> tiles, int? columns = null)
    {
        var across = columns ?? (int)Math.Ceiling(Math.Sqrt(tiles.Count));
        var rows = (tiles.Count + across - 1) / across;
        var captions = tiles.Any(tile => tile.Caption.Length > 0) ? CaptionHeight : 0;
        var cell = Math
            .Max(Side, Math.Max(NarrowestCaption, (int)Math.Ceiling(tiles.Max(tile => Small.MeasureText(Text(tile.Caption)))) + 4));
        var width = Math.Max(2 * Gap + (int)Math.Ceiling(Large.MeasureText(PrintableText.Of(title))), Gap + across * (cell + Gap));
        var height = TitleHeight + rows * (Side + captions + Gap);
        return new((canvas, w, h) =>
        {
            canvas.Scale(Math.Min((float)w / width, (float)h / height));
            canvas.Clear(SKColors.White);
            Draw(canvas, title, tiles, across, cell, captions, width);
        })
        {
            Width = Math.Max(Visuals.Picture.Least, width),
            Height = Math.Max(Visuals.Picture.Least, height),
        };
    }

    private static void Draw(SKCanvas canvas, string title, IReadOnlyList<ImageTile> tiles, int across, int cell, int captions, int width)
    {
        using var ink = new SKPaint { Color = Ink, IsAntialias = true };
        canvas.DrawText(PrintableText.Of(title), width / 2f, 25, SKTextAlign.Center, Large, ink);
        var left = (width - across * (cell + Gap) + Gap) / 2;
        for (var i = 0; i < tiles.Count; i++)
            Draw(canvas, tiles[i], left + i % across * (cell + Gap) + cell / 2f, TitleHeight + i / across * (Side + captions + Gap));
    }

    /// <summary>A tile as large as its square allows, its caption below.</summary>
    private static void Draw(SKCanvas canvas, ImageTile tile, float middle, float top)
    {
        var scale = Math.Min((float)Side / tile.Width, (float)Side / tile.Height);
        var (width, height) = (tile.Width * scale, tile.Height * scale);
        using var image = tile.ToImage();
        var place = SKRect.Create(middle - width / 2, top + (Side - height) / 2, width, height);
        canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Nearest));
        using var edge = new SKPaint { Color = new(200, 200, 200), Style = SKPaintStyle.Stroke, StrokeWidth = 1 };
        canvas.DrawRect(place, edge);
        using var ink = new SKPaint { Color = tile.IsWrong ? Wrong : Ink, IsAntialias = true };
        if (tile.Caption.Length > 0) canvas.DrawText(Text(tile.Caption), middle, top + Side + 14, SKTextAlign.Center, Small, ink);
    }

    private static string Text(string text) => ChartParts.Name(text);
}
