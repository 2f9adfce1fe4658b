namespace DeepGpu;

/// <summary>How numbers are held and multiplied. Not an array's element type: see <see cref="DataType"/>.</summary>
/// <remarks>Matrix units multiply the 16-bit and smaller formats and add the products in 32 bits.</remarks>
public enum NumberFormat
{
    /// <summary>IEEE 754 single precision: 4 bytes, on the vector units.</summary>
    Float32,

    /// <summary>Stored as single precision (4 bytes), multiplied with a 10-bit mantissa on NVIDIA matrix units since Ampere.</summary>
    TensorFloat32,

    /// <summary>IEEE 754 half precision: 2 bytes.</summary>
    Float16,

    /// <summary>Single precision's range with an 8-bit mantissa: 2 bytes.</summary>
    BFloat16,

    /// <summary>The 8-bit floating-point formats E4M3 and E5M2: 1 byte.</summary>
    Float8,

    /// <summary>8-bit integers, for quantised inference: 1 byte.</summary>
    Int8,

    /// <summary>IEEE 754 double precision: 8 bytes.</summary>
    Float64,
}

/// <summary>Facts about a <see cref="NumberFormat"/>.</summary>
public static class NumberFormatFacts
{
    /// <summary>Bytes one element takes in memory, e.g. 4 for TensorFloat32.</summary>
    public static int BytesPerElement(this NumberFormat format) => format switch
    {
        NumberFormat.Float64 => 8,
        NumberFormat.Float32 or NumberFormat.TensorFloat32 => 4,
        NumberFormat.Float16 or NumberFormat.BFloat16 => 2,
        NumberFormat.Float8 or NumberFormat.Int8 => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a number format."),
    };
}
