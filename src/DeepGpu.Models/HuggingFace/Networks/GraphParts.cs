using DeepGpu.Models.Graphs;

namespace DeepGpu.Models.HuggingFace;

/// <summary>What the graphs of published transformers are made of, with the options that a config.json states.</summary>
/// <remarks>Layers have the names of the modules in published files, without what stands before all of them ("bert.", "model.").</remarks>
/// <param name="config">The file.</param>
internal sealed class GraphParts(ConfigReader config)
{
    private readonly double _deviation = config.Share("initializer_range") ?? 0.02;

    /// <summary>What layer normalisations add to the variance.</summary>
    public required double Epsilon { get; init; }

    /// <summary>The function between the two dense layers of a block.</summary>
    public required Activation Function { get; init; }

    /// <summary>The share set to 0 while training.</summary>
    public required double Dropout { get; init; }

    private Initializer Start => new TruncatedNormal(0, _deviation);

    /// <summary>Numbers of words or kinds: (batch, steps).</summary>
    public static SymbolicTensor Numbers(string name)
        => Functional.Input(new InputLayer(new Shape(null, null)) { Name = name, ElementType = DataType.Int64 });

    /// <summary>A function of keras.ops.</summary>
    public static SymbolicTensor Call(SymbolicTensor x, string function, params (string Name, FunctionArgument Value)[] options)
        => x.Apply(new TensorFunction(function, options.Prepend(("x", FunctionArgument.Input(0)))));

    /// <summary>A function of a value and a whole number.</summary>
    public static SymbolicTensor Call(SymbolicTensor x, string function, int number)
        => x.Apply(new TensorFunction(function, ("x1", FunctionArgument.Input(0)), ("x2", number)));

    /// <summary>True where a number is none of padding.</summary>
    public static SymbolicTensor IsWord(SymbolicTensor numbers, int padding) => Call(numbers, "NotEqual", padding);

    /// <summary>One step of a sequence: (batch, features).</summary>
    public static SymbolicTensor Step(SymbolicTensor sequence, int step)
        => Call(sequence, "GetItem", ("key", FunctionArgument.List(FunctionArgument.Slice(), step)));

    /// <summary>A sequence whose steps are marked: those that a mask leaves out are not attended to, from layer to layer.</summary>
    public static SymbolicTensor Masked(SymbolicTensor x, SymbolicTensor mask)
        => new LayerCall(new IdentityLayer(), [x]) { Mask = mask }.Output(0);

    /// <summary>Steps that count, as keys of every query: (batch, 1, steps).</summary>
    public static SymbolicTensor AsKeys(SymbolicTensor steps) => Call(steps, "ExpandDims", ("axis", 1));

    /// <summary>A table of vectors.</summary>
    public Embedding Table(string name, int rows, int features) => new(rows, features) { Name = name, EmbeddingsInitializer = Start };

    /// <summary>A table of words' vectors that also leads back from vectors to words.</summary>
    public ReversibleEmbedding Words(string name, int rows, int features)
        => new(rows, features) { Name = name, EmbeddingsInitializer = Start };

    /// <summary>A dense layer.</summary>
    public Dense Dense(string name, int units, Activation activation = Activation.Linear, bool hasBias = true)
        => new(units, activation) { Name = name, KernelInitializer = Start, UseBias = hasBias };

    /// <summary>A normalisation of each step.</summary>
    public LayerNormalization Norm(string name) => new() { Name = name, Epsilon = Epsilon };

    /// <summary>Learned positions.</summary>
    public PositionEmbedding Positions(string name, int rows) => new(rows) { Name = name, Initializer = Start };

    /// <summary>Zeroes a share while training; nothing where it is 0.</summary>
    public SymbolicTensor Dropped(SymbolicTensor x) => Dropout > 0 ? x.Dropout(Dropout) : x;
}
