using DeepGpu.Models;
using DeepGpu.Models.Layers;

namespace DeepGpu.Export;

/// <summary>Kernels of 8 or 4 bits as real numbers.</summary>
internal static class QuantizedNumbers
{
    public static WeightNumbers Dequantized(MatrixForm form, IAdaptable layer, ExportContext context)
    {
        var (values, scale) = (context.Numbers(form.Name), context.Numbers($"{form.Name}_scale"));
        return layer.Quantization is Int8Quantization ? OfBytes(form, values, scale)
            : OfNibbles(form, values, scale, context).Reshape([.. form.Shape]);
    }

    private static WeightNumbers OfBytes(MatrixForm form, WeightNumbers values, WeightNumbers scale)
    {
        var at = 0;
        return WeightNumbers.Of([.. form.Shape], place => values.Data[at++]
            / (double)scale.Data[place.Zip(form.ScaleStrides, (index, stride) => index * stride).Sum()]);
    }

    /// <summary>Two numbers from -8 to 7 a byte, the lower half first.</summary>
    private static WeightNumbers OfNibbles(MatrixForm form, WeightNumbers packed, WeightNumbers scale, ExportContext context)
    {
        var zero = context.OptionalNumbers($"{form.Name}_zero");
        var blocks = context.OptionalNumbers("g_idx");
        return WeightNumbers.Of([form.Rows, form.Columns], at =>
        {
            var value = Nibble((int)packed.Data[at[0] * packed.Shape[1] + at[1] / 2], at[1] % 2);
            if (zero is null) return value / (double)scale.Data[form.BlocksAlongColumns ? at[0] : at[1]];
            var place = form.BlocksAlongColumns ? at[0] * scale.Shape[1] + (int)blocks!.Data[at[1]]
                : (int)blocks!.Data[at[0]] * scale.Shape[1] + at[1];
            return (value - (double)zero.Data[place]) * scale.Data[place];
        });
    }

    private static int Nibble(int value, int half) => ((((value & 255) >> (4 * half)) & 15) ^ 8) - 8;
}
