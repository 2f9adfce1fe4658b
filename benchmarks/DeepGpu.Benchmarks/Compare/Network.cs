using DeepGpu.Models;

namespace DeepGpu.Benchmarks;

/// <summary>The kinds of networks that are compared.</summary>
internal enum NetworkKind
{
    Cnn,
    SimpleRnn,
    Lstm,
    Gru,
    Transfer,
}

/// <summary>One row of the comparison: a network and the shape of its data.</summary>
/// <param name="Name">How the row is called.</param>
/// <param name="Kind">What the network is made of.</param>
/// <param name="Shape">One sample's shape as Keras has it: (height, width, channels) or (time, features).</param>
/// <param name="Samples">Samples an epoch: so many that a turn of two epochs takes well under a second on two cores.</param>
internal sealed record Network(string Name, NetworkKind Kind, int[] Shape, int Samples)
{
    public const int BatchSize = 64;
    public const int Epochs = 2;

    /// <summary>How many samples are predicted one by one in a turn.</summary>
    public const int Singles = 50;

    public const int Units = 64;
    public const int Classes = 10;

    /// <summary>The filters of the transfer network's frozen blocks, two convolutions each.</summary>
    public static readonly int[] TransferFilters = [16, 32, 64];

    public static readonly Network[] All =
    [
        new("cnn 28x28x1", NetworkKind.Cnn, [28, 28, 1], 640),
        new("simple_rnn (50,10)", NetworkKind.SimpleRnn, [50, 10], 1280),
        new("simple_rnn (200,32)", NetworkKind.SimpleRnn, [200, 32], 640),
        new("lstm (50,10)", NetworkKind.Lstm, [50, 10], 1280),
        new("lstm (200,32)", NetworkKind.Lstm, [200, 32], 320),
        new("gru (50,10)", NetworkKind.Gru, [50, 10], 960),
        new("gru (200,32)", NetworkKind.Gru, [200, 32], 320),
        new("transfer 48x48x3", NetworkKind.Transfer, [48, 48, 3], 320),
    ];

    public bool IsImage => Shape.Length == 3;

    public int Batches => Samples / BatchSize;

    public static Network Named(string name) => All.First(network => network.Name == name);

    /// <summary>The network as DeepGpu describes it.</summary>
    public ModelSpec Spec() => Kind switch
    {
        NetworkKind.Cnn => Cnn(Input),
        NetworkKind.SimpleRnn => Input.Apply(new SimpleRNN(Units)).Dense(1).Build(),
        NetworkKind.Lstm => Input.Apply(new LSTM(Units)).Dense(1).Build(),
        NetworkKind.Gru => Input.Apply(new GRU(Units)).Dense(1).Build(),
        _ => Transfer(Input),
    };

    private SymbolicTensor Input => Sequential.Input([.. Shape.Select(length => (int?)length)]);

    private static ModelSpec Cnn(SymbolicTensor input) => input
        .Conv2D(32, 3, Activation.Relu).MaxPooling2D(2)
        .Conv2D(64, 3, Activation.Relu).MaxPooling2D(2)
        .Conv2D(64, 3, Activation.Relu)
        .Flatten().Dense(64, Activation.Relu).Dense(Classes, Activation.Softmax).Build();

    /// <summary>Frozen blocks as in VGG, then a head that learns.</summary>
    private static ModelSpec Transfer(SymbolicTensor input)
    {
        var x = TransferFilters.Aggregate(input, (y, filters) => Frozen(Frozen(y, filters), filters).MaxPooling2D(2));
        return x.Flatten().Dense(64, Activation.Relu).Dense(Classes, Activation.Softmax).Build();
    }

    private static SymbolicTensor Frozen(SymbolicTensor x, int filters)
        => x.Apply(new Conv2D(filters, 3) { Activation = Activation.Relu, Padding = Padding.Same, Trainable = false });
}
