using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Everyday layers whose numbers were wrong on processors that report their caches as empty (the weights' copy into blocks lost
/// rows), and cases that long random runs found.</summary>
internal static class EverydayCases
{
    public static IReadOnlyDictionary<string, NumericCase> All { get; } = new Dictionary<string, NumericCase>
    {
        ["Conv1D 3 to 24"] = new(new Conv1D(24, 3), [8, 50, 3]),
        ["Conv1D 32 to 1"] = new(new Conv1D(1, 3), [8, 50, 32]),
        ["Conv1D 10 to 20"] = new(new Conv1D(20, 2), [8, 50, 10]),
        ["Conv1D 1 to 1"] = new(new Conv1D(1, 2), [2, 4, 1]),
        ["Conv1D causal, dilated"] = new(new Conv1D(12, 2) { Padding = Padding.Causal, DilationRate = 4 }, [2, 20, 7]),
        ["Conv2D 1 to 6"] = new(new Conv2D(6, 5), [2, 14, 14, 1]),
        ["Conv2D 3 to 8, strides 2"] = new(new Conv2D(8, 3) { Strides = 2, Padding = Padding.Same }, [2, 11, 9, 3]),
        ["Conv2D 2 to 1, batch of 1"] = new(new Conv2D(1, 3), [1, 8, 7, 2]),
        ["GroupNormalization without a factor"] = new(new GroupNormalization { Groups = 2, Scale = false }, [2, 3, 5, 4]),
        ["Conv2D in 4 groups"] = new(new Conv2D(8, 3) { Groups = 4, Padding = Padding.Same }, [2, 6, 5, 4]),
        ["Conv2D channels first"] = new(new Conv2D(5, (2, 3)) { DataFormat = DataFormat.ChannelsFirst }, [2, 3, 8, 7]),
        ["Conv3D 2 to 2"] = new(new Conv3D(2, (3, 1, 1)) { DilationRate = (2, 1, 1) }, [2, 5, 2, 1, 2]),
        ["Conv1DTranspose 1 to 1"] = new(new Conv1DTranspose(1, 2), [2, 5, 1]),
        ["Conv2DTranspose 3 to 5"] = new(new Conv2DTranspose(5, 3) { Strides = 2, Padding = Padding.Same }, [2, 5, 4, 3]),
        ["Conv3DTranspose 2 to 3"] = new(new Conv3DTranspose(3, 2) { Strides = 2 }, [2, 3, 2, 2, 2]),
        ["DepthwiseConv1D times 2"] = new(new DepthwiseConv1D(3) { DepthMultiplier = 2 }, [2, 9, 5]),
        ["DepthwiseConv2D times 2"] = new(new DepthwiseConv2D((2, 3)) { DepthMultiplier = 2, Strides = 3 }, [2, 5, 4, 4]),
        ["DepthwiseConv2D times 4"] = new(new DepthwiseConv2D(3) { DepthMultiplier = 4, Padding = Padding.Same }, [2, 7, 7, 3]),
        ["SeparableConv2D 3 to 10"] = new(new SeparableConv2D(10, 3) { DepthMultiplier = 2 }, [2, 6, 6, 3]),
        ["LSTM 9 to 100"] = new(new LSTM(100), [4, 6, 9]),
        ["LSTM 1 to 4"] = new(new LSTM(4), [33, 10, 1]),
        ["LSTM 1 to 4, sequences"] = new(new LSTM(4) { ReturnSequences = true, ReturnState = true }, [2, 10, 1], [2, 4], [2, 4]),
        ["LSTM 2 to 3, both ways"] = new(new Bidirectional(new LSTM(3) { ReturnSequences = true }), [2, 7, 2]),
        ["LSTM, batch of 1"] = new(new LSTM(17), [1, 5, 3]),
        ["GRU 3 to 7"] = new(new GRU(7) { ReturnSequences = true }, [33, 6, 3]),
        ["SimpleRNN 3 to 7"] = new(new SimpleRNN(7), [33, 6, 3]),
        ["ConvLSTM2D 1 to 4"] = new(new ConvLSTM2D(4, 3) { Padding = Padding.Same }, [2, 3, 5, 4, 1]),
        ["Dense 13 to 17"] = new(new Dense(17, Activation.Relu), [33, 13]),
        ["A network of convolutions"] = Network(),
    };

    private static NumericCase Network()
    {
        var model = Sequential.Input(12, 12, 1).Conv2D(6, 5, Activation.Relu).MaxPooling2D(2).Conv2D(3, 3, Activation.Relu).Flatten()
            .Dense(10, Activation.Softmax).Build();
        return new(new NestedModel(model), [2, 12, 12, 1]);
    }
}
