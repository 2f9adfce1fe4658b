using DeepGpu.Models;
using DeepGpu.Models.Layers;

namespace DeepGpu.Weights;

/// <summary>A matrix as whole numbers.</summary>
/// <param name="Values">The numbers, of 4 bits two in a byte.</param>
/// <param name="Scale">Their scales.</param>
/// <param name="Zero">Their blocks' zero points; null where there are no blocks.</param>
internal sealed record QuantizedMatrix(NDArray Values, NDArray Scale, NDArray? Zero);

/// <summary>Quantises kernels and embeddings once, and brings them back. Needs no native library. Formulas:
/// keras/src/quantizers/quantizers.py of Keras 3.</summary>
internal static class MatrixQuantizer
{
    private const float Epsilon = 1e-7f;
    private const int Lowest = -8;
    private const int Highest = 7;

    /// <summary>The matrix as whole numbers.</summary>
    /// <param name="values">The values in Keras's order.</param>
    /// <param name="form">How they are laid out.</param>
    /// <param name="quantization">How they are kept.</param>
    public static QuantizedMatrix Quantize(ReadOnlySpan<float> values, MatrixForm form, Quantization quantization) => quantization switch
    {
        Int8Quantization q => EightBits(values, form, q.WeightQuantizer ?? new()),
        Int4Quantization { BlockSize: null } => Packed(values, form, blockSize: null),
        Int4Quantization q => InBlocks(values, form, q.BlockSize!.Value),
        _ => throw Require.OutOfRange(nameof(Quantize), nameof(quantization), "int8 or int4", quantization.Mode),
    };

    /// <summary>The values of whole numbers.</summary>
    public static float[] Dequantize(QuantizedMatrix matrix, MatrixForm form, Quantization quantization)
    {
        var (scales, whole) = (AdaptedValues.Single(matrix.Scale), matrix.Values.ToArray<sbyte>());
        if (quantization is Int8Quantization) return [.. whole.Select((value, i) => value / scales[ScalePlace(i, form)])];
        var (size, zeros) = (((Int4Quantization)quantization).BlockSize, matrix.Zero?.ToArray<sbyte>());
        var values = new float[form.Rows * form.Columns];
        for (var i = 0; i < values.Length; i++)
        {
            var (number, place) = (Nibble(whole, i, form.Columns), form.PackedScale(i / form.Columns, i % form.Columns, size));
            values[i] = zeros is null ? number / scales[place] : (number - zeros[place]) * scales[place];
        }

        return values;
    }

    private static QuantizedMatrix EightBits(ReadOnlySpan<float> values, MatrixForm form, AbsMaxQuantizer quantizer)
    {
        var scales = Scales(values, [.. form.ScaleShape], i => ScalePlace(i, form), quantizer.High, (float)quantizer.Epsilon);
        var whole = new sbyte[values.Length];
        for (var i = 0; i < whole.Length; i++) whole[i] = Rounded(values[i] * scales[ScalePlace(i, form)], quantizer.Low, quantizer.High);
        return new(NDArray.From<sbyte>(whole, [.. form.Shape]), NDArray.From<float>(scales, [.. form.ScaleShape]), null);
    }

    private static QuantizedMatrix Packed(ReadOnlySpan<float> values, MatrixForm form, int? blockSize)
    {
        int[] shape = [.. form.PackedScaleShape(blockSize)];
        int Place(int i) => form.PackedScale(i / form.Columns, i % form.Columns, blockSize);
        var scales = Scales(values, shape, Place, Highest, Epsilon);
        var whole = new sbyte[values.Length];
        for (var i = 0; i < whole.Length; i++) whole[i] = Rounded(values[i] * scales[Place(i)], Lowest, Highest);
        return new(Pack(whole, form), NDArray.From<float>(scales, shape), null);
    }

    /// <summary>The range of a block, widened to hold 0, becomes -8 to 7; the zero point is the number that 0 becomes.</summary>
    private static QuantizedMatrix InBlocks(ReadOnlySpan<float> values, MatrixForm form, int size)
    {
        int[] shape = [.. form.PackedScaleShape(size)];
        int Place(int i) => form.PackedScale(i / form.Columns, i % form.Columns, size);
        var (low, high) = (new float[shape[0] * shape[1]], new float[shape[0] * shape[1]]);
        for (var i = 0; i < values.Length; i++) (low[Place(i)], high[Place(i)]) = (Math.Min(low[Place(i)], values[i]),
            Math.Max(high[Place(i)], values[i]));
        float[] scales = [.. low.Zip(high, (min, max) => (max - min + Epsilon) / (Highest - Lowest))];
        sbyte[] zeros = [.. low.Zip(scales, (min, scale)
            => (sbyte)Math.Clamp(MathF.Round(-min / scale, MidpointRounding.ToEven) + Lowest, Lowest, Highest))];
        var whole = new sbyte[values.Length];
        for (var i = 0; i < whole.Length; i++) whole[i] = (sbyte)Math.Clamp(MathF.Round(values[i] / scales[Place(i)],
            MidpointRounding.ToEven) + zeros[Place(i)], Lowest, Highest);
        return new(Pack(whole, form), NDArray.From<float>(scales, shape), NDArray.From<sbyte>(zeros, shape));
    }

    private static float[] Scales(ReadOnlySpan<float> values, int[] shape, Func<int, int> place, int high, float epsilon)
    {
        var largest = new float[shape.Aggregate(1, (product, length) => product * length)];
        for (var i = 0; i < values.Length; i++) largest[place(i)] = Math.Max(largest[place(i)], Math.Abs(values[i]));
        return [.. largest.Select(value => high / (value + epsilon))];
    }

    private static sbyte Rounded(float value, int low, int high)
        => (sbyte)Math.Clamp(MathF.Round(value, MidpointRounding.ToEven), low, high);

    /// <summary>Where the scale of a value is.</summary>
    private static int ScalePlace(int flat, MatrixForm form)
    {
        var place = 0;
        for (var axis = form.Shape.Length - 1; axis >= 0; axis--)
        {
            place += flat % form.Shape[axis] * form.ScaleStrides[axis];
            flat /= form.Shape[axis];
        }

        return place;
    }

    /// <summary>Two numbers of a row in a byte, the first in its low half; the last of an odd row is alone.</summary>
    private static NDArray Pack(sbyte[] whole, MatrixForm form)
    {
        var width = form.PackedShape[1];
        var packed = new sbyte[form.Rows * width];
        for (var i = 0; i < whole.Length; i++)
        {
            var (row, column) = (i / form.Columns, i % form.Columns);
            packed[row * width + column / 2] |= (sbyte)((whole[i] & 15) << (column % 2 * 4));
        }

        return NDArray.From<sbyte>(packed, [.. form.PackedShape]);
    }

    private static int Nibble(sbyte[] packed, int i, int columns)
    {
        var (row, column) = (i / columns, i % columns);
        var half = packed[row * ((columns + 1) / 2) + column / 2] >> (column % 2 * 4) & 15;
        return half < 8 ? half : half - 16;
    }
}
