using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>Two projections of each step, of which one gates the other, and a third back: output(activation(gate(x)) * intermediate(x)).
/// With SiLU it is SwiGLU, as in Llama; with GELU it is GEGLU, as in Gemma. Shazeer, 2020, https://arxiv.org/abs/2002.05202.</summary>
/// <remarks>Input (batch, ..., features), output of the same shape. Keras has no such layer; the weights have the names that KerasHub's
/// decoder of Llama gives them.</remarks>
public sealed record GatedFeedForward : UnaryLayer
{
    /// <summary>The names of the parts.</summary>
    internal const string Gate = "_feedforward_gate_dense", Intermediate = "_feedforward_intermediate_dense",
        Output = "_feedforward_output_dense";

    /// <summary>Makes the layer.</summary>
    /// <param name="intermediateDim">The length of the vectors between the projections, at least 1.</param>
    public GatedFeedForward(int intermediateDim) => IntermediateDim = intermediateDim;

    /// <summary>The length of the vectors between the projections, at least 1.</summary>
    public int IntermediateDim { get; init => field = Require.AtLeast(value, 1, nameof(GatedFeedForward), nameof(IntermediateDim)); }

    /// <summary>The function of the gate. Default SiLU.</summary>
    public Activation Activation { get; init => field = OfGate(value, nameof(GatedFeedForward)); } = Activation.Silu;

    /// <summary>Whether the projections have biases. Default false.</summary>
    public bool UseBias { get; init; }

    /// <summary>How the kernels start. Default Glorot uniform.</summary>
    public Initializer KernelInitializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>How the biases start. Default zeros.</summary>
    public Initializer BiasInitializer { get; init; } = Initializer.Zeros;

    /// <summary>A penalty on the kernels; default none.</summary>
    public Regularizer? KernelRegularizer { get; init; }

    /// <summary>A penalty on the biases; default none.</summary>
    public Regularizer? BiasRegularizer { get; init; }

    internal override string Module => KerasModules.Own;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        LastAxis.Of(input);
        return input;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
        => [.. Parts(input).SelectMany(part => part.Layer.Weights(part.Inputs).Select(weight => weight.Inside(part.Name)))];

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var (parts, between) = (Parts(inputs[0]), inputs[0].With(^1, IntermediateDim));
        return
        [
            .. parts[0].Layer.Operations(name, inputs), .. parts[1].Layer.Operations(name, inputs),
            Work.Product(name, [between, between], between), .. parts[2].Layer.Operations(name, [between]),
        ];
    }

    /// <summary>The projections, in the order of their weights.</summary>
    internal IReadOnlyList<BlockPart> Parts(Shape input) =>
    [
        new(Gate, Dense(IntermediateDim, Activation), [input]),
        new(Intermediate, Dense(IntermediateDim, Activation.Linear), [input]),
        new(Output, Dense(LastAxis.Of(input), Activation.Linear), [input.With(^1, IntermediateDim)]),
    ];

    /// <summary>A function of gates.</summary>
    /// <exception cref="DeepGpuArgumentException">It halves the last axis.</exception>
    internal static Activation OfGate(Activation activation, string owner) => activation != Activation.Glu ? activation
        : throw Require.OutOfRange(owner, nameof(Activation), "a function that keeps the length", activation);

    private Dense Dense(int units, Activation activation) => new(units, activation)
    {
        UseBias = UseBias,
        KernelInitializer = KernelInitializer,
        BiasInitializer = BiasInitializer,
        KernelRegularizer = KernelRegularizer,
        BiasRegularizer = BiasRegularizer,
    };
}
