using System.Runtime.CompilerServices;

namespace DeepGpu.Operations;

/// <summary>Products of a few rows and weights as torch keeps them: too few to pack the weights for.</summary>
/// <typeparam name="T">The kind of register.</typeparam>
internal static unsafe class DotProduct<T>
    where T : struct, ILane<T>
{
    private const int Rows = 3;
    private const int Columns = 4;

    /// <summary>c = rows . weights + bias.</summary>
    /// <param name="rows">Where each row begins.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="runs">The parts of a row.</param>
    /// <param name="matrix">The weights.</param>
    /// <param name="c">The result's first row.</param>
    /// <param name="relu">Whether negative results become 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(nint* rows, int count, ReadOnlySpan<Run> runs, RowMatrix matrix, float* c, bool relu)
    {
        var sums = stackalloc float[Rows * Columns];
        for (var row = 0; row < count; row += Rows)
        {
            for (var column = 0; column < matrix.Columns; column += Columns)
            {
                var (taken, wide) = (Math.Min(Rows, count - row), Math.Min(Columns, matrix.Columns - column));
                var weights = matrix.Weights + (long)column * matrix.Inner;
                new Span<float>(sums, Rows * Columns).Clear();
                if (taken == 1) Block1(rows + row, runs, weights, wide, matrix.Inner, sums);
                else Block3(rows + row, taken, runs, weights, wide, matrix.Inner, sums);
                Write(sums, taken, wide, matrix, column, c + (long)row * matrix.Columns + column, relu);
            }
        }
    }

    private static void Write(float* sums, int rows, int columns, RowMatrix matrix, int column, float* c, bool relu)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < columns; i++)
            {
                var value = sums[row * Columns + i] + (matrix.Bias is null ? 0 : matrix.Bias[column + i]);
                c[row * matrix.Columns + i] = relu && value < 0 ? 0 : value;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block1(nint* rows, ReadOnlySpan<Run> runs, float* w, int columns, int inner, float* sums)
    {
        var (s00, s01, s02, s03) = (T.Of(0f), T.Of(0f), T.Of(0f), T.Of(0f));
        var w1 = w + Math.Min(1, columns - 1) * inner;
        var w2 = w + Math.Min(2, columns - 1) * inner;
        var w3 = w + Math.Min(3, columns - 1) * inner;
        foreach (var run in runs)
        {
            var a0 = (float*)rows[0] + run.Offset;
            var k = 0;
            for (; k <= run.Length - T.Count; k += T.Count)
            {
                var x0 = T.Load(a0 + k);
                var y0 = T.Load(w + k);
                s00 = T.MultiplyAdd(x0, y0, s00);
                var y1 = T.Load(w1 + k);
                s01 = T.MultiplyAdd(x0, y1, s01);
                var y2 = T.Load(w2 + k);
                s02 = T.MultiplyAdd(x0, y2, s02);
                var y3 = T.Load(w3 + k);
                s03 = T.MultiplyAdd(x0, y3, s03);
            }

            for (; k < run.Length; k++)
            {
                Add(a0[k], w[k], w1[k], w2[k], w3[k], sums);
            }

            w += run.Length;
            w1 += run.Length;
            w2 += run.Length;
            w3 += run.Length;
        }

        Add(1, T.Sum(s00), T.Sum(s01), T.Sum(s02), T.Sum(s03), sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block3(nint* rows, int count, ReadOnlySpan<Run> runs, float* w, int columns, int inner, float* sums)
    {
        var (s00, s01, s02, s03) = (T.Of(0f), T.Of(0f), T.Of(0f), T.Of(0f));
        var (s10, s11, s12, s13) = (T.Of(0f), T.Of(0f), T.Of(0f), T.Of(0f));
        var (s20, s21, s22, s23) = (T.Of(0f), T.Of(0f), T.Of(0f), T.Of(0f));
        var w1 = w + Math.Min(1, columns - 1) * inner;
        var w2 = w + Math.Min(2, columns - 1) * inner;
        var w3 = w + Math.Min(3, columns - 1) * inner;
        foreach (var run in runs)
        {
            var a0 = (float*)rows[0] + run.Offset;
            var a1 = (float*)rows[Math.Min(1, count - 1)] + run.Offset;
            var a2 = (float*)rows[Math.Min(2, count - 1)] + run.Offset;
            var k = 0;
            for (; k <= run.Length - T.Count; k += T.Count)
            {
                var x0 = T.Load(a0 + k);
                var x1 = T.Load(a1 + k);
                var x2 = T.Load(a2 + k);
                var y0 = T.Load(w + k);
                s00 = T.MultiplyAdd(x0, y0, s00);
                s10 = T.MultiplyAdd(x1, y0, s10);
                s20 = T.MultiplyAdd(x2, y0, s20);
                var y1 = T.Load(w1 + k);
                s01 = T.MultiplyAdd(x0, y1, s01);
                s11 = T.MultiplyAdd(x1, y1, s11);
                s21 = T.MultiplyAdd(x2, y1, s21);
                var y2 = T.Load(w2 + k);
                s02 = T.MultiplyAdd(x0, y2, s02);
                s12 = T.MultiplyAdd(x1, y2, s12);
                s22 = T.MultiplyAdd(x2, y2, s22);
                var y3 = T.Load(w3 + k);
                s03 = T.MultiplyAdd(x0, y3, s03);
                s13 = T.MultiplyAdd(x1, y3, s13);
                s23 = T.MultiplyAdd(x2, y3, s23);
            }

            for (; k < run.Length; k++)
            {
                Add(a0[k], w[k], w1[k], w2[k], w3[k], sums);
                Add(a1[k], w[k], w1[k], w2[k], w3[k], sums + 1 * Columns);
                Add(a2[k], w[k], w1[k], w2[k], w3[k], sums + 2 * Columns);
            }

            w += run.Length;
            w1 += run.Length;
            w2 += run.Length;
            w3 += run.Length;
        }

        Add(1, T.Sum(s00), T.Sum(s01), T.Sum(s02), T.Sum(s03), sums);
        Add(1, T.Sum(s10), T.Sum(s11), T.Sum(s12), T.Sum(s13), sums + 1 * Columns);
        Add(1, T.Sum(s20), T.Sum(s21), T.Sum(s22), T.Sum(s23), sums + 2 * Columns);
    }

    private static void Add(float x, float w0, float w1, float w2, float w3, float* sums)
    {
        sums[0] += x * w0;
        sums[1] += x * w1;
        sums[2] += x * w2;
        sums[3] += x * w3;
    }
}

/// <summary>Weights whose rows, one for each column of the product, lie one after another.</summary>
/// <param name="weights">The first number.</param>
/// <param name="bias">A number for each column; null for none.</param>
/// <param name="columns">The columns of the product.</param>
/// <param name="inner">The length that is summed over.</param>
internal readonly unsafe struct RowMatrix(float* weights, float* bias, int columns, int inner)
{
    public float* Weights => weights;

    public float* Bias => bias;

    public int Columns => columns;

    public int Inner => inner;
}
