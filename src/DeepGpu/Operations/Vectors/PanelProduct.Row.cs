using System.Runtime.CompilerServices;

namespace DeepGpu.Operations;

/// <content>One row alone: four panels at a time, so that enough sums run side by side.</content>
internal static unsafe partial class PanelProduct<T>
{
    private const int Together = 4;

    /// <summary>As many whole groups of panels as there are; returns how many panels are done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Row(nint* rows, ReadOnlySpan<Run> runs, float* packed, PanelShape shape, float* c, PanelMode mode)
    {
        var whole = (mode.Adds ? shape.Panels : shape.Columns / Width) / Together * Together;
        var size = (long)shape.Inner * Width;
        for (var panel = 0; panel < whole; panel += Together)
        {
            var to = c + panel * Width;
            Row4(rows, runs, packed + shape.Padded + panel * size, size, mode.Adds ? to : packed + panel * Width, to, mode.Relu);
        }

        return whole;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row4(nint* rows, ReadOnlySpan<Run> runs, float* b, long size, float* start, float* c, bool relu)
    {
        float* b1 = b + size, b2 = b1 + size, b3 = b2 + size;
        Start(start, c, out var l0, out var r0);
        Start(start + 1 * Width, c, out var l1, out var r1);
        Start(start + 2 * Width, c, out var l2, out var r2);
        Start(start + 3 * Width, c, out var l3, out var r3);
        foreach (var run in runs)
        {
            var a = (float*)rows[0] + run.Offset;
            for (var k = 0; k < run.Length; k++)
            {
                var x = T.Of(a[k]);
                (l0, r0) = (T.MultiplyAdd(x, T.Load(b), l0), T.MultiplyAdd(x, T.Load(b + T.Count), r0));
                (l1, r1) = (T.MultiplyAdd(x, T.Load(b1), l1), T.MultiplyAdd(x, T.Load(b1 + T.Count), r1));
                (l2, r2) = (T.MultiplyAdd(x, T.Load(b2), l2), T.MultiplyAdd(x, T.Load(b2 + T.Count), r2));
                (l3, r3) = (T.MultiplyAdd(x, T.Load(b3), l3), T.MultiplyAdd(x, T.Load(b3 + T.Count), r3));
                b += Width;
                b1 += Width;
                b2 += Width;
                b3 += Width;
            }
        }

        End(l0, r0, c, relu);
        End(l1, r1, c + 1 * Width, relu);
        End(l2, r2, c + 2 * Width, relu);
        End(l3, r3, c + 3 * Width, relu);
    }
}
