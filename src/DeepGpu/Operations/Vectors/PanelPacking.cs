using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepGpu.Operations;

/// <summary>Where a matrix of weights lies before it is packed: a row for each column of the product, as torch keeps them.</summary>
/// <param name="Weights">Its first number.</param>
/// <param name="Bias">A number for each column; null for zeros.</param>
/// <param name="Units">Columns of a block: of a gate, or all.</param>
/// <param name="PaddedUnits">Columns that a block takes in the panels; those beyond are zeros.</param>
/// <param name="Step">Numbers from one weight to the next of a run: 1, or the length of a kernel along one axis.</param>
/// <param name="RunLength">The length of a run.</param>
internal readonly unsafe record struct PanelSource(nint Weights, nint Bias, int Units, int PaddedUnits, int Step, int RunLength)
{
    /// <summary>A matrix whose rows lie one after another, in one block.</summary>
    public static PanelSource Plain(nint weights, nint bias, int columns, int inner) => new(weights, bias, columns, columns, 1, inner);

    /// <summary>Packs it.</summary>
    /// <param name="shape">What it becomes.</param>
    /// <param name="columns">Its own columns.</param>
    /// <param name="into">Room for <see cref="PanelShape.Size"/> numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack(PanelShape shape, int columns, float* into)
    {
        var panels = into + shape.Padded;
        for (var column = 0; column < shape.Padded; column++)
        {
            var own = Own(column, columns);
            if (column % 4 == 0 && Quad(column, own, columns, shape))
            {
                Quad((float*)Weights + (long)own * shape.Inner, shape, panels + Place(column, shape));
                for (var i = 0; i < 4; i++) into[column + i] = Bias == 0 ? 0 : ((float*)Bias)[own + i];
                column += 3;
                continue;
            }

            into[column] = own < 0 || Bias == 0 ? 0 : ((float*)Bias)[own];
            var to = panels + Place(column, shape);
            if (own < 0) Clear(to, shape);
            else Copy((float*)Weights + (long)own * shape.Inner, to, shape);
        }
    }

    /// <summary>Which of its own columns lies at one of the panels; -1 for none.</summary>
    private int Own(int column, int columns)
    {
        var (block, unit) = (column / PaddedUnits, column % PaddedUnits);
        return unit < Units && block * Units + unit < columns ? block * Units + unit : -1;
    }

    private static long Place(int column, PanelShape shape)
        => (long)(column / shape.Width) * shape.Inner * shape.Width + column % shape.Width;

    /// <summary>Whether four columns can be packed together.</summary>
    private bool Quad(int column, int own, int columns, PanelShape shape) => Sse.IsSupported && Step == 1 && own >= 0
        && column + 3 < shape.Padded && Own(column + 3, columns) == own + 3;

    /// <summary>Four columns: squares of four by four turn in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Quad(float* from, PanelShape shape, float* to)
    {
        var (inner, k) = (shape.Inner, 0);
        for (; k <= inner - 4; k += 4, to += 4 * shape.Width)
        {
            var (a, b) = (Vector128.Load(from + k), Vector128.Load(from + inner + k));
            var (c, d) = (Vector128.Load(from + 2L * inner + k), Vector128.Load(from + 3L * inner + k));
            var (ab, cd) = (Sse.UnpackLow(a, b), Sse.UnpackLow(c, d));
            Sse.MoveLowToHigh(ab, cd).Store(to);
            Sse.MoveHighToLow(cd, ab).Store(to + shape.Width);
            (ab, cd) = (Sse.UnpackHigh(a, b), Sse.UnpackHigh(c, d));
            Sse.MoveLowToHigh(ab, cd).Store(to + 2 * shape.Width);
            Sse.MoveHighToLow(cd, ab).Store(to + 3 * shape.Width);
        }

        for (; k < inner; k++, to += shape.Width)
        {
            for (var i = 0; i < 4; i++) to[i] = from[(long)i * inner + k];
        }
    }

    private static void Clear(float* to, PanelShape shape)
    {
        for (var k = 0; k < shape.Inner; k++, to += shape.Width) *to = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Copy(float* from, float* to, PanelShape shape)
    {
        for (var start = 0; start < shape.Inner / RunLength; start++)
        {
            var weight = from + (Step == 1 ? start * RunLength : start);
            for (var k = 0; k < RunLength; k++, to += shape.Width, weight += Step) *to = *weight;
        }
    }
}
