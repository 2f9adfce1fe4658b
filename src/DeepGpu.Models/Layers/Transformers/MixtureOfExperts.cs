using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>Several gated feed-forward networks, of which a router sends each step through a few: the sum of their outputs, each times how
/// much the router wants it. Shazeer et al., 2017, https://arxiv.org/abs/1701.06538; Mixtral, https://arxiv.org/abs/2401.04088.</summary>
/// <remarks>Input (batch, ..., features), output of the same shape. The router's softmax over all experts, in single precision or better,
/// gives a step's weights; the topK largest count. An expert is output(activation(gate(x)) * intermediate(x)), without biases. Which
/// experts a step goes through has no gradient; how much each counts has. Keras has no such layer.</remarks>
public sealed record MixtureOfExperts : UnaryLayer
{
    /// <summary>The names of the weights.</summary>
    internal const string Router = "router/kernel", Gate = "experts/gate_kernel", Intermediate = "experts/intermediate_kernel",
        Output = "experts/output_kernel";

    /// <summary>Makes the layer.</summary>
    /// <param name="numExperts">Experts, at least 1.</param>
    /// <param name="topK">How many of them each step goes through, from 1 to all.</param>
    /// <param name="intermediateDim">The length of the vectors between an expert's projections, at least 1.</param>
    public MixtureOfExperts(int numExperts, int topK, int intermediateDim)
        => (NumExperts, TopK, IntermediateDim) = (numExperts, topK, intermediateDim);

    /// <summary>Experts, at least 1.</summary>
    public int NumExperts { get; init => field = Require.AtLeast(value, 1, nameof(MixtureOfExperts), nameof(NumExperts)); }

    /// <summary>How many of them each step goes through, from 1 to <see cref="NumExperts"/>.</summary>
    public int TopK { get; init => field = (int)Require.InRange(value, 1, NumExperts, nameof(MixtureOfExperts), nameof(TopK)); }

    /// <summary>The length of the vectors between an expert's projections, at least 1.</summary>
    public int IntermediateDim
    {
        get; init => field = Require.AtLeast(value, 1, nameof(MixtureOfExperts), nameof(IntermediateDim));
    }

    /// <summary>The function of the gates. Default SiLU.</summary>
    public Activation Activation
    {
        get; init => field = GatedFeedForward.OfGate(value, nameof(MixtureOfExperts));
    } = Activation.Silu;

    /// <summary>Whether the weights of the experts that a step goes through are divided by their sum, as in Mixtral. Default
    /// true.</summary>
    public bool NormalizeTopK { get; init; } = true;

    /// <summary>How the kernels start. Default Glorot uniform.</summary>
    public Initializer KernelInitializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>A penalty on the kernels; default none.</summary>
    public Regularizer? KernelRegularizer { get; init; }

    internal override string Module => KerasModules.Own;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        LastAxis.Of(input);
        return TopK <= NumExperts ? input
            : throw new ShapeException($"at least {TopK} experts, not {NumExperts}", "Choose fewer of them, or have more.");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        var features = LastAxis.Of(input);
        return
        [
            Kernel(Router, features, NumExperts), Kernel(Gate, NumExperts, features, IntermediateDim),
            Kernel(Intermediate, NumExperts, features, IntermediateDim), Kernel(Output, NumExperts, IntermediateDim, features),
        ];
    }

    /// <inheritdoc/>
    /// <remarks>Each step is multiplied with the router and the kernels of the experts it goes through; all kernels are held.</remarks>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var (elements, features) = ((double)inputs[0].Elements!.Value, LastAxis.Of(inputs[0]));
        var count = elements * NumExperts + elements * TopK * 3 * IntermediateDim;
        var between = (long)(elements / features * TopK * IntermediateDim);
        return
        [
            Work.MultiplyAdds(name, OperationKind.MatrixMultiply, count, this, inputs) with
            {
                ForwardElements = 6 * between,
                BackwardElements = 10 * between,
                ForwardLaunches = 10 * NumExperts,
                BackwardLaunches = 20 * NumExperts,
                SavedElements = 3 * between,
            },
        ];
    }

    private WeightSpec Kernel(string name, params int[] shape)
        => WeightSpec.Of(name, [.. shape], KernelInitializer, KernelRegularizer, null);
}
