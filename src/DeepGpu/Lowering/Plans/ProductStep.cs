using DeepGpu.Operations;

namespace DeepGpu.Lowering;

/// <summary>A product of rows and weights: packed where there are many rows, as they are where there are few.</summary>
internal abstract unsafe class ProductStep(nint weights, nint bias, int inner, int columns, bool relu) : PlanStep
{
    /// <summary>Rows from which packing pays.</summary>
    private const int FewRows = 6;

    private readonly PanelShape _shape = new(inner, columns, 2 * VectorKernels.Best.Lane);

    public sealed override long Work => (long)Rows * inner * columns;

    public sealed override bool IsActivated => relu;

    /// <summary>Rows of a sample.</summary>
    protected abstract int Rows { get; }

    /// <summary>The parts of a row.</summary>
    protected abstract ReadOnlySpan<Run> Runs { get; }

    /// <summary>How the weights lie.</summary>
    protected virtual PanelSource Source => PanelSource.Plain(weights, bias, columns, inner);

    public sealed override long Packed(int batch) => (long)Rows * batch >= FewRows || Source.Step != 1 ? _shape.Size : 0;

    public sealed override void Pack(float* into) => Source.Pack(_shape, columns, into);

    public override long Scratch(int samples) => 2L * Rows * samples;

    public sealed override void Run(PlanCall call)
    {
        var rows = (nint*)call.Scratch;
        Find(call, rows);
        var count = Rows * call.Samples;
        if (call.Packed is null)
            Kernels.Multiply(rows, count, Runs, new RowMatrix((float*)weights, (float*)bias, columns, inner), call.Output, relu);
        else Kernels.Multiply(rows, count, Runs, call.Packed, _shape, call.Output, columns, new(Adds: false, relu));
    }

    /// <summary>Finds where each row begins.</summary>
    protected abstract void Find(PlanCall call, nint* rows);
}

/// <summary>A fully connected layer on the last axis.</summary>
internal sealed unsafe class DenseStep(nint weights, nint bias, int inner, int columns, int rows, bool relu)
    : ProductStep(weights, bias, inner, columns, relu)
{
    private readonly Run[] _runs = [new(0, inner)];

    protected override int Rows => rows;

    protected override ReadOnlySpan<Run> Runs => _runs;

    protected override void Find(PlanCall call, nint* rows)
    {
        for (var row = 0; row < Rows * call.Samples; row++) rows[row] = (nint)(call.Input + (long)row * _runs[0].Length);
    }
}
