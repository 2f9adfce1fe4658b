using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>Every layer as a fluent call. An option that is not here is set on the layer's record:
/// <c>.Apply(new Dense(10) { ... })</c>.</summary>
public static partial class FluentLayers
{
    /// <summary>Adds a <see cref="Models.Dense"/> layer.</summary>
    public static SymbolicTensor Dense(
        this SymbolicTensor input,
        int units,
        Activation activation = Activation.Linear,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Regularizer? kernelRegularizer = null,
        string? name = null)
        => Add(input, new Dense(units, activation)
        {
            Name = name,
            UseBias = useBias,
            KernelInitializer = kernelInitializer ?? Initializer.GlorotUniform,
            KernelRegularizer = kernelRegularizer
        });

    /// <summary>Adds a <see cref="Models.EinsumDense"/> layer.</summary>
    public static SymbolicTensor EinsumDense(
        this SymbolicTensor input,
        string equation,
        ImmutableArray<int?> outputAxes,
        string? biasAxes = null,
        Activation activation = Activation.Linear,
        string? name = null)
        => Add(input, new EinsumDense(equation, outputAxes) { Name = name, BiasAxes = biasAxes, Activation = activation });

    /// <summary>Adds a <see cref="Models.ActivationLayer"/> layer.</summary>
    public static SymbolicTensor Activate(this SymbolicTensor input, Activation activation, string? name = null)
        => Add(input, new ActivationLayer(activation) { Name = name });

    /// <summary>Adds a <see cref="Models.Embedding"/> layer.</summary>
    public static SymbolicTensor Embedding(
        this SymbolicTensor input,
        int inputDim,
        int outputDim,
        bool maskZero = false,
        string? name = null)
        => Add(input, new Embedding(inputDim, outputDim) { Name = name, MaskZero = maskZero });

    /// <summary>Adds a <see cref="Models.Masking"/> layer.</summary>
    public static SymbolicTensor Masking(this SymbolicTensor input, double maskValue = 0, string? name = null)
        => Add(input, new Masking() { Name = name, MaskValue = maskValue });

    /// <summary>Adds a <see cref="Models.IdentityLayer"/> layer.</summary>
    public static SymbolicTensor Identity(this SymbolicTensor input, string? name = null)
        => Add(input, new IdentityLayer() { Name = name });

    /// <summary>Adds a <see cref="Models.ReLU"/> layer.</summary>
    public static SymbolicTensor ReLU(
        this SymbolicTensor input,
        double? maxValue = null,
        double negativeSlope = 0,
        double threshold = 0,
        string? name = null)
        => Add(input, new ReLU() { Name = name, MaxValue = maxValue, NegativeSlope = negativeSlope, Threshold = threshold });

    /// <summary>Adds a <see cref="Models.LeakyReLU"/> layer.</summary>
    public static SymbolicTensor LeakyReLU(this SymbolicTensor input, double negativeSlope = 0.3, string? name = null)
        => Add(input, new LeakyReLU() { Name = name, NegativeSlope = negativeSlope });

    /// <summary>Adds a <see cref="Models.PReLU"/> layer.</summary>
    public static SymbolicTensor PReLU(
        this SymbolicTensor input,
        ImmutableArray<int>? sharedAxes = null,
        string? name = null)
        => Add(input, new PReLU() { Name = name, SharedAxes = sharedAxes });

    /// <summary>Adds a <see cref="Models.ELU"/> layer.</summary>
    public static SymbolicTensor ELU(this SymbolicTensor input, double alpha = 1, string? name = null)
        => Add(input, new ELU() { Name = name, Alpha = alpha });

    /// <summary>Adds a <see cref="Models.Softmax"/> layer.</summary>
    public static SymbolicTensor Softmax(this SymbolicTensor input, int axis = -1, string? name = null)
        => Add(input, new Softmax() { Name = name, Axis = axis });

    /// <summary>Adds a <see cref="Models.Rescaling"/> layer.</summary>
    public static SymbolicTensor Rescaling(this SymbolicTensor input, double scale, double offset = 0, string? name = null)
        => Add(input, new Rescaling([scale]) { Name = name, Offset = [offset] });

    private static SymbolicTensor Add(SymbolicTensor input, Layer layer)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Apply(layer);
    }
}
