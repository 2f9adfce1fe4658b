using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Random recurrences.</summary>
internal static class RecurrentCases
{
    public static IEnumerable<(Type Layer, Func<Draw, NumericCase> Draw)> All =>
    [
        (typeof(SimpleRNN), d => Sequence(d, Options(d, Simple(d)))),
        (typeof(LSTM), d => Sequence(d, Options(d, Lstm(d)))),
        (typeof(GRU), d => Sequence(d, Options(d, Gru(d)))),
        (typeof(RNN), d => Sequence(d, Options(d, new RNN(d.Chance(2) ? Stack(d) : Cell(d))))),
        (typeof(Bidirectional), BothWays),
        .. Enumerable.Range(1, 3)
            .Select(spatial => (LayerOf(spatial, 1, 1).GetType(), (Func<Draw, NumericCase>)(d => Convolutional(d, spatial)))),
        (typeof(SimpleRNNCell), d => Once(d, Cell(d, 0))),
        (typeof(LSTMCell), d => Once(d, Cell(d, 1))),
        (typeof(GRUCell), d => Once(d, Cell(d, 2))),
        (typeof(StackedRNNCells), d => Once(d, Stack(d))),
        (typeof(TimeDistributed), EachStep),
        (typeof(NestedModel), Nested),
    ];

    private static int Units(Draw d) => d.Chance(12) ? d.Of(24, 32, 100) : d.Int(1, 17);

    private static SimpleRNN Simple(Draw d) => new(Units(d)) { Activation = d.Of(d.Candidate(), Activation.Relu), UseBias = !d.Chance(4) };

    private static LSTM Lstm(Draw d) => d.Chance(3)
        ? new(Units(d)) { Activation = d.Candidate(), RecurrentActivation = d.Gate(), UseBias = !d.Chance(3) }
        : new(Units(d)) { UseBias = !d.Chance(4) };

    private static GRU Gru(Draw d) => new(Units(d))
    {
        ResetAfter = !d.Chance(2),
        Activation = d.Candidate(),
        RecurrentActivation = d.Gate(),
        UseBias = !d.Chance(4),
    };

    private static RecurrentCell Cell(Draw d, int? kind = null) => (kind ?? d.Int(0, 2)) switch
    {
        0 => new SimpleRNNCell(Units(d)) { Activation = d.Candidate(), UseBias = !d.Chance(4) },
        1 => new LSTMCell(Units(d)) { Activation = d.Candidate(), RecurrentActivation = d.Gate(), UseBias = !d.Chance(4) },
        _ => new GRUCell(Units(d))
        {
            ResetAfter = d.Chance(2),
            Activation = d.Candidate(),
            RecurrentActivation = d.Gate(),
            UseBias = !d.Chance(4)
        },
    };

    private static StackedRNNCells Stack(Draw d) => new([.. Enumerable.Range(0, d.Int(1, 3)).Select(_ => Cell(d))]);

    /// <summary>The options of a sequence.</summary>
    private static TLayer Options<TLayer>(Draw d, TLayer layer)
        where TLayer : SequenceLayer => layer with
        {
            ReturnSequences = d.Chance(2),
            ReturnState = d.Chance(3),
            GoBackwards = d.Chance(3),
            ZeroOutputForMask = d.Chance(3),
        };

    /// <summary>A sequence, sometimes with a mask, sometimes with states to start from.</summary>
    private static NumericCase Sequence(Draw d, SequenceLayer layer)
    {
        int[] input = [d.Batch(), d.Int(1, 9), d.Chance(12) ? d.Of(9, 24, 32) : d.Int(1, 17)];
        return new(layer, [input, .. States(d, layer, input)]) { Masked = [d.Chance(3)], OpenAxes = d.Open(1, DataFormat.ChannelsLast) };
    }

    private static IEnumerable<int[]> States(Draw d, SequenceLayer layer, int[] input) => d.Chance(3) ? StatesOf(layer, input) : [];

    private static IEnumerable<int[]> StatesOf(SequenceLayer layer, int[] input)
        => (layer with { ReturnState = true }).OutputShapes([Known(input)]).Skip(1)
            .Select(shape => shape.Axes.Select(length => length!.Value).ToArray());

    private static Shape Known(int[] shape) => new(shape.Select(length => (int?)length));

    private static NumericCase BothWays(Draw d)
    {
        SequenceLayer inner = d.Int(0, 3) switch { 0 => Simple(d), 1 => Gru(d), 2 => new RNN(Cell(d)), _ => Lstm(d) };
        var forward = inner with { ReturnSequences = d.Chance(2), ReturnState = d.Chance(3), GoBackwards = d.Chance(5) };
        var layer = new Bidirectional(forward)
        {
            MergeMode = d.Of<MergeMode?>(MergeMode.Concat, MergeMode.Concat, MergeMode.Sum,
            MergeMode.Mul, MergeMode.Ave, null)
        };
        if (d.Chance(4)) layer = layer with { BackwardLayer = forward with { GoBackwards = !forward.GoBackwards } };
        int[] input = [d.Batch(), d.Int(1, 8), d.Int(1, 17)];
        var states = States(d, forward, input).ToList();
        return new(layer, [input, .. states, .. states]) { Masked = [d.Chance(3)], OpenAxes = d.Open(1, DataFormat.ChannelsLast) };
    }

    private static ConvLSTM LayerOf(int spatial, int filters, Extent kernel) => spatial switch
    {
        1 => new ConvLSTM1D(filters, kernel),
        2 => new ConvLSTM2D(filters, kernel),
        _ => new ConvLSTM3D(filters, kernel),
    };

    private static NumericCase Convolutional(Draw d, int spatial)
    {
        var layer = Options(d, LayerOf(spatial, d.Int(1, 5), d.Extent(spatial, 1, 3)) with
        {
            Strides = d.Extent(spatial, 1, 2, of: 3),
            DilationRate = d.Extent(spatial, 1, 2, of: 4),
            Padding = d.Padding(),
            DataFormat = d.Format(),
            UseBias = !d.Chance(3),
            Activation = d.Candidate(),
            RecurrentActivation = d.Gate(),
        });
        int[] step = Draw.Input(d.Of(1, 2, 3), d.Ints(spatial, 5, 6), d.Int(1, 5), layer.DataFormat);
        int[] input = [step[0], d.Int(1, 4), .. step[1..]];
        return new(layer, [input, .. States(d, layer, input)]) { Masked = [d.Chance(3)] };
    }

    private static NumericCase Once(Draw d, RecurrentCell cell)
    {
        int[] step = [d.Batch(), d.Int(1, 17)];
        return new(cell, [step, .. cell.StateShapes(Known(step)).Select(shape => shape.Axes.Select(length => length!.Value).ToArray())]);
    }

    private static NumericCase EachStep(Draw d)
    {
        var (inner, lengths) = d.Int(0, 3) switch
        {
            0 => ((Layer)new Dense(d.Int(1, 9), d.Activation()), d.Ints(1, 1, 9)),
            1 => (new Conv1D(d.Int(1, 9), 2, d.Activation()), d.Ints(2, 2, 8)),
            2 => (new LSTM(d.Int(1, 9)), d.Ints(2, 1, 5)),
            _ => (new Conv2D(d.Int(1, 5), (2, 1), d.Activation()), d.Ints(3, 2, 5)),
        };
        return new(new TimeDistributed(inner), [d.Batch(), d.Int(1, 4), .. lengths]);
    }

    /// <summary>A small network: what a layer hands to the next.</summary>
    private static NumericCase Nested(Draw d)
    {
        var (image, steps) = (Sequential.Input(8, 7, d.Int(1, 4)), Sequential.Input(d.Int(2, 6), d.Int(1, 9)));
        var model = d.Int(0, 2) switch
        {
            0 => image.Conv2D(d.Channels(), 3, Activation.Tanh).MaxPooling2D(2).BatchNormalization().Flatten()
                    .Dense(d.Int(1, 5), Activation.Softmax).Build(),
            1 => steps.Masking().LSTM(d.Int(1, 9), returnSequences: true).GRU(d.Int(1, 9)).Dense(d.Int(1, 5)).Build(),
            _ => steps.Conv1D(d.Channels(), 2, Activation.Elu).LayerNormalization().Bidirectional(new LSTM(d.Int(1, 5)))
                    .Dense(1, Activation.Sigmoid).Build(),
        };
        return new(new NestedModel(model), [d.Batch(), .. model.InputShape.Axes.Skip(1).Select(length => length!.Value)]);
    }
}
