namespace DeepGpu.Weights;

/// <summary>Turns rows of a matrix into columns. Small tiles are gathered first: rows a power of two apart would push each other out of
/// the processor's cache.</summary>
internal static unsafe class MatrixTransposition
{
    private const int Tile = 32;

    /// <summary>Writes target[column * stride + row] = rows[row * width + column], on every processor core.</summary>
    /// <param name="rows">The rows, one after another.</param>
    /// <param name="count">How many.</param>
    /// <param name="width">The length of a row.</param>
    /// <param name="target">Where the first row's values go.</param>
    /// <param name="stride">How far apart neighbours of a row are in the target.</param>
    public static void Run(float* rows, int count, int width, float* target, long stride)
    {
        var (from, to) = ((nint)rows, (nint)target);
        Parallel.For(0, (width + Tile - 1) / Tile, tile =>
        {
            var (column, columns) = (tile * Tile, Math.Min(Tile, width - tile * Tile));
            for (var row = 0; row < count; row += Tile)
                Move((float*)from + (long)row * width + column, Math.Min(Tile, count - row), columns, width,
                    (float*)to + column * stride + row, stride);
        });
    }

    private static void Move(float* source, int rows, int columns, int width, float* target, long stride)
    {
        var tile = stackalloc float[Tile * Tile];
        for (var row = 0; row < rows; row++)
            new ReadOnlySpan<float>(source + (long)row * width, columns).CopyTo(new(tile + row * Tile, columns));
        for (var column = 0; column < columns; column++)
        {
            var line = target + column * stride;
            for (var row = 0; row < rows; row++) line[row] = tile[row * Tile + column];
        }
    }
}
