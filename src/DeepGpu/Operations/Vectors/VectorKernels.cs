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

    /// <inheritdoc cref="DotProduct{T}.Multiply"/>
    public abstract void Multiply(nint* rows, int count, ReadOnlySpan<Run> runs, RowMatrix matrix, float* c, bool relu);

    /// <inheritdoc cref="VectorRecurrence{T}.Run"/>
    public abstract void Recur(RecurrenceShape shape, float* packed, RecurrenceRows rows, float* scratch);

    /// <inheritdoc cref="LaneArrays{T}.Map"/>
    public abstract void Map<TFunction>(float* from, float* to, long count)
        where TFunction : struct, IElementwise;

    /// <inheritdoc cref="LaneArrays{T}.Softmax"/>
    public abstract void Softmax(float* from, float* to, long rows, int length);

    /// <inheritdoc cref="LaneArrays{T}.Scale"/>
    public abstract void Scale(float* from, float* to, float* scale, float* shift, long rows, int channels);

    /// <inheritdoc cref="LaneArrays{T}.Largest"/>
    public abstract void Largest(float* from, float* to, int channels, WindowPart window);

    /// <inheritdoc cref="LaneArrays{T}.Mean"/>
    public abstract void Mean(float* from, float* to, int channels, WindowPart window);

    /// <inheritdoc cref="LaneArrays{T}.Add"/>
    public abstract void Add(float* a, float* b, float* to, long count);

    private sealed class Of<T> : VectorKernels
        where T : struct, ILane<T>
    {
        public override int Lane => T.Count;

        public override void Multiply(nint* rows, int count, ReadOnlySpan<Run> runs, float* packed, PanelShape shape, float* c, int stride,
            PanelMode mode) => PanelProduct<T>.Multiply(rows, count, runs, packed, shape, c, stride, mode);

        public override void Multiply(nint* rows, int count, ReadOnlySpan<Run> runs, RowMatrix matrix, float* c, bool relu)
            => DotProduct<T>.Multiply(rows, count, runs, matrix, c, relu);

        public override void Recur(RecurrenceShape shape, float* packed, RecurrenceRows rows, float* scratch)
            => VectorRecurrence<T>.Run(shape, packed, rows, scratch);

        public override void Map<TFunction>(float* from, float* to, long count) => LaneArrays<T>.Map<TFunction>(from, to, count);

        public override void Softmax(float* from, float* to, long rows, int length) => LaneArrays<T>.Softmax(from, to, rows, length);

        public override void Scale(float* from, float* to, float* scale, float* shift, long rows, int channels)
            => LaneArrays<T>.Scale(from, to, scale, shift, rows, channels);

        public override void Largest(float* from, float* to, int channels, WindowPart window)
            => LaneArrays<T>.Largest(from, to, channels, window);

        public override void Mean(float* from, float* to, int channels, WindowPart window)
            => LaneArrays<T>.Mean(from, to, channels, window);

        public override void Add(float* a, float* b, float* to, long count) => LaneArrays<T>.Add(a, b, to, count);
    }
}
