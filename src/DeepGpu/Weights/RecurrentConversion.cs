using DeepGpu.Models;
using DeepGpu.Models.Values;

namespace DeepGpu.Weights;

/// <summary>A recurrent layer's tensors that become its weights.</summary>
/// <param name="Weights">Kernel, recurrent kernel and bias.</param>
/// <param name="Count">How many tensors of the file they take.</param>
internal sealed record RecurrentConversion(IReadOnlyList<StoredWeight> Weights, int Count)
{
    private static readonly string[] Roles = ["kernel", "recurrent_kernel", "bias"];

    /// <summary>The conversion of a cell whose kernel is next; null where it needs none.</summary>
    public static RecurrentConversion? Of(KerasLegacyOrigin origin, Layer leaf, WeightSpec kernel, IReadOnlyList<StoredWeight> stored,
        int next)
    {
        int[]? gates = leaf switch { LSTM or ConvLSTM => [0, 2, 1, 3], GRU => [0, 1, 2], _ => null };
        if (gates is null || kernel.Name.EndsWith("recurrent_kernel", StringComparison.Ordinal) || stored.Count - next < 3) return null;
        var units = kernel.Shape[^1] / gates.Length;
        if (origin.IsOne && stored.Count - next >= 3 * gates.Length
            && IsOneGate(leaf, stored[next].Tensor.Shape, units)) return Apart(origin, leaf, gates, stored, next);
        return leaf is LSTM or GRU && stored[next + 2].Tensor.Shape is [var length] && length == 2L * gates.Length * units
            ? Fused(gates.Length, units, stored, next) : null;
    }

    private static bool IsOneGate(Layer leaf, IReadOnlyList<long> shape, int units) => leaf
        is ConvLSTM { DataFormat: DataFormat.ChannelsFirst } ? shape[0] == units : shape[^1] == units;

    /// <summary>Keras 1 keeps input kernel, recurrent kernel and bias of each gate: input, candidate, forget and output gate of an
    /// LSTM.</summary>
    private static RecurrentConversion Apart(KerasLegacyOrigin origin, Layer leaf, int[] gates, IReadOnlyList<StoredWeight> stored,
        int next)
        => new([.. Roles.Select((role, i) => Together(origin, leaf, role, [.. gates.Select(gate => stored[next + 3 * gate + i])]))],
            3 * gates.Length);

    private static StoredWeight Together(KerasLegacyOrigin origin, Layer leaf, string role, IReadOnlyList<StoredWeight> parts)
    {
        List<StoredWeight> turned = [.. parts.Select(part
            => KernelConversion.Of(origin, leaf, new(role, [.. part.Tensor.Shape.Select(n => (int)n)], Initializer.Zeros), part))];
        var shape = turned[0].Tensor.Shape;
        return WeightConversion.Of([.. shape.Take(shape.Length - 1), shape[^1] * parts.Count], parts, arrays
            => ArrayOrder.Joined([.. arrays.Zip(turned, (array, part) => part.Conversion?.Convert([array]) ?? array)]));
    }

    /// <summary>CuDNN keeps each gate's kernel transposed, in Fortran's order, and a second bias: an LSTM adds both, a GRU has a row for
    /// each.</summary>
    private static RecurrentConversion Fused(int gates, int units, IReadOnlyList<StoredWeight> stored, int next)
    {
        var (kernel, recurrent, bias) = (stored[next], stored[next + 1], stored[next + 2]);
        return new(
        [
            WeightConversion.Of(kernel.Tensor.Shape, [kernel], arrays => EachGate(arrays[0], gates, units, Unfolded)),
            WeightConversion.Of(recurrent.Tensor.Shape, [recurrent], arrays
                => EachGate(arrays[0], gates, units, gate => ArrayOrder.Permuted(gate, 1, 0))),
            WeightConversion.Of(gates == 4 ? [4 * units] : [2, 3 * units], [bias], arrays => gates == 4 ? Halves(arrays[0])
                : ArrayOrder.Reshaped(arrays[0], 2, 3 * units)),
        ], 3);
    }

    private static NDArray EachGate(NDArray kernels, int gates, int units, Func<NDArray, NDArray> change)
        => ArrayOrder.Joined([.. Enumerable.Range(0, gates).Select(gate => change(ArrayOrder.Part(kernels, gate * units, units)))]);

    /// <summary>The elements in the order of rows, put down in the order of columns.</summary>
    private static NDArray Unfolded(NDArray gate) => ArrayOrder.Permuted(ArrayOrder.Reshaped(gate, gate.Shape[1], gate.Shape[0]), 1, 0);

    private static NDArray Halves(NDArray bias)
    {
        var numbers = ElementNumbers.Of(bias);
        var half = numbers.Length / 2;
        return NDArray.From<float>([.. Enumerable.Range(0, half).Select(i => (float)(numbers[i] + numbers[half + i]))], half);
    }
}
