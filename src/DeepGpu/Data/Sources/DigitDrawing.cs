using DeepGpu.Numbers;

namespace DeepGpu.Data;

/// <summary>Draws digits as polylines under a random rotation, scale, slant, shift and stroke width, with noise.</summary>
internal static class DigitDrawing
{
    private const int Size = 28;

    /// <summary>Each digit's strokes: points in a unit square, the origin at the top left.</summary>
    private static readonly (double X, double Y)[][][] Strokes =
    [
        [Arc(0.5, 0.5, 0.28, 0.4, 0, 360)],
        [[(0.35, 0.25), (0.52, 0.1), (0.52, 0.9)]],
        [[.. Arc(0.5, 0.32, 0.25, 0.22, 190, 390), (0.24, 0.9), (0.78, 0.9)]],
        [Arc(0.48, 0.3, 0.24, 0.2, 200, 450), Arc(0.48, 0.7, 0.26, 0.2, 270, 520)],
        [[(0.62, 0.9), (0.62, 0.1), (0.22, 0.65), (0.82, 0.65)]],
        [[(0.75, 0.1), (0.32, 0.1), (0.28, 0.45), .. Arc(0.48, 0.65, 0.27, 0.24, 240, 500)]],
        [[(0.66, 0.1), (0.36, 0.42), .. Arc(0.5, 0.67, 0.24, 0.22, 190, 550)]],
        [[(0.24, 0.1), (0.78, 0.1), (0.42, 0.9)]],
        [Arc(0.5, 0.3, 0.2, 0.2, 0, 360), Arc(0.5, 0.7, 0.25, 0.2, 0, 360)],
        [[.. Arc(0.5, 0.33, 0.24, 0.22, 10, 370), (0.66, 0.9)]],
    ];

    public static Dataset Draw(int count, int seed, int stream)
    {
        Require.AtLeast(count, 1, nameof(Datasets));
        var pixels = new float[checked(count * Size * Size)];
        var labels = new int[count];
        Parallel.For(0, count, i =>
        {
            var random = new StableRandom(seed, stream, i);
            labels[i] = random.NextInt(10);
            Draw(labels[i], random, pixels.AsSpan(i * Size * Size, Size * Size));
        });
        return Dataset.FromArrays(NDArray.From<float>(pixels, count, Size, Size, 1), NDArray.From<int>(labels, count));
    }

    private static void Draw(int digit, StableRandom random, Span<float> image)
    {
        var place = RandomPlacement(random);
        var width = random.NextDouble(0.9, 1.8);
        var noise = random.NextDouble(0.02, 0.15);
        var segments = Strokes[digit].SelectMany(stroke => stroke.Zip(stroke.Skip(1), (a, b) => (A: place(a), B: place(b)))).ToArray();
        for (var i = 0; i < image.Length; i++)
        {
            var distance = segments.Min(s => Distance(i % Size + 0.5, i / Size + 0.5, s.A, s.B));
            var ink = Math.Clamp(width - distance + 0.5, 0, 1);
            image[i] = (float)Math.Clamp(ink + noise * (random.NextDouble() + random.NextDouble() - 1), 0, 1);
        }
    }

    private static Func<(double X, double Y), (double X, double Y)> RandomPlacement(StableRandom random)
    {
        var (angle, slant) = (random.NextDouble(-0.3, 0.3), random.NextDouble(-0.25, 0.25));
        var (scaleX, scaleY) = (random.NextDouble(15, 22), random.NextDouble(17, 23));
        var (shiftX, shiftY) = (random.NextDouble(-2, 2), random.NextDouble(-2, 2));
        var (sin, cos) = Math.SinCos(angle);
        return point =>
        {
            var (x, y) = ((point.X - 0.5) * scaleX, (point.Y - 0.5) * scaleY);
            x -= slant * y;
            return (x * cos - y * sin + Size / 2.0 + shiftX, x * sin + y * cos + Size / 2.0 + shiftY);
        };
    }

    private static (double X, double Y)[] Arc(double x, double y, double radiusX, double radiusY, double fromDegrees, double toDegrees)
    {
        const int Pieces = 14;
        return [.. Enumerable.Range(0, Pieces + 1)
            .Select(i => double.DegreesToRadians(fromDegrees + (toDegrees - fromDegrees) * i / Pieces))
            .Select(a => (x + radiusX * Math.Cos(a), y + radiusY * Math.Sin(a)))];
    }

    private static double Distance(double x, double y, (double X, double Y) a, (double X, double Y) b)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var along = Math.Clamp(((x - a.X) * dx + (y - a.Y) * dy) / (dx * dx + dy * dy), 0, 1);
        return Math.Sqrt(Math.Pow(x - a.X - along * dx, 2) + Math.Pow(y - a.Y - along * dy, 2));
    }
}
