using System.Runtime.CompilerServices;

namespace DeepGpu.Operations;

/// <summary>Exponential, sigmoid and tanh of several numbers, right to 2 units in the last place: the polynomials of the Cephes library,
/// https://www.netlib.org/cephes/.</summary>
/// <typeparam name="T">The kind of register.</typeparam>
internal static class LaneFunctions<T>
    where T : struct, ILane<T>
{
    private const float Shift = 12582912f;

    /// <summary>e^x; of x below -87 and above 88 that of the bound.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp(T x)
    {
        x = T.Least(T.Of(88f), T.Most(T.Of(-87f), x));
        var shifted = T.MultiplyAdd(x, T.Of(1.44269504f), T.Of(Shift));
        var whole = shifted - T.Of(Shift);
        var rest = T.MultiplyAdd(whole, T.Of(2.12194440e-4f), T.MultiplyAdd(whole, T.Of(-0.693359375f), x));
        var p = T.MultiplyAdd(T.Of(1.9875691500e-4f), rest, T.Of(1.3981999507e-3f));
        p = T.MultiplyAdd(p, rest, T.Of(8.3334519073e-3f));
        p = T.MultiplyAdd(p, rest, T.Of(4.1665795894e-2f));
        p = T.MultiplyAdd(p, rest, T.Of(1.6666665459e-1f));
        p = T.MultiplyAdd(p, rest, T.Of(5.0000001201e-1f));
        return (T.MultiplyAdd(p, rest * rest, rest) + T.Of(1f)) * T.PowerOfTwo(shifted);
    }

    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid(T x) => T.Of(1f) / (T.Of(1f) + Exp(T.Of(0f) - x));

    /// <summary>tanh x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh(T x)
    {
        var z = x * x;
        var p = T.MultiplyAdd(T.Of(-5.70498872745e-3f), z, T.Of(2.06390887954e-2f));
        p = T.MultiplyAdd(p, z, T.Of(-5.37397155531e-2f));
        p = T.MultiplyAdd(p, z, T.Of(1.33314422036e-1f));
        p = T.MultiplyAdd(p, z, T.Of(-3.33332819422e-1f));
        var large = T.Of(1f) - T.Of(2f) / (Exp(x + x) + T.Of(1f));
        return T.WhereSmall(x, 0.625f, T.MultiplyAdd(p * z, x, x), large);
    }

    /// <summary>max(x, 0).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Relu(T x) => T.Most(T.Of(0f), x);
}
