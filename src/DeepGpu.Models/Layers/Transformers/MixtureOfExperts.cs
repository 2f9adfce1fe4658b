using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>Several gated feed-forward networks, of which a router sends each step through a few: the sum of their outputs, each times how
/// much the router wants it. Shazeer et al., 2017, https://arxiv.org/abs/1701.06538; Mixtral, https://arxiv.org/abs/2401.04088.</summary>
/// <remarks>Input (batch, ..., features), output of the same shape. The router's softmax (or sigmoid) over all experts, in single precision
/// or better, gives a step's weights; the topK largest count. An expert is output(activation(gate(x)) * intermediate(x)). Which experts a
/// step goes through has no gradient; how much each counts has. Keras has no such layer.</remarks>
public sealed record MixtureOfExperts : UnaryLayer
{
    /// <summary>The names of the weights.</summary>
    internal const string Router = "router/kernel", RouterBias = "router/bias", Correction = "router/correction_bias",
        Gate = "experts/gate_kernel", GateBias = "experts/gate_bias", Intermediate = "experts/intermediate_kernel",
        IntermediateBias = "experts/intermediate_bias", Output = "experts/output_kernel", OutputBias = "experts/output_bias";

    /// <summary>How steep the gate of <see cref="GateLimit"/> is.</summary>
    internal const double GateSlope = 1.702;

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

    /// <summary>How the router's products become weights. Default softmax.</summary>
    public ExpertScore Score { get; init; }

    /// <summary>Into how many groups of equally many the experts are divided, at least 1. Default 1. DeepSeek-V2,
    /// https://arxiv.org/abs/2405.04434.</summary>
    public int NumGroups { get; init => field = Require.AtLeast(value, 1, nameof(MixtureOfExperts), nameof(NumGroups)); } = 1;

    /// <summary>In how many groups a step's experts are sought, at least 1: those whose best expert, or with
    /// <see cref="UseCorrectionBias"/> whose two best together, have the largest weights. Default 1.</summary>
    public int TopKGroups { get; init => field = Require.AtLeast(value, 1, nameof(MixtureOfExperts), nameof(TopKGroups)); } = 1;

    /// <summary>What the weights are multiplied with, above 0. Default 1.</summary>
    public double RoutedScalingFactor
    {
        get; init => field = Require.Positive(value, nameof(MixtureOfExperts), nameof(RoutedScalingFactor));
    } = 1;

    /// <summary>Whether the router's product has a bias. Default false.</summary>
    public bool UseRouterBias { get; init; }

    /// <summary>Whether a number for each expert is added to its weight while the experts are chosen, not to how much they count. It has no
    /// gradient. Default false. DeepSeek-V3, https://arxiv.org/abs/2412.19437.</summary>
    public bool UseCorrectionBias { get; init; }

    /// <summary>Whether the experts' projections have biases. Default false.</summary>
    public bool UseBias { get; init; }

    /// <summary>The gate of gpt-oss: with g = min(gate(x), limit) and i = intermediate(x) kept within +-limit an expert is output((i + 1) *
    /// g * sigmoid(1.702 g)), whatever <see cref="Activation"/>; above 0; null for the usual gate, the default.</summary>
    public double? GateLimit
    {
        get; init => field = value is { } limit ? Require.Positive(limit, nameof(MixtureOfExperts), nameof(GateLimit)) : null;
    }

    /// <summary>How the kernels start. Default Glorot uniform.</summary>
    public Initializer KernelInitializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>A penalty on the kernels; default none.</summary>
    public Regularizer? KernelRegularizer { get; init; }

    internal override string Module => KerasModules.Own;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        LastAxis.Of(input);
        if (TopK > NumExperts)
            throw new ShapeException($"at least {TopK} experts, not {NumExperts}", "Choose fewer of them, or have more.");
        if (NumExperts % NumGroups != 0 || TopKGroups > NumGroups || TopK > NumExperts / NumGroups * TopKGroups)
            throw new ShapeException($"equal groups, {TopKGroups} of which hold {TopK} experts, not {NumGroups} of {NumExperts} experts",
                "Correct NumGroups or TopKGroups.");
        return input;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        var features = LastAxis.Of(input);
        return
        [
            Kernel(Router, features, NumExperts), .. Bias(UseRouterBias, RouterBias, NumExperts),
            .. Bias(UseCorrectionBias, Correction, NumExperts).Select(bias => bias with { Trainable = false }),
            Kernel(Gate, NumExperts, features, IntermediateDim), .. Bias(UseBias, GateBias, NumExperts, IntermediateDim),
            Kernel(Intermediate, NumExperts, features, IntermediateDim), .. Bias(UseBias, IntermediateBias, NumExperts, IntermediateDim),
            Kernel(Output, NumExperts, IntermediateDim, features), .. Bias(UseBias, OutputBias, NumExperts, features),
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
                TrainableWeightElements = Weights(inputs[0]).Where(weight => weight.Trainable).Sum(weight => weight.Count),
            },
        ];
    }

    private static IEnumerable<WeightSpec> Bias(bool isUsed, string name, params int[] shape)
        => isUsed ? [new(name, [.. shape], Initializer.Zeros)] : [];

    private WeightSpec Kernel(string name, params int[] shape)
        => WeightSpec.Of(name, [.. shape], KernelInitializer, KernelRegularizer, null);
}

/// <summary>How a router's products become weights of experts.</summary>
public enum ExpertScore
{
    /// <summary>Shares of 1.</summary>
    Softmax,

    /// <summary>Each by itself: DeepSeek-V3.</summary>
    Sigmoid,
}
