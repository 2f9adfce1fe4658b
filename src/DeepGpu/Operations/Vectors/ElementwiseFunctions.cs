using System.Runtime.CompilerServices;

namespace DeepGpu.Operations;

/// <summary>x.</summary>
internal readonly struct UnchangedValues : IElementwise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(T x)
        where T : struct, ILane<T> => x;
}

/// <summary>max(x, 0).</summary>
internal readonly struct ReluValues : IElementwise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(T x)
        where T : struct, ILane<T> => LaneFunctions<T>.Relu(x);
}

/// <summary>min(max(x, 0), 6).</summary>
internal readonly struct Relu6Values : IElementwise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(T x)
        where T : struct, ILane<T> => T.Least(T.Of(6f), LaneFunctions<T>.Relu(x));
}

/// <summary>1 / (1 + e^-x).</summary>
internal readonly struct SigmoidValues : IElementwise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(T x)
        where T : struct, ILane<T> => LaneFunctions<T>.Sigmoid(x);
}

/// <summary>tanh x.</summary>
internal readonly struct TanhValues : IElementwise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(T x)
        where T : struct, ILane<T> => LaneFunctions<T>.Tanh(x);
}

/// <summary>x / (1 + e^-x).</summary>
internal readonly struct SiluValues : IElementwise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(T x)
        where T : struct, ILane<T> => x * LaneFunctions<T>.Sigmoid(x);
}
