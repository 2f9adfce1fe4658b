using System.Runtime.Intrinsics;

namespace DeepGpu.Operations;

/// <summary>The kernels for this processor's registers.</summary>
internal abstract unsafe class VectorKernels
{
    /// <summary>Those of the widest registers.</summary>
    public static VectorKernels Best { get; } = Vector512.IsHardwareAccelerated ? new Of<WideLane>() : new Of<NativeLane>();

    /// <summary>Those that every processor of its kind has.</summary>
    public static VectorKernels Usual { get; } = new Of<NativeLane>();

    /// <summary>How many numbers a register holds.</summary>
    public abstract int Lane { get; }

    /// <inheritdoc cref="PanelProduct{T}.Multiply"/>
    public abstract void Multiply(nint* rows, int count, ReadOnlySpan<Run> runs, float* packed, PanelShape shape, float* c, int stride,
        PanelMode mode);

    /// <inheritdoc cref="VectorRecurrence{T}.Run"/>
    public abstract void Recur(RecurrenceShape shape, float* packed, RecurrenceRows rows, float* scratch);

    private sealed class Of<T> : VectorKernels
        where T : struct, ILane<T>
    {
        public override int Lane => T.Count;

        public override void Multiply(nint* rows, int count, ReadOnlySpan<Run> runs, float* packed, PanelShape shape, float* c, int stride,
            PanelMode mode) => PanelProduct<T>.Multiply(rows, count, runs, packed, shape, c, stride, mode);

        public override void Recur(RecurrenceShape shape, float* packed, RecurrenceRows rows, float* scratch)
            => VectorRecurrence<T>.Run(shape, packed, rows, scratch);
    }
}
