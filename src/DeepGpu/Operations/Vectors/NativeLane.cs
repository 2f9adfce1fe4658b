using System.Numerics;
using System.Runtime.CompilerServices;

namespace DeepGpu.Operations;

/// <summary>As many numbers as the processor's usual registers hold: 8 with AVX2, 4 with NEON.</summary>
internal readonly unsafe struct NativeLane(Vector<float> value) : ILane<NativeLane>
{
    private readonly Vector<float> _value = value;

    public static int Count => Vector<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLane Load(float* from) => new(Unsafe.ReadUnaligned<Vector<float>>(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(NativeLane value, float* to) => Unsafe.WriteUnaligned(to, value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLane Of(float value) => new(Vector.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLane MultiplyAdd(NativeLane a, NativeLane b, NativeLane c)
        => new(Vector.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLane operator +(NativeLane a, NativeLane b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLane operator -(NativeLane a, NativeLane b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLane operator *(NativeLane a, NativeLane b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLane operator /(NativeLane a, NativeLane b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLane Least(NativeLane bound, NativeLane value)
        => new(Vector.MinNative(bound._value, value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLane Most(NativeLane bound, NativeLane value)
        => new(Vector.MaxNative(bound._value, value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLane Larger(NativeLane a, NativeLane b)
        => new(Vector.ConditionalSelect(Vector.Equals(a._value, a._value), Vector.MaxNative(a._value, b._value), a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLane WhereSmall(NativeLane value, float bound, NativeLane small, NativeLane large)
        => new(Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(value._value), Of(bound)._value), small._value, large._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLane PowerOfTwo(NativeLane shifted)
        => new(Vector.AsVectorSingle(Vector.ShiftLeft(Vector.AsVectorInt32(shifted._value), 23) + Vector.Create(127 << 23)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(NativeLane value) => Vector.Sum(value._value);
}
