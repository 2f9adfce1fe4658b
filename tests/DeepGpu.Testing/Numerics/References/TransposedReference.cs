using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Transposed convolutions: input i and cell k meet at output i * stride + k * dilation - cut.</summary>
internal static class TransposedReference
{
    public static Values Run(TransposedConvolution layer, Call call)
    {
        var x = Spatial.ChannelsLast(call.X, layer.DataFormat);
        var sums = Spread(x, call.Weights["kernel"], call.Weights.Find("bias"), layer);
        return Functions.Apply(layer.Activation, Spatial.InFormat(sums, layer.DataFormat));
    }

    /// <summary>The kernel is (..., filters, channels).</summary>
    private static Values Spread(Values x, Values kernel, Values? bias, TransposedConvolution layer)
    {
        var cells = kernel.Shape[..^2];
        var sides = cells.Select((cell, i) => Side(x.Shape[i + 1], cell, i, layer)).ToArray();
        var from = new int[x.Rank];
        return Values.Of([x.Shape[0], .. sides.Select(side => side.Length), kernel.Shape[^2]], at =>
        {
            var sum = bias is null ? 0 : bias[at[^1]];
            foreach (var k in Values.Positions(cells))
            {
                if (Locate(x, at, k, layer, sides, from)) sum = Add(sum, x, x.Offset(from), kernel, kernel.Offset([.. k, at[^1], 0]));
            }

            return sum;
        });
    }

    /// <summary>Adds the products of one cell's channels.</summary>
    private static Scalar Add(Scalar sum, Values x, int input, Values kernel, int weight)
    {
        for (var c = 0; c < x.Shape[^1]; c++) sum += x.Data[input + c] * kernel.Data[weight + c];
        return sum;
    }

    /// <summary>The output's length and how much is cut before it: what a "same" convolution from that length to the input's would add
    /// before.</summary>
    private static (int Length, int Cut) Side(int n, int cell, int axis, TransposedConvolution layer)
    {
        var (stride, reach) = (layer.Strides[axis], (cell - 1) * layer.DilationRate[axis] + 1);
        if (layer.Padding == Padding.Valid) return ((n - 1) * stride + reach + (layer.OutputPadding?[axis] ?? Math.Max(stride - reach, 0)),
            0);
        var length = layer.OutputPadding is { } extra ? (n - 1) * stride + reach % 2 + extra[axis] : n * stride;
        return (length, Math.Max((n - 1) * stride + reach - length, 0) / 2);
    }

    /// <summary>Finds the input that meets an output through a cell; false where there is none.</summary>
    private static bool Locate(Values x, int[] at, int[] cell, TransposedConvolution layer, (int Length, int Cut)[] sides, int[] from)
    {
        (from[0], from[^1]) = (at[0], 0);
        for (var i = 0; i < cell.Length; i++)
        {
            var spread = at[i + 1] + sides[i].Cut - cell[i] * layer.DilationRate[i];
            from[i + 1] = spread / layer.Strides[i];
            if (spread < 0 || spread % layer.Strides[i] != 0 || from[i + 1] >= x.Shape[i + 1]) return false;
        }

        return true;
    }
}
