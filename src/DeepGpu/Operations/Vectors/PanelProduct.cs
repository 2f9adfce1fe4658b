using System.Runtime.CompilerServices;

namespace DeepGpu.Operations;

/// <summary>Products of rows and packed weights. A row's numbers may lie in several runs, so that a convolution needs no
/// copy.</summary>
/// <remarks>Each result is the bias and the products added in order, whatever rows stand beside it: it does not depend on the
/// batch.</remarks>
/// <typeparam name="T">The kind of register.</typeparam>
internal static unsafe partial class PanelProduct<T>
    where T : struct, ILane<T>
{
    private const int Most = 6;

    /// <summary>The columns of a panel.</summary>
    public static int Width => 2 * T.Count;

    /// <summary>c = rows . panels + bias, or c += rows . panels.</summary>
    /// <param name="rows">Where each row begins.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="runs">The parts of a row.</param>
    /// <param name="packed">The bias and the panels.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="c">The result's first row.</param>
    /// <param name="stride">Numbers from one of its rows to the next: at least the padded columns where it adds.</param>
    /// <param name="mode">What is done beside the product.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(nint* rows, int count, ReadOnlySpan<Run> runs, float* packed, PanelShape shape, float* c, int stride,
        PanelMode mode)
    {
        var panels = packed + shape.Padded;
        var size = shape.Inner * Width;
        for (var panel = count == 1 ? Row(rows, runs, packed, shape, c, mode) : 0; panel < shape.Panels; panel++)
        {
            var column = panel * Width;
            var bias = mode.Adds ? null : packed + column;
            var b = panels + (long)panel * size;
            var whole = mode.Adds || column + Width <= shape.Columns;
            for (var row = 0; row < count;)
            {
                var taken = Taken(count - row);
                var to = c + (long)row * stride + column;
                if (whole) Block(rows + row, taken, runs, b, bias, to, stride, mode.Relu);
                else Edge(rows + row, taken, runs, b, bias, to, stride, mode.Relu, shape.Columns - column);
                row += taken;
            }
        }
    }

    /// <summary>How many of the rows that are left are done together.</summary>
    private static int Taken(int left) => left is 8 ? 4 : Math.Min(left, Most);

    /// <summary>The last panel, whose columns are not all wanted.</summary>
    private static void Edge(nint* rows, int count, ReadOnlySpan<Run> runs, float* b, float* bias, float* c, int stride, bool relu,
        int columns)
    {
        var tile = stackalloc float[Most * 32];
        Block(rows, count, runs, b, bias, tile, Width, relu);
        for (var row = 0; row < count; row++)
            new ReadOnlySpan<float>(tile + row * Width, columns).CopyTo(new(c + (long)row * stride, columns));
    }

    private static void Block(nint* rows, int count, ReadOnlySpan<Run> runs, float* b, float* bias, float* c, int stride, bool relu)
    {
        if (count == 1) Block1(rows, runs, b, bias, c, relu);
        else if (count == 2) Block2(rows, runs, b, bias, c, stride, relu);
        else if (count <= 4) Block4(rows, count, runs, b, bias, c, stride, relu);
        else Block6(rows, count, runs, b, bias, c, stride, relu);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Start(float* bias, float* c, out T left, out T right)
    {
        var from = bias is null ? c : bias;
        (left, right) = (T.Load(from), T.Load(from + T.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void End(T left, T right, float* c, bool relu)
    {
        T.Store(relu ? LaneFunctions<T>.Relu(left) : left, c);
        T.Store(relu ? LaneFunctions<T>.Relu(right) : right, c + T.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block1(nint* rows, ReadOnlySpan<Run> runs, float* b, float* bias, float* c, bool relu)
    {
        Start(bias, c, out var l0, out var r0);
        foreach (var run in runs)
        {
            var a0 = (float*)rows[0] + run.Offset;
            for (var k = 0; k < run.Length; k++, b += 2 * T.Count)
            {
                var (left, right) = (T.Load(b), T.Load(b + T.Count));
                var x0 = T.Of(a0[k]);
                (l0, r0) = (T.MultiplyAdd(x0, left, l0), T.MultiplyAdd(x0, right, r0));
            }
        }

        End(l0, r0, c, relu);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block2(nint* rows, ReadOnlySpan<Run> runs, float* b, float* bias, float* c, int stride, bool relu)
    {
        var c1 = c + (long)1 * stride;
        Start(bias, c, out var l0, out var r0);
        Start(bias, c1, out var l1, out var r1);
        foreach (var run in runs)
        {
            var a0 = (float*)rows[0] + run.Offset;
            var a1 = (float*)rows[1] + run.Offset;
            for (var k = 0; k < run.Length; k++, b += 2 * T.Count)
            {
                var (left, right) = (T.Load(b), T.Load(b + T.Count));
                var x0 = T.Of(a0[k]);
                (l0, r0) = (T.MultiplyAdd(x0, left, l0), T.MultiplyAdd(x0, right, r0));
                var x1 = T.Of(a1[k]);
                (l1, r1) = (T.MultiplyAdd(x1, left, l1), T.MultiplyAdd(x1, right, r1));
            }
        }

        End(l0, r0, c, relu);
        End(l1, r1, c1, relu);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block4(nint* rows, int count, ReadOnlySpan<Run> runs, float* b, float* bias, float* c, int stride, bool relu)
    {
        var c1 = c + (long)Math.Min(1, count - 1) * stride;
        var c2 = c + (long)Math.Min(2, count - 1) * stride;
        var c3 = c + (long)Math.Min(3, count - 1) * stride;
        Start(bias, c, out var l0, out var r0);
        Start(bias, c1, out var l1, out var r1);
        Start(bias, c2, out var l2, out var r2);
        Start(bias, c3, out var l3, out var r3);
        foreach (var run in runs)
        {
            var a0 = (float*)rows[0] + run.Offset;
            var a1 = (float*)rows[Math.Min(1, count - 1)] + run.Offset;
            var a2 = (float*)rows[Math.Min(2, count - 1)] + run.Offset;
            var a3 = (float*)rows[Math.Min(3, count - 1)] + run.Offset;
            for (var k = 0; k < run.Length; k++, b += 2 * T.Count)
            {
                var (left, right) = (T.Load(b), T.Load(b + T.Count));
                var x0 = T.Of(a0[k]);
                (l0, r0) = (T.MultiplyAdd(x0, left, l0), T.MultiplyAdd(x0, right, r0));
                var x1 = T.Of(a1[k]);
                (l1, r1) = (T.MultiplyAdd(x1, left, l1), T.MultiplyAdd(x1, right, r1));
                var x2 = T.Of(a2[k]);
                (l2, r2) = (T.MultiplyAdd(x2, left, l2), T.MultiplyAdd(x2, right, r2));
                var x3 = T.Of(a3[k]);
                (l3, r3) = (T.MultiplyAdd(x3, left, l3), T.MultiplyAdd(x3, right, r3));
            }
        }

        End(l0, r0, c, relu);
        End(l1, r1, c1, relu);
        End(l2, r2, c2, relu);
        End(l3, r3, c3, relu);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block6(nint* rows, int count, ReadOnlySpan<Run> runs, float* b, float* bias, float* c, int stride, bool relu)
    {
        var c1 = c + (long)Math.Min(1, count - 1) * stride;
        var c2 = c + (long)Math.Min(2, count - 1) * stride;
        var c3 = c + (long)Math.Min(3, count - 1) * stride;
        var c4 = c + (long)Math.Min(4, count - 1) * stride;
        var c5 = c + (long)Math.Min(5, count - 1) * stride;
        Start(bias, c, out var l0, out var r0);
        Start(bias, c1, out var l1, out var r1);
        Start(bias, c2, out var l2, out var r2);
        Start(bias, c3, out var l3, out var r3);
        Start(bias, c4, out var l4, out var r4);
        Start(bias, c5, out var l5, out var r5);
        foreach (var run in runs)
        {
            var a0 = (float*)rows[0] + run.Offset;
            var a1 = (float*)rows[Math.Min(1, count - 1)] + run.Offset;
            var a2 = (float*)rows[Math.Min(2, count - 1)] + run.Offset;
            var a3 = (float*)rows[Math.Min(3, count - 1)] + run.Offset;
            var a4 = (float*)rows[Math.Min(4, count - 1)] + run.Offset;
            var a5 = (float*)rows[Math.Min(5, count - 1)] + run.Offset;
            for (var k = 0; k < run.Length; k++, b += 2 * T.Count)
            {
                var (left, right) = (T.Load(b), T.Load(b + T.Count));
                var x0 = T.Of(a0[k]);
                (l0, r0) = (T.MultiplyAdd(x0, left, l0), T.MultiplyAdd(x0, right, r0));
                var x1 = T.Of(a1[k]);
                (l1, r1) = (T.MultiplyAdd(x1, left, l1), T.MultiplyAdd(x1, right, r1));
                var x2 = T.Of(a2[k]);
                (l2, r2) = (T.MultiplyAdd(x2, left, l2), T.MultiplyAdd(x2, right, r2));
                var x3 = T.Of(a3[k]);
                (l3, r3) = (T.MultiplyAdd(x3, left, l3), T.MultiplyAdd(x3, right, r3));
                var x4 = T.Of(a4[k]);
                (l4, r4) = (T.MultiplyAdd(x4, left, l4), T.MultiplyAdd(x4, right, r4));
                var x5 = T.Of(a5[k]);
                (l5, r5) = (T.MultiplyAdd(x5, left, l5), T.MultiplyAdd(x5, right, r5));
            }
        }

        End(l0, r0, c, relu);
        End(l1, r1, c1, relu);
        End(l2, r2, c2, relu);
        End(l3, r3, c3, relu);
        End(l4, r4, c4, relu);
        End(l5, r5, c5, relu);
    }
}
