using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>An LSTM whose products are convolutions: of the input with the layer's window, of the state with one that keeps its size. Shi
/// et al., 2015.</summary>
internal static class ConvolutionalReference
{
    public static IReadOnlyList<Flow> Run(ConvLSTM layer, Call call)
    {
        var x = Last(call.X, layer.DataFormat, leading: 2);
        var inputs = call.Inputs.Skip(1).Select(state => new Flow(Last(state.Values, layer.DataFormat, leading: 1)));
        var window = new WindowOptions(layer.Strides, layer.DilationRate, layer.Padding);
        int[] state = [.. Enumerable.Range(0, x.Rank - 3).Select(axis => Spatial
            .Windows(x.Shape[axis + 2], window.Reach(layer.KernelSize[axis], axis), window.Strides[axis], window.Padding).Positions),
            layer.Filters];
        var outputs = RecurrentReferences.Run(layer, call with { Inputs = [new(x, call.Mask), .. inputs] },
            (Step(layer, window, call.Weights.Inside("cell")), [state, state]));
        return [.. outputs.Select((output, i) => output with { Values = InFormat(output.Values, layer.DataFormat, leading: i == 0
            && layer.ReturnSequences ? 2 : 1) })];
    }

    private static CellStep Step(ConvLSTM layer, WindowOptions window, WeightValues weights) => (x, states) =>
    {
        var fromInput = ConvolutionReferences.Convolve(x, weights["kernel"], weights.Find("bias"), window);
        var fromState = ConvolutionReferences.Convolve(states[0], weights["recurrent_kernel"], null, new(1, 1, Padding.Same));
        return Cells.Lstm(fromInput.Zip(fromState, (a, b) => a + b), states[1], layer.Filters, layer.Activation, layer.RecurrentActivation);
    };

    /// <summary>The channels moved to the end.</summary>
    private static Values Last(Values x, DataFormat format, int leading)
        => format == DataFormat.ChannelsLast ? x : x
            .Transpose([.. Enumerable.Range(0, leading), .. Enumerable.Range(leading + 1, x.Rank - leading - 1), leading]);

    /// <summary>The channels moved back before the spatial axes.</summary>
    private static Values InFormat(Values x, DataFormat format, int leading)
        => format == DataFormat.ChannelsLast
            ? x
            : x.Transpose([.. Enumerable.Range(0, leading), x.Rank - 1, .. Enumerable.Range(leading, x.Rank - leading - 1)]);
}
