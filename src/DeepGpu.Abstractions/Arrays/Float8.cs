namespace DeepGpu;

/// <summary>The values of 8-bit floating-point numbers. Micikevicius et al., 2022, https://arxiv.org/abs/2209.05433.</summary>
public static class Float8
{
    /// <summary>The value of a number with 4 bits of exponent (bias 7) and 3 of mantissa: up to 448, no infinities; torch's
    /// float8_e4m3fn.</summary>
    /// <param name="bits">The sign, the exponent, the mantissa.</param>
    public static float FromE4M3(byte bits)
    {
        var (exponent, mantissa) = ((bits >> 3) & 15, bits & 7);
        var size = (bits & 0x7F) == 0x7F ? float.NaN
            : exponent == 0 ? MathF.ScaleB(mantissa, -9) : MathF.ScaleB(8 + mantissa, exponent - 10);
        return bits < 0x80 ? size : -size;
    }

    /// <summary>The value of a number with 5 bits of exponent (bias 15) and 2 of mantissa: the upper half of a
    /// <see cref="Half"/>; torch's float8_e5m2.</summary>
    /// <param name="bits">The sign, the exponent, the mantissa.</param>
    public static float FromE5M2(byte bits) => (float)BitConverter.UInt16BitsToHalf((ushort)(bits << 8));
}
