using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepGpu.Operations;

/// <summary>16 numbers: processors with AVX-512.</summary>
internal readonly unsafe struct WideLane(Vector512<float> value) : ILane<WideLane>
{
    private readonly Vector512<float> _value = value;

    public static int Count => Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane Load(float* from) => new(Unsafe.ReadUnaligned<Vector512<float>>(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(WideLane value, float* to) => Unsafe.WriteUnaligned(to, value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane Of(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane MultiplyAdd(WideLane a, WideLane b, WideLane c) => new(Vector512.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane operator +(WideLane a, WideLane b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane operator -(WideLane a, WideLane b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane operator *(WideLane a, WideLane b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane operator /(WideLane a, WideLane b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane Least(WideLane bound, WideLane value)
        => new(Vector512.MinNative(bound._value, value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane Most(WideLane bound, WideLane value)
        => new(Vector512.MaxNative(bound._value, value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane Larger(WideLane a, WideLane b)
        => new(Vector512.ConditionalSelect(Vector512.Equals(a._value, a._value), Vector512.MaxNative(a._value, b._value), a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane WhereSmall(WideLane value, float bound, WideLane small, WideLane large)
        => new(Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(value._value), Of(bound)._value), small._value, large._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane PowerOfTwo(WideLane shifted)
        => new(Vector512.AsSingle(Vector512.ShiftLeft(Vector512.AsInt32(shifted._value), 23) + Vector512.Create(127 << 23)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(WideLane value) => Vector512.Sum(value._value);
}
